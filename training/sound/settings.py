"""Where things are, and the numbers that all parts share."""
import os, pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = pathlib.Path(os.environ.get("SENSEGRAPH_TRAINING_CACHE", HERE / ".cache")) / "sound"
DATA = pathlib.Path(os.environ.get("SENSEGRAPH_DATA_PACK", ROOT.parent / "shared/data"))
TEACHER = pathlib.Path(os.environ.get("SENSEGRAPH_YAMNET", ROOT.parent / "shared/models/yamnet.tflite"))
CLASS_MAP = TEACHER.with_name("yamnet_class_map.csv")
PACK = ROOT / "models/sound-events"

RATE = 16_000
WINDOW = 15_600  # samples: 96 frames of 25 ms every 10 ms
FRAMES, BANDS = 96, 64
CLASSES, TEACHER_WIDTH, WIDTH = 521, 1024, 256
SHARDS, SHARD = 41, 4096  # windows of the training pool
