"""Where things are, and the numbers that all parts share."""
import os, pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = pathlib.Path(os.environ.get("SENSEGRAPH_TRAINING_CACHE", HERE / ".cache")) / "looking"
DATA = pathlib.Path(os.environ.get("SENSEGRAPH_DATA_PACK", ROOT.parent / "shared/data"))
PACK = ROOT / "models/smollm2-looking"
IMAGE_TEXT = ROOT / "training/image_text"

SEED = 7
HEADS = 8  # of the cross-attention
RANK = 8  # of the low-rank additions
WIDTH = 256  # of the space of pictures and words
TOKEN = 264  # a vision token: vector, box (4), whole | crop | thing (3), score
CROPS = ((0.17, 0.17), (0, 0), (0.34, 0), (0, 0.34), (0.34, 0.34))  # left and top of the crops that src/encode/crops.ts cuts
SHARE = 0.66  # their side
MOST_THINGS, LEAST_THING = 16, 0.3
HELD_OUT = 200  # of the captioned photographs: never trained on, for the loss that is watched
THING_TEXT = "a photo of a {name}"

PROMPTS = {
    "caption": "<|im_start|>user\nDescribe the picture.<|im_end|>\n<|im_start|>assistant\n",
    "question": "<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n",
    "choose": "<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n",
    "statement": "<|im_start|>user\n{question} Is this true?<|im_end|>\n<|im_start|>assistant\n",
}
