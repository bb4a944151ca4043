"""Greatest score of each of the detector's 80 things in every training picture: CACHE/image_text/objects-NAME.npy, beside features.py's archives."""
import json
import numpy as np

from dataset import load_picture, read_manifest
from features import session
from paths import CACHE, DATA, PACK, openmoji_items

LEAST = 0.3  # scores below are nothing; src/adapters/onnx/detector-model.ts has the same


def things():
    return json.loads((PACK / "coco-ssd/labels.json").read_text())


def main():
    net = session(PACK / "coco-ssd/model.onnx", 2)
    columns = [thing["index"] for thing in things()]
    for name, path in {
        "coco": "images/coco/manifest.jsonl", "grocery": "images/grocery/manifest.jsonl", "physics": "textbook/physics/figures.jsonl",
        "psychology": "textbook/psychology/figures.jsonl", "openmoji": "images/openmoji/manifest.jsonl",
        "train-astronomy": "train/astronomy/manifest.jsonl", "train-grocery": "train/grocery/manifest.jsonl", "train-openmoji": None,
    }.items():
        target = CACHE / f"image_text/objects-{name}.npy"
        if target.exists():
            continue
        items = read_manifest(DATA / path) if path else openmoji_items(exclude=DATA / "images/openmoji/manifest.jsonl")
        rows = []
        for item in items:
            picture = load_picture(item.file)
            if picture is None:
                continue
            picture.thumbnail((640, 640))
            outputs = net.run(None, {net.get_inputs()[0].name: np.asarray(picture)[None]})
            best = next(one for one in outputs if one.shape[-1] == 90)[0].max(0)[columns]
            rows.append(np.where(best >= LEAST, best, 0).astype(np.float32))
        np.save(target, np.stack(rows))
        print(name, len(rows), flush=True)


if __name__ == "__main__":
    main()
