"""A small writer of ONNX graphs with all weights in one external file, packed in 4 and 8 bits."""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper

KINDS = {np.dtype(np.float32): TensorProto.FLOAT, np.dtype(np.int64): TensorProto.INT64, np.dtype(np.uint8): TensorProto.UINT8, np.dtype(np.int8): TensorProto.INT8, np.dtype(np.float16): TensorProto.FLOAT16}
SMALL = 64  # values that stay in the graph itself
BLOCK = 32
LIFT = 1024.0


class Graph:
    """Nodes in order; every method gives the name of its output."""

    def __init__(self, data: pathlib.Path):
        self.nodes, self.initializers, self.names, self.data = [], [], 0, data
        data.unlink(missing_ok=True)
        self.file, self.at, self.same, self.known = open(data, "wb"), 0, {}, {}

    def node(self, op: str, *inputs: str, outputs: int | list[str] = 1, domain: str = "", **attributes):
        self.names += 1
        out = outputs if isinstance(outputs, list) else [f"{self.names:x}" + (f"_{i}" if i else "") for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), out, domain=domain, **attributes))
        return out[0] if len(out) == 1 else out

    def keep(self, value, name: str | None = None) -> str:
        """An initializer; small ones lie in the graph, large ones in the data file, equal bytes once."""
        shape, value = np.shape(value), np.ascontiguousarray(value)
        raw = value.tobytes()
        known = (value.dtype.str, shape, raw if value.size <= SMALL else hash(raw))
        if name is None and known in self.known:
            return self.known[known]
        self.names += 1
        name = name or f"w{self.names:x}"
        self.known[known] = name
        if value.size <= SMALL:
            self.initializers.append(helper.make_tensor(name, KINDS[value.dtype], shape, raw, raw=True))
            return name
        key = hash(raw)
        if key not in self.same:
            pad = -self.at % 16
            self.file.write(b"\0" * pad + raw)
            self.same[key] = self.at + pad
            self.at += pad + len(raw)
        tensor = TensorProto(name=name, data_type=KINDS[value.dtype], dims=shape, data_location=TensorProto.EXTERNAL)
        for k, v in (("location", self.data.name), ("offset", str(self.same[key])), ("length", str(len(raw)))):
            tensor.external_data.add(key=k, value=v)
        self.initializers.append(tensor)
        return name

    def ints(self, *values: int) -> str:
        return self.keep(np.array(values, np.int64))

    def number(self, value: float) -> str:
        return self.keep(np.array(value, np.float32))

    def cast(self, x: str, kind: int) -> str:
        return self.node("Cast", x, to=kind)

    def half(self, value: np.ndarray) -> tuple[str, np.ndarray]:
        """Small steps in 16 bits, lifted clear of their smallest numbers; and what they come back as."""
        lifted = (value * LIFT).astype(np.float16)
        return self.node("Mul", self.cast(self.keep(lifted), TensorProto.FLOAT), self.number(1 / LIFT)), lifted.astype(np.float32) / LIFT

    def eight(self, value: np.ndarray) -> str:
        """A float matrix kept in 8 bits with one step a row; the runtime widens it once, when it loads."""
        name, step = self.half(np.abs(value).max(1, keepdims=True) / 127 + 1e-6 / LIFT)
        packed = np.clip(np.round(value / np.maximum(step, 1e-12)), -127, 127).astype(np.int8)
        return self.node("Mul", self.cast(self.keep(packed), TensorProto.FLOAT), name)

    def steps(self, d: np.ndarray, offset: np.ndarray) -> tuple[str, str]:
        """Steps (≥ 0) and offsets of blocks [rows, blocks] in 8 bits each; one 16-bit number a row serves both."""
        name, step = self.half(d.max(1, keepdims=True) / 255 + 1e-6 / LIFT)
        step = np.maximum(step, 1e-12)
        ratio = float(np.abs(offset / step).max() / 127)
        wide = lambda x: self.cast(self.keep(x), TensorProto.FLOAT)
        plain = self.node("Mul", wide(np.clip(np.round(d / step), 0, 255).astype(np.uint8)), name)
        moved = self.node("Mul", wide(np.clip(np.round(offset / step / ratio), -127, 127).astype(np.int8)), self.node("Mul", name, self.number(ratio)))
        return plain, moved

    def unpack(self, packed: str, *shape: int) -> str:
        """uint8 [n, m, 16] → float of `shape`, its nibbles in their order, less 8."""
        low, high = self.node("BitwiseAnd", packed, self.keep(np.array(15, np.uint8))), self.node("BitShift", packed, self.keep(np.array(4, np.uint8)), direction="RIGHT")
        both = self.node("Concat", self.node("Unsqueeze", low, self.ints(-1)), self.node("Unsqueeze", high, self.ints(-1)), axis=-1)
        return self.node("Sub", self.cast(self.node("Reshape", both, self.ints(*shape)), TensorProto.FLOAT), self.number(8))

    def four(self, value: np.ndarray) -> str:
        """A float matrix [rows, k] kept in 4 bits with a step and an offset for each 32, where k divides so; widened when it loads."""
        rows, k = value.shape
        if k % BLOCK:
            return self.eight(value)
        q, d, offset = quantise(value)
        wide = lambda x: self.node("Unsqueeze", x, self.ints(-1))
        step, moved = self.steps(d, offset)
        plain = self.node("Mul", self.unpack(self.keep(pack(q)), rows, k // BLOCK, BLOCK), wide(step))
        return self.node("Reshape", self.node("Add", plain, wide(moved)), self.ints(rows, k))

    def save(self, path: pathlib.Path, inputs, outputs):
        self.file.close()
        made = helper.make_graph(self.nodes, "looking", inputs, outputs, self.initializers)
        model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)], ir_version=10, producer_name="sensegraph")
        onnx.save(model, str(path))


def pack(q: np.ndarray) -> np.ndarray:
    """uint8 [rows, blocks, 32] in 0…15 → [rows, blocks, 16]: even places in the low nibble."""
    return (q[..., 0::2] | (q[..., 1::2] << 4)).astype(np.uint8)


def quantise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """float [rows, k] → (q in 0…15, d, offset) with value ≈ d · (q − 8) + offset: the best of a few clipped ranges for each block of 32."""
    block = values.reshape(len(values), -1, BLOCK)
    low, high = block.min(-1), block.max(-1)
    best = None
    for inside in (1.0, 0.95, 0.9, 0.85, 0.8):
        middle, half = (low + high) / 2, (high - low) / 2 * inside
        d = 2 * half / 15 + 1e-12
        m = middle - half
        q = np.clip(np.round((block - m[..., None]) / d[..., None]), 0, 15)
        error = ((q * d[..., None] + m[..., None] - block) ** 2).sum(-1)
        if best is None:
            best = [error, q, d, m]
        else:
            better = error < best[0]
            best = [np.where(better, error, best[0]), np.where(better[..., None], q, best[1]), np.where(better, d, best[2]), np.where(better, m, best[3])]
    _, q, d, m = best
    return q.astype(np.uint8), d.astype(np.float32), (m + 8 * d).astype(np.float32)
