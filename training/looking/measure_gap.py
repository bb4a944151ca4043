"""How near simulated pictures are to real ones: likeness of a picture's tokens to its texts, on pictures that may be trained on (groceries, astronomy) and, to look at, COCO's."""
import json

import numpy as np

from pictures import read
from samples import Maker, Photographs
from settings import CACHE, DATA, WIDTH
from vectors import to_space


def main():
    p = Photographs()
    maker = Maker(p, lambda text: [])
    rng = np.random.default_rng(0)
    told, wholes = [], []
    for i in p.held:
        vision, _ = maker.look(int(i), rng)
        text = p.vectors[p.of[i]]
        wholes.append(vision[0, :WIDTH])
        told.append((float((text @ vision[0, :WIDTH]).mean()), float((vision[1:6, :WIDTH] @ vision[0, :WIDTH]).mean()), float((text @ vision[1:6, :WIDTH].T).mean()),
                     float((p.memory() @ vision[0, :WIDTH]).max()), float((p.memory() @ vision[0, :WIDTH]).std()), len(vision) - 6))
    print("simulated: text-whole, crop-whole, text-crop, nearest memory, spread, things", np.round(np.mean(told, 0), 3), "norm of the mean", round(float(np.linalg.norm(np.mean(wholes, 0))), 3))
    for name, manifests in (("gap", ("train/grocery/manifest.jsonl", "train/astronomy/manifest.jsonl")), ("coco", ("images/coco/manifest.jsonl",))):
        if not (CACHE / f"pictures-{name}.npz").exists():
            continue
        from dataset import texts_of
        lines = {line["file"]: line for m in manifests for line in map(json.loads, (DATA / m).read_text().splitlines())}
        for source in sorted({line["source"] for line in lines.values()}):
            told, wholes = [], []
            for file, vision in read(name).items():
                if file not in lines or lines[file]["source"] != source:
                    continue
                text = to_space(list(texts_of(lines[file]))[:5])
                wholes.append(vision[0, :WIDTH])
                told.append((float((text @ vision[0, :WIDTH]).mean()), float((vision[1:6, :WIDTH] @ vision[0, :WIDTH]).mean()), float((text @ vision[1:6, :WIDTH].T).mean()),
                             float((p.memory() @ vision[0, :WIDTH]).max()), float((p.memory() @ vision[0, :WIDTH]).std()), len(vision) - 6))
            print(source, len(told), np.round(np.mean(told, 0), 3), "norm of the mean", round(float(np.linalg.norm(np.mean(wholes, 0))), 3),
                  "learned part", round(float(np.linalg.norm(np.array(wholes)[:, 192:], axis=1).mean()), 3))
    print("texts: learned part", round(float(np.linalg.norm(p.memory()[:, 192:], axis=1).mean()), 3))


if __name__ == "__main__":
    main()
