"""bge-small-en-v1.5: the quantised ONNX and its tokenizer, as the artifact carries them."""
import shutil
from paths import SOURCES, folder

out = folder("bge-small-en-v1.5")
shutil.copy(SOURCES / "bge-small-en-v1.5-q.onnx", out / "model.onnx")
shutil.copy(SOURCES / "bge-small-en-v1.5-q-tokenizer.json", out / "tokenizer.json")
