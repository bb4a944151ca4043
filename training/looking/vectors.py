"""Vectors of all captions, their phrases, the detector's things and the classifier's names, once: CACHE/vectors.npz."""
import json, sys

import numpy as np

from settings import CACHE, DATA, IMAGE_TEXT, ROOT, THING_TEXT
from words import phrases, tidy

sys.path.insert(0, str(IMAGE_TEXT))


def to_space(texts: list[str], batch: int = 64) -> np.ndarray:
    """[n, 256]: bge-small's vectors through the text head of models/image-text."""
    import onnxruntime as ort
    from features import TextEmbedder, session
    vectors = TextEmbedder(1)(texts, batch)
    return session(ROOT / "models/image-text/text.onnx", 1).run(None, {"text": vectors})[0] if len(texts) else np.zeros((0, 256), np.float32)


def thing_names() -> list[str]:
    return [thing["label"] for thing in json.loads((ROOT / "models/coco-ssd/labels.json").read_text())]


def main():
    target = CACHE / "vectors.npz"
    if target.exists():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    lines = [json.loads(line) for line in (DATA / "train/coco-captions/captions.jsonl").read_text().splitlines()]
    captions = [tidy(caption) for line in lines for caption in line["captions"]]
    owner = np.array([i for i, line in enumerate(lines) for _ in line["captions"]])
    said = [phrases(caption) for caption in captions]
    known = {phrase: i for i, phrase in enumerate(dict.fromkeys(p for part in said for p in part))}
    names = [label["label"].split(",")[0].lower() for label in json.loads((ROOT / "models/efficientnet-lite2/labels.json").read_text())]
    print(len(captions), "captions", len(known), "phrases", flush=True)
    np.savez(target, captions=np.array(captions, object), owner=owner, caption_vectors=to_space(captions).astype(np.float16),
             phrase_owner=np.array([owner[i] for i, part in enumerate(said) for _ in part]), phrase_index=np.array([known[p] for part in said for p in part]),
             phrases=np.array(list(known), object), phrase_vectors=to_space(list(known)).astype(np.float16),
             things=np.array(thing_names(), object), thing_vectors=to_space([THING_TEXT.format(name=n) for n in thing_names()]),
             name_vectors=to_space([THING_TEXT.format(name=n) for n in names]))


if __name__ == "__main__":
    main()
