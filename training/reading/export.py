"""The taught reader as the pack's files: 8-bit ONNX, tokenizer; measured once more as it is shipped.

    python export.py --data DEVELOPMENT_DATA --model FOLDER [--to ../../models/minilm-l6-span-reader]
"""
import argparse, shutil
from pathlib import Path

import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer

from measure import measure
from reader import Reader
from sources import held_out, reading

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", type=Path, required=True)
parser.add_argument("--model", type=Path, required=True)
parser.add_argument("--to", type=Path, default=Path(__file__).parents[2] / "models/minilm-l6-span-reader")
options = parser.parse_args()


tokenizer = AutoTokenizer.from_pretrained(options.model)
model = Reader(options.model, attn_implementation="eager").eval()
options.to.mkdir(parents=True, exist_ok=True)
whole = options.model / "whole.onnx"
names = ["input_ids", "attention_mask", "token_type_ids"]
sample = torch.ones(2, 16, dtype=torch.long)
axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "start_logits", "end_logits"]} | {"verdict_logits": {0: "batch"}}
torch.onnx.export(model, (sample, sample, sample), str(whole), input_names=names, dynamo=False,
                  output_names=["start_logits", "end_logits", "verdict_logits"], dynamic_axes=axes, opset_version=17)
# Without VNNI the products of two 8-bit numbers overflow: a bit less for the weights.
quantize_dynamic(str(whole), str(options.to / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
shutil.copy(options.model / "tokenizer.json", options.to / "tokenizer.json")
whole.unlink()

session = onnxruntime.InferenceSession(str(options.to / "model.onnx"))


def logits(ids, types, mask):
    out = session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy(), "token_type_ids": types.numpy()})
    return [torch.from_numpy(x) for x in out]


_, test = held_out(list(reading(options.data / "train/reading/questions.jsonl")))
print((options.to / "model.onnx").stat().st_size / 1e6, "MB;", "held-out questions (n, EM, F1, area):", measure(logits, tokenizer, test))
