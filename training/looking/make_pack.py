"""Writes models/smollm2-looking out of the last checkpoint: graph, weights, tokenizer, config."""
import argparse, json

import numpy as np
import torch

from export import Exporter
from gguf_model import config, save_tokenizer
from settings import CACHE, LEAST_THING, MOST_THINGS, PACK, PROMPTS, THING_TEXT, TOKEN

VERSION = "1.0.0"


def write_config(folder):
    s = config()
    (folder / "config.json").write_text(json.dumps({
        "version": VERSION, "layers": s.num_hidden_layers, "heads": s.num_attention_heads, "kvHeads": s.num_key_value_heads, "headDim": s.hidden_size // s.num_attention_heads, "hidden": s.hidden_size,
        "vocabulary": s.vocab_size, "bosId": s.bos_token_id, "eosId": s.eos_token_id, "prompts": PROMPTS, "answers": {"yes": "Yes", "no": "No"},
        "vision": {"dimension": TOKEN, "mostThings": MOST_THINGS, "leastThing": LEAST_THING, "thingText": THING_TEXT}}, indent=2) + "\n")


def trained(path) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """(learned values by name, memory [n, 256]); an untrained fusion where there is no file."""
    from samples import Photographs
    photographs = Photographs()
    if path.exists():
        state = torch.load(path, weights_only=True)
        print("step", state["step"])
        learned = state["learned"]
    else:
        from train import build
        learned = build(photographs).learned()
    return {name: value.detach().numpy() for name, value in learned.items()}, photographs.memory()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=int, default=0, help="MatMulNBits' accuracy_level: 0 float, 4 8-bit activations")
    parser.add_argument("--bits", type=int, choices=(4, 8), default=4, help="of the fusion and the memory")
    parser.add_argument("--fresh", action="store_true", help="an untrained fusion")
    arguments = parser.parse_args()
    PACK.mkdir(parents=True, exist_ok=True)
    learned, memory = trained(CACHE / ("run/none.pt" if arguments.fresh else "run/last.pt"))
    Exporter(PACK, learned, memory, arguments.level, arguments.bits).write()
    save_tokenizer(PACK)
    write_config(PACK)
    for file in sorted(PACK.iterdir()):
        print(file.name, file.stat().st_size)


if __name__ == "__main__":
    main()
