"""Reads the weights of a CTranslate2 Whisper model (spec WhisperSpec 3): a plain sequence of named float16 arrays."""
import struct
import numpy as np

FLOAT16 = 4


def read(data: bytes) -> dict[str, np.ndarray]:
    at = 0

    def number(kind):
        nonlocal at
        (value,) = struct.unpack_from("<" + kind, data, at)
        at += struct.calcsize("<" + kind)
        return value

    def text():
        nonlocal at
        length = number("H")
        value = data[at : at + length - 1].decode()
        at += length
        return value

    number("I"), text(), number("I")  # binary version, spec name, spec revision
    arrays = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = number("B"), number("I")
        if kind == FLOAT16:
            arrays[name] = np.frombuffer(data[at : at + size], "<f2").astype("f4").reshape(shape)
        at += size
    return arrays
