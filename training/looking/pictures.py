"""Vision tokens of real pictures, as src/looking gives them at run time: CACHE/pictures-NAME.npz (vision of each, its ids, which detector scores)."""
import json, pathlib, sys

import numpy as np

from scenes import Thing
from settings import CACHE, CROPS, DATA, IMAGE_TEXT, LEAST_THING, MOST_THINGS, ROOT, SHARE
from simulate import row

sys.path.insert(0, str(IMAGE_TEXT))
SAME, OTHER, MOST = 0.5, 0.85, 30  # as src/adapters/onnx/non-maximum.ts


def overlap(a, b) -> float:
    w, h = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]), min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return 0.0 if w <= 0 or h <= 0 else w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def keep_apart(things: list[Thing]) -> list[Thing]:
    kept: list[Thing] = []
    for one in sorted(things, key=lambda t: -t.score):
        if len(kept) == MOST:
            break
        if not any(overlap(k.box, one.box) > (SAME if k.index == one.index else OTHER) for k in kept):
            kept.append(one)
    return kept


class Eyes:
    """The pack's encoders: classifier features, detector, heads of the shared space."""

    def __init__(self, things: np.ndarray):
        from features import session
        from objects import things as known
        self.features = session(ROOT / "models/efficientnet-lite2/model.onnx", 1)
        self.head = session(ROOT / "models/image-text/image.onnx", 1)
        self.detector = session(ROOT / "models/coco-ssd/model.onnx", 1)
        self.columns = {thing["index"]: i for i, thing in enumerate(known())}
        self.things = things

    def detect(self, picture) -> tuple[list[Thing], np.ndarray]:
        small = picture.copy()
        small.thumbnail((640, 640))
        outputs = self.detector.run(None, {self.detector.get_inputs()[0].name: np.asarray(small)[None]})
        scores = next(o for o in outputs if o.shape[-1] == 90)[0]
        corners = np.clip(next(o for o in outputs if o.shape[-1] == 4).reshape(-1, 4), 0, 1)
        found = []
        for i, column in zip(*np.nonzero(scores >= LEAST_THING)):
            top, left, bottom, right = corners[i]
            if int(column) in self.columns and right > left and bottom > top:
                found.append(Thing(self.columns[int(column)], (float(left), float(top), float(right - left), float(bottom - top)), float(scores[i, column])))
        best = np.zeros(80, np.float32)
        for one in found:
            best[one.index] = max(best[one.index], one.score)
        return keep_apart(found), best

    def tokens(self, picture) -> np.ndarray:
        """[v, 264] of an upright RGB picture."""
        from dataset import ENCODERS, crops_of, pixels_of
        pixels = np.stack([pixels_of(crop, ENCODERS["efficientnet-lite2"]) for crop in crops_of(picture)])
        features = self.features.run(["feature"], {"image": pixels})[0]
        things, best = self.detect(picture)
        whole = self.head.run(None, {"features": features[None], "objects": best[None]})[0][0]
        parts = self.head.run(None, {"features": features[1:, None], "objects": np.zeros((5, 80), np.float32)})[0]
        rows = [row(whole, (0, 0, 1, 1), 0, 1)] + [row(v, (left, top, SHARE, SHARE), 1, 1) for v, (left, top) in zip(parts, CROPS)]
        return np.stack(rows + [row(self.things[t.index], t.box, 2, t.score) for t in things[:MOST_THINGS]])


def read(name: str) -> dict[str, np.ndarray]:
    """{picture id: vision tokens} made by main."""
    data = np.load(CACHE / f"pictures-{name}.npz", allow_pickle=True)
    return dict(zip(data["ids"], data["vision"]))


def make(name: str, files: dict[str, pathlib.Path]):
    from dataset import load_picture
    target = CACHE / f"pictures-{name}.npz"
    if target.exists():
        return
    eyes = Eyes(np.load(CACHE / "vectors.npz", allow_pickle=True)["thing_vectors"])
    seen = {key: eyes.tokens(picture) for key, path in files.items() if (picture := load_picture(path)) is not None}
    vision = np.empty(len(seen), object)
    vision[:] = list(seen.values())
    np.savez(target, ids=np.array(list(seen), object), vision=vision)
    print(name, len(seen), flush=True)


def manifest(path: str, every: int = 1) -> dict[str, pathlib.Path]:
    """{file: where it is} of the lines of a manifest, each file once."""
    lines = [json.loads(line) for line in (DATA / path).read_text().splitlines()]
    return {line["file"]: DATA / line["file"] for line in lines[::every] if line.get("file", "").lower().endswith((".jpg", ".jpeg", ".png"))}


def main():
    make("coco", manifest("images/coco/manifest.jsonl") | manifest("images/coco/statements.jsonl"))
    make("gap", manifest("train/grocery/manifest.jsonl", 12) | manifest("train/astronomy/manifest.jsonl", 7))
    make("nlvr", manifest("images/nlvr/manifest.jsonl"))


if __name__ == "__main__":
    main()
