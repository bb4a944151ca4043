"""Cuts a graph in two and makes its weights small, with nothing but onnx."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LEAST = 4096  # smaller tensors (biases, norms) stay as they are
CHANNEL = {"Conv": 0, "ConvTranspose": 1, "Gather": 0, "MatMul": -1}  # axis of a weight that has a scale of its own


def cut(model, inputs, outputs, more=()):
    """The part of `model` between tensors. `inputs`: {name: (new name, type, shape)}, `outputs`: {name: (new name, shape)}; `more`: nodes that make tensors which
    the part would otherwise need from outside."""
    made = {name: node for node in [*model.graph.node, *more] for name in node.output}
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    needed, used, waiting = set(), [], list(outputs)
    seen = set(inputs)
    while waiting:
        name = waiting.pop()
        if name in seen or not name:
            continue
        seen.add(name)
        if name in weights:
            used.append(weights[name])
        else:
            node = made[name]
            needed.add(id(node))
            waiting.extend(node.input)
    nodes = [node for node in [*more, *model.graph.node] if id(node) in needed]
    begin = [helper.make_node("Identity", [new], [old]) for old, (new, _, _) in inputs.items() if new != old]
    end = [helper.make_node("Identity", [old], [new]) for old, (new, _) in outputs.items() if new != old]
    graph = helper.make_graph(
        [*begin, *nodes, *end],
        "sensegraph",
        [helper.make_tensor_value_info(new, kind, shape) for new, kind, shape in inputs.values()],
        [helper.make_tensor_value_info(new, TensorProto.FLOAT, shape) for new, shape in outputs.values()],
        used,
    )
    part = helper.make_model(graph, opset_imports=model.opset_import, ir_version=8)
    onnx.checker.check_model(part)
    return part


def shrink(model):
    """Weights in 8 bits with a scale for each output channel: widened once when the model is loaded (Cast and Mul of constants are folded), so that it computes in
    32 bits."""
    users = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node.op_type)
    widen, weights = [], []
    for tensor in model.graph.initializer:
        array = numpy_helper.to_array(tensor)
        kind = next((op for op in users.get(tensor.name, []) if op in CHANNEL), None)
        if array.dtype != np.float32 or array.size < LEAST or kind is None:
            weights.append(tensor)
            continue
        name, wide = tensor.name, f"{tensor.name}/wide"
        axis = CHANNEL[kind] % array.ndim
        scale = best_scale(np.moveaxis(array, axis, 0).reshape(array.shape[axis], -1))
        shape = [-1 if i == axis else 1 for i in range(array.ndim)]
        scale = scale.reshape(shape).astype(np.float32)
        weights.append(numpy_helper.from_array(np.clip(np.rint(array / scale), -127, 127).astype(np.int8), f"{name}/8"))
        weights.append(numpy_helper.from_array(scale, f"{name}/scale"))
        widen.append(helper.make_node("Cast", [f"{name}/8"], [wide], to=TensorProto.FLOAT))
        widen.append(helper.make_node("Mul", [wide, f"{name}/scale"], [name]))
    nodes = [*widen, *model.graph.node]
    small = helper.make_model(helper.make_graph(nodes, "sensegraph", model.graph.input, model.graph.output, weights), opset_imports=model.opset_import, ir_version=8)
    onnx.checker.check_model(small)
    return small


def best_scale(rows):
    """Scale of each row whose rounding error is least, the greatest value cut off where that costs less than it saves."""
    greatest = np.maximum(np.abs(rows).max(1), 1e-12)
    best, least = greatest / 127, np.full(len(rows), np.inf)
    for share in np.linspace(0.6, 1, 21):
        scale = greatest * share / 127
        error = ((np.clip(np.rint(rows / scale[:, None]), -127, 127) * scale[:, None] - rows) ** 2).sum(1)
        best, least = np.where(error < least, scale, best), np.minimum(error, least)
    return best
