"""Where sources are read from and the pack is written to."""
import pathlib
from fetch import CACHE

SOURCES = CACHE / "x"
PACK = pathlib.Path(__file__).resolve().parents[2] / "models"


def folder(name: str) -> pathlib.Path:
    target = PACK / name
    target.mkdir(parents=True, exist_ok=True)
    return target
