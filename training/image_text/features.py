"""Features of all training pictures and vectors of their texts, once: CACHE/image_text/{features,texts}.npz. Resumable by source."""
import argparse, pathlib, sys
import numpy as np, onnxruntime as ort
from tokenizers import Tokenizer

from dataset import ENCODERS, PictureTextDataset, read_manifest
from paths import CACHE, DATA, PACK, openmoji_items

def session(path, threads):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=[p for p in ("CUDAExecutionProvider", "CPUExecutionProvider") if p in ort.get_available_providers()])


class TextEmbedder:
    """bge-small of the pack: [n, 384] unit norm, as passages."""

    def __init__(self, threads=1):
        self.session = session(PACK / "bge-small-en-v1.5/model.onnx", threads)
        self.tokenizer = Tokenizer.from_file(str(PACK / "bge-small-en-v1.5/tokenizer.json"))

    def __call__(self, texts, batch=16):
        from dataset import tokenise
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros((len(texts), 384), np.float32)
        for first in range(0, len(order), batch):
            part = order[first : first + batch]
            ids, mask = tokenise([texts[i] for i in part], self.tokenizer, 128)
            hidden = self.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)})[0][:, 0]
            out[part] = hidden / np.linalg.norm(hidden, axis=1, keepdims=True)
        return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    out = CACHE / "image_text"
    out.mkdir(parents=True, exist_ok=True)
    encoder = ENCODERS["efficientnet-lite2"]
    net = session(PACK / "efficientnet-lite2/model.onnx", arguments.threads)
    embed = TextEmbedder(arguments.threads)
    sources = {
        "coco": DATA / "images/coco/manifest.jsonl", "mdn": DATA / "images/mdn-cc0/manifest.jsonl",
        "grocery": DATA / "images/grocery/manifest.jsonl", "physics": DATA / "textbook/physics/figures.jsonl",
        "psychology": DATA / "textbook/psychology/figures.jsonl", "openmoji": DATA / "images/openmoji/manifest.jsonl",
        "train-astronomy": DATA / "train/astronomy/manifest.jsonl", "train-grocery": DATA / "train/grocery/manifest.jsonl",
        "train-openmoji": None,
    }
    for name, path in sources.items():
        target = out / f"{name}.npz"
        if target.exists():
            continue
        items = read_manifest(path) if path else openmoji_items(exclude=DATA / "images/openmoji/manifest.jsonl")
        crops = "openmoji" not in name
        features, maps, ids, kept = [], [], [], []
        for pixels, _, _, item in PictureTextDataset(items, encoder, embed.tokenizer, crops):
            feature, grid = net.run(["feature", "map"], {"image": pixels})
            features.append(feature.astype(np.float16))
            if name == "coco":
                maps.append(grid[0].astype(np.float16))
            kept.append(item)
            if len(kept) % 100 == 0:
                print(name, len(kept), "of", len(items), file=sys.stderr, flush=True)
        texts = [text for item in kept for text in item.texts]
        owner = np.array([i for i, item in enumerate(kept) for _ in item.texts])
        np.savez(target, features=np.stack(features), maps=np.array(maps), owner=owner, texts=np.array(texts, object),
                 vectors=embed(texts), ids=np.array([i.id for i in kept]), labels=np.array([i.label for i in kept]))
        print(name, len(kept), "pictures", len(texts), "texts", flush=True)


if __name__ == "__main__":
    main()
