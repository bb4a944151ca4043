"""models/smollm2-looking: the trained model as one ONNX graph, written by hand, with its tokenizer and config.

A linear layer of the language model is Σ d (q − 8) x + offset · Σ x over blocks of 32: MatMulNBits does the first part,
and one small MatMul the rest together with the low-rank addition: [sums of the blocks of x | look · A x] @ [offsets; B].
"""
import numpy as np
from onnx import TensorProto, helper

from gguf_model import config, weights
from graph import BLOCK, Graph, pack, quantise
from settings import HEADS, RANK, TOKEN, WIDTH

ALPHA = 2.0
MICROSOFT = "com.microsoft"
F = TensorProto.FLOAT


class Exporter:
    def __init__(self, folder, learned: dict[str, np.ndarray], memory: np.ndarray, level: int, bits: int):
        self.shape, self.level = config(), level
        self.linear, self.rest = weights()
        self.learned, self.memory = learned, memory
        self.folder = folder
        self.scales: dict[tuple[int, int], str] = {}
        self.g = Graph(folder / "model.onnx.data")
        self.small = self.g.four if bits == 4 else self.g.eight  # how the fusion, the memory and the low-rank additions are kept
        self.sums = {k: self.g.cast(self.g.keep(np.kron(np.eye(k // BLOCK), np.ones((BLOCK, 1))).astype(np.uint8)), F) for k in (self.shape.hidden_size, self.shape.intermediate_size)}

    def low_rank(self, name: str):
        a = self.learned.get(f"language.{name}.a")
        return (a, self.learned[f"language.{name}.b"] * ALPHA) if a is not None else None

    def project(self, x: str, names: list[str]) -> str:
        """x through several linear layers beside each other, with their low-rank additions."""
        g, parts = self.g, [self.linear[f"{name}.weight"] for name in names]
        q, d = np.concatenate([p.q for p in parts]), np.concatenate([p.d for p in parts])
        m = np.concatenate([p.m for p in parts])
        rows, blocks = d.shape
        k = blocks * BLOCK
        steps, moved = g.steps(d, m + 8 * d)
        main = g.node("MatMulNBits", x, g.keep(pack(q)), g.node("Reshape", steps, g.ints(-1)), domain=MICROSOFT, K=k, N=rows, bits=4, block_size=BLOCK, accuracy_level=self.level)
        offsets, inner, scale = g.node("Transpose", moved, perm=[1, 0]), self.sums[k], None
        added = [(i, self.low_rank(name)) for i, name in enumerate(names) if self.low_rank(name) is not None]
        if added:
            first = np.cumsum([0] + [len(p.d) for p in parts])
            b = np.zeros((RANK * len(added), rows), np.float32)
            for n, (i, (_, one)) in enumerate(added):
                b[n * RANK : (n + 1) * RANK, first[i] : first[i + 1]] = one.T
            a = g.node("Transpose", self.small(np.concatenate([one for _, (one, _) in added])), perm=[1, 0])
            inner = g.node("Concat", inner, a, axis=1)
            # The rows of B are stored apart, so that the zeros of others' layers cost nothing.
            widened = [g.node("Pad", self.small(one.T), g.ints(0, first[i], 0, rows - first[i + 1])) for i, (_, one) in added]
            offsets = g.node("Concat", offsets, *widened, axis=0)
            scale = self.scale(blocks, RANK * len(added))
        aside = g.node("MatMul", x, inner)
        if scale:
            aside = g.node("Mul", aside, scale)
        return g.node("Add", main, g.node("MatMul", aside, offsets))

    def scale(self, plain: int, added: int) -> str:
        """[plain + added]: ones, then `look`."""
        key = (plain, added)
        if key not in self.scales:
            self.scales[key] = self.g.node("Concat", self.g.keep(np.ones(plain, np.float32)), self.g.node("Expand", "look", self.g.ints(added)), axis=0)
        return self.scales[key]

    def norm(self, x: str, name: str) -> str:
        return self.g.node("SimplifiedLayerNormalization", x, self.g.keep(self.rest[f"{name}.weight"]), epsilon=self.shape.rms_norm_eps, axis=-1)

    def heads(self, x: str, number: int) -> str:
        """[b, t, number · size] → [b, number, t, size]."""
        return self.g.node("Transpose", self.g.node("Reshape", x, self.g.ints(0, 0, number, -1)), perm=[0, 2, 1, 3])

    def flat(self, x: str) -> str:
        """[b, heads, t, size] → [b, t, heads · size]."""
        return self.g.node("Reshape", self.g.node("Transpose", x, perm=[0, 2, 1, 3]), self.g.ints(0, 0, -1))

    def embed(self):
        """Input embeddings out of the packed table, which the head shares."""
        g = self.g
        q, d, offset = quantise(self.rest["model.embed_tokens.weight"])
        self.table = (pack(q), d, offset)
        packed = g.keep(self.table[0].reshape(len(q), -1))
        row = g.node("Gather", packed, "input_ids", axis=0)
        q_ = g.unpack(row, 0, 0, -1, BLOCK)
        self.d, self.offset = g.steps(d, offset)
        pick = lambda table: g.node("Unsqueeze", g.node("Gather", table, "input_ids", axis=0), g.ints(-1))
        return g.node("Reshape", g.node("Add", g.node("Mul", q_, pick(self.d)), pick(self.offset)), g.ints(0, 0, -1))

    def fuse(self, e: str) -> str:
        g, part = self.g, lambda name: self.learned[f"fusion.{name}"]
        linear = lambda x, name: g.node("MatMul", x, g.node("Transpose", self.small(part(f"{name}.weight")), perm=[1, 0]))
        memory = self.small(self.memory)
        vector = g.node("Slice", "vision", g.ints(0), g.ints(WIDTH), g.ints(2))
        thing = g.node("Slice", "vision", g.ints(WIDTH + 6), g.ints(WIDTH + 7), g.ints(2))
        likeness = g.node("Mul", g.node("MatMul", vector, g.node("Transpose", memory, perm=[1, 0])), g.number(float(np.exp(part("memory.scale")))))
        near = g.node("MatMul", g.node("Softmax", likeness, axis=-1), memory)
        near = g.node("Div", near, g.node("Max", g.node("ReduceL2", near, g.ints(-1), keepdims=1), g.number(1e-12)))
        near = g.node("Mul", near, g.node("Sub", g.number(1), thing))
        seen = linear(g.node("Concat", "vision", near, axis=-1), "vision")
        hidden = g.node("Mul", g.node("Sub", g.number(1), g.node("Unsqueeze", "vision_mask", g.ints(1, 2))), g.number(-1e4))
        size = self.shape.hidden_size // HEADS
        q, k, v = (self.heads(linear(x, name), HEADS) for x, name in ((e, "q"), (seen, "k"), (seen, "v")))
        score = g.node("Add", g.node("Mul", g.node("MatMul", q, g.node("Transpose", k, perm=[0, 1, 3, 2])), g.number(size**-0.5)), hidden)
        looked = linear(self.flat(g.node("MatMul", g.node("Softmax", score, axis=-1), v)), "o")
        h = g.node("LayerNormalization", g.node("Add", e, looked), g.keep(part("norm.weight")), g.keep(part("norm.bias")), axis=-1, epsilon=1e-5)
        up = g.node("Gelu", g.node("Add", linear(h, "up"), g.keep(part("up.bias"))), approximate="tanh")
        fused = g.node("Add", h, g.node("Add", linear(up, "down"), g.keep(part("down.bias"))))
        return g.node("Add", e, g.node("Mul", g.node("Sub", fused, e), "look"))

    def prepare(self):
        """The mask of attention [b, 1, 1, t, p + t] and the tables of the rotation."""
        g = self.g
        length = lambda x, axis: g.node("Shape", x, start=axis, end=axis + 1)
        t, whole = length("input_ids", 1), length("attention_mask", 1)
        columns = g.node("Range", g.keep(np.array(0, np.int64)), g.node("Squeeze", whole, g.ints(0)), g.keep(np.array(1, np.int64)))
        rows = g.node("Range", g.node("Squeeze", g.node("Sub", whole, t), g.ints(0)), g.node("Squeeze", whole, g.ints(0)), g.keep(np.array(1, np.int64)))
        late = g.node("Greater", g.node("Unsqueeze", columns, g.ints(0)), g.node("Unsqueeze", rows, g.ints(1)))
        absent = g.node("Equal", g.node("Unsqueeze", "attention_mask", g.ints(1, 2, 3)), g.keep(np.array(0, np.int64)))
        self.mask = g.node("Mul", g.cast(g.node("Or", late, absent), F), g.number(-1e9))
        size = self.shape.hidden_size // self.shape.num_attention_heads
        rate = self.shape.rope_theta ** (-np.arange(0, size, 2) / size)
        angle = g.node("Mul", g.node("Unsqueeze", g.cast("position_ids", F), g.ints(1, 3)), g.keep(np.concatenate([rate, rate]).astype(np.float32)))
        self.cos, self.sin = g.node("Cos", angle), g.node("Sin", angle)

    def rotate(self, x: str) -> str:
        g = self.g
        first, second = g.node("Split", x, outputs=2, axis=-1, num_outputs=2)
        return g.node("Add", g.node("Mul", x, self.cos), g.node("Mul", g.node("Concat", g.node("Neg", second), first, axis=-1), self.sin))

    def attend(self, x: str, i: int) -> str:
        g, s = self.g, self.shape
        at, groups = f"model.layers.{i}.self_attn", s.num_attention_heads // s.num_key_value_heads
        joined = self.project(x, [f"{at}.q_proj", f"{at}.k_proj", f"{at}.v_proj"])
        size = s.hidden_size // s.num_attention_heads
        narrow = s.num_key_value_heads * size
        q, k, v = g.node("Split", joined, g.ints(s.hidden_size, narrow, narrow), outputs=3, axis=-1)
        q = g.node("Mul", self.rotate(self.heads(q, s.num_attention_heads)), g.number(size**-0.5))
        k = g.node("Concat", f"past_key_values.{i}.key", self.rotate(self.heads(k, s.num_key_value_heads)), outputs=[f"present.{i}.key"], axis=2)
        v = g.node("Concat", f"past_key_values.{i}.value", self.heads(v, s.num_key_value_heads), outputs=[f"present.{i}.value"], axis=2)
        q = g.node("Reshape", q, g.ints(0, s.num_key_value_heads, groups, -1, size))
        score = g.node("MatMul", q, g.node("Unsqueeze", g.node("Transpose", k, perm=[0, 1, 3, 2]), g.ints(2)))
        weight = g.node("Softmax", g.node("Add", score, self.mask), axis=-1)
        mixed = g.node("Reshape", g.node("MatMul", weight, g.node("Unsqueeze", v, g.ints(2))), g.ints(0, s.num_attention_heads, -1, size))
        return self.project(self.flat(mixed), [f"{at}.o_proj"])

    def expand(self, x: str, i: int) -> str:
        g, at, wide = self.g, f"model.layers.{i}.mlp", self.shape.intermediate_size
        gate, up = g.node("Split", self.project(x, [f"{at}.gate_proj", f"{at}.up_proj"]), g.ints(wide, wide), outputs=2, axis=-1)
        return self.project(g.node("Mul", g.node("Mul", gate, g.node("Sigmoid", gate)), up), [f"{at}.down_proj"])

    def write(self):
        g, s = self.g, self.shape
        x = self.fuse(self.embed())
        self.prepare()
        for i in range(s.num_hidden_layers):
            x = g.node("Add", x, self.attend(self.norm(x, f"model.layers.{i}.input_layernorm"), i))
            x = g.node("Add", x, self.expand(self.norm(x, f"model.layers.{i}.post_attention_layernorm"), i))
        x = self.norm(g.node("Gather", x, "logit_positions", axis=1), "model.norm")
        packed, k = self.table[0], s.hidden_size
        main = g.node("MatMulNBits", x, g.keep(packed), g.node("Reshape", self.d, g.ints(-1)), domain=MICROSOFT, K=k, N=s.vocab_size, bits=4, block_size=BLOCK, accuracy_level=self.level)
        g.node("Add", main, g.node("MatMul", g.node("MatMul", x, self.sums[k]), g.node("Transpose", self.offset, perm=[1, 0])), outputs=["logits"])
        value = helper.make_tensor_value_info
        cache = [f"{i}.{part}" for i in range(s.num_hidden_layers) for part in ("key", "value")]
        kept = [s.num_key_value_heads, s.hidden_size // s.num_attention_heads]
        inputs = [value(n, TensorProto.INT64, d) for n, d in (("input_ids", ["b", "t"]), ("attention_mask", ["b", "whole"]), ("position_ids", ["b", "t"]))]
        inputs += [value("vision", F, ["b", "v", TOKEN]), value("vision_mask", F, ["b", "v"]), value("look", F, [1]), value("logit_positions", TensorProto.INT64, ["k"])]
        inputs += [value(f"past_key_values.{name}", F, ["b", kept[0], "p", kept[1]]) for name in cache]
        outputs = [value("logits", F, ["b", "k", s.vocab_size])] + [value(f"present.{name}", F, ["b", kept[0], "whole", kept[1]]) for name in cache]
        g.save(self.folder / "model.onnx", inputs, outputs)
