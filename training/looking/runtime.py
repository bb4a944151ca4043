"""The exported graph in onnxruntime: logits of whole sequences, and greedy decoding with the cache."""
import json

import numpy as np

from settings import PACK, TOKEN


class Runtime:
    def __init__(self, folder=PACK, threads: int = 1):
        import onnxruntime as ort
        from tokenizers import Tokenizer
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self.config = json.loads((folder / "config.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.cache = [f"{i}.{part}" for i in range(self.config["layers"]) for part in ("key", "value")]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def empty(self) -> list[np.ndarray]:
        return [np.zeros((1, self.config["kvHeads"], 0, self.config["headDim"]), np.float32)] * len(self.cache)

    def run(self, ids: list[int], vision: np.ndarray | None, at: list[int], past=None):
        """(logits [len(at), vocabulary], new cache) of one sequence that follows `past`."""
        past = past or self.empty()
        before = past[0].shape[2]
        feeds = {
            "input_ids": np.array([ids]), "attention_mask": np.ones((1, before + len(ids)), np.int64), "position_ids": np.arange(before, before + len(ids))[None],
            "vision": np.zeros((1, 1, TOKEN), np.float32) if vision is None else vision[None], "vision_mask": np.ones((1, 1 if vision is None else len(vision)), np.float32),
            "look": np.array([0 if vision is None else 1], np.float32), "logit_positions": np.array(at)} | {f"past_key_values.{name}": one for name, one in zip(self.cache, past)}
        logits, *present = self.session.run(None, feeds)
        return logits[0], present

    def generate(self, prompt: str, vision: np.ndarray | None, most: int = 40) -> str:
        ids, said, past = self.encode(prompt), [], None
        for _ in range(most):
            logits, past = self.run(ids, vision, [len(ids) - 1], past)
            ids = [int(logits[0].argmax())]
            if ids[0] == self.config["eosId"]:
                break
            said += ids
        return self.tokenizer.decode(said).strip()

    def losses(self, prompt: str, answer: str, vision: np.ndarray | None, end: bool = True) -> np.ndarray:
        """Negative log-likelihood of each token of the answer (and of its end)."""
        first, said = self.encode(prompt), self.encode(answer) + ([self.config["eosId"]] if end else [])
        ids = first + said
        logits, _ = self.run(ids, vision, list(range(len(first) - 1, len(ids) - 1)))
        logits = logits - logits.max(1, keepdims=True)
        return np.log(np.exp(logits).sum(1)) - logits[np.arange(len(said)), said]
