"""Silero VAD: the package's own ONNX file for whole sequences at 16 kHz, as it is."""
import shutil
from paths import SOURCES, folder

if __name__ == "__main__":
    shutil.copy(SOURCES / "silero_vad/data/silero_vad_16k_sequence.onnx", folder("silero-vad") / "model.onnx")
