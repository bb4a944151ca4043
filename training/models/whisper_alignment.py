"""Whisper's cross-attentions as a small graph of their own, whose weights stay in the decoder's file.

The decoder of the pack gives no attentions, and its weights are 50 MB. This graph is its branch without a cache, cut off
behind the last alignment head; every large weight is "external data" that points into the decoder's file, so that it
costs some kilobytes. It belongs to exactly that file: run this after whisper.py.
"""
import json
import onnx
from onnx import TensorProto, helper
from onnx.external_data_helper import set_external_data
from paths import folder

DECODER = "decoder_model_merged_quantized.onnx"
# Smaller tensors are copied: a reference costs about as much.
LEAST_BYTES = 1024


def needed(nodes, outputs):
    """The nodes that the outputs rest on, in order, and the names that they take from outside."""
    wanted, kept = set(outputs), []
    for node in reversed(nodes):
        if wanted & set(node.output):
            kept.append(node)
            wanted |= set(node.input)
    made = {name for node in kept for name in node.output}
    return kept[::-1], wanted - made - {""}


def refer(tensor, data):
    """The tensor without its bytes, which lie at one place of the decoder's file."""
    raw = tensor.raw_data
    offset = data.find(raw)
    assert offset >= 0, tensor.name
    out = TensorProto()
    out.CopyFrom(tensor)
    set_external_data(out, DECODER, offset=offset, length=len(raw))
    out.ClearField("raw_data")
    return out


def alignment(model, data, heads):
    branch = next(a.g for n in model.graph.node if n.op_type == "If" for a in n.attribute if a.name == "else_branch")
    nodes = [n for n in model.graph.node if n.op_type != "If"] + list(branch.node)
    layers = sorted({layer for layer, _ in heads})
    weights = {layer: f"/model/decoder/layers.{layer}/encoder_attn/Softmax_output_0" for layer in layers}
    kept, outside = needed(nodes, weights.values())
    constants = []
    for layer in layers:
        own = [head for l, head in heads if l == layer]
        constants.append(helper.make_tensor(f"heads.{layer}", TensorProto.INT64, [len(own)], own))
        kept.append(helper.make_node("Gather", [weights[layer], f"heads.{layer}"], [f"chosen.{layer}"], axis=1))
    kept.append(helper.make_node("Concat", [f"chosen.{layer}" for layer in layers], ["attentions"], axis=1))
    initializers = [i for i in [*model.graph.initializer, *branch.initializer] if i.name in outside]
    inputs = [i for i in model.graph.input if i.name in outside]
    assert {i.name for i in inputs} == {"input_ids", "encoder_hidden_states"}, outside
    graph = helper.make_graph(
        kept, "alignment", inputs,
        [helper.make_tensor_value_info("attentions", TensorProto.FLOAT, [1, len(heads), "tokens", "frames"])],
        [*constants, *(refer(i, data) if len(i.raw_data) >= LEAST_BYTES else i for i in initializers)],
    )
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version, producer_name="sensegraph")


if __name__ == "__main__":
    out = folder("whisper-tiny.en")
    heads = json.loads((out / "generation_config.json").read_text())["alignment_heads"]
    path = out / "onnx" / DECODER
    made = alignment(onnx.load(path), path.read_bytes(), [tuple(head) for head in heads])
    target = out / "onnx" / "alignment.onnx"
    target.write_bytes(made.SerializeToString())
    print(target.stat().st_size, "bytes")
