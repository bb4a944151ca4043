"""Resemblyzer's GE2E voice encoder: PyTorch -> ONNX, weights in 8 bits, a scale a row, widened when the model is loaded.

Only the weights are rounded: the network computes in 32 bits. `--check` compares with PyTorch and writes nothing.
"""
import argparse
import numpy as np
import onnx, torch
from onnx import TensorProto, helper, numpy_helper
from paths import SOURCES, folder

LAYERS, WIDTH, MELS, FRAMES = 3, 256, 40, 160


def reorder(rows):
    """PyTorch's gates are i, f, c, o; those of ONNX i, o, f, c."""
    i, f, c, o = np.split(rows, 4)
    return np.concatenate([i, o, f, c])


def build(state):
    nodes, initializers = [], []

    def constant(name, array):
        initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def rounded(name, matrix):
        """A matrix [..., rows, columns] as 8-bit numbers times a scale a row."""
        scale = np.abs(matrix).max(axis=-1, keepdims=True) / 127
        constant(f"{name}.q", np.round(matrix / scale).astype("i1"))
        constant(f"{name}.s", scale.astype("f4"))
        nodes.append(helper.make_node("Cast", [f"{name}.q"], [f"{name}.f"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.f", f"{name}.s"], [name]))
        return name

    nodes.append(helper.make_node("Transpose", ["mels"], ["x0"], perm=[1, 0, 2]))
    for k in range(LAYERS):
        own = {name: reorder(state[f"lstm.{name}_l{k}"]) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
        weights = [rounded(f"w{k}", own["weight_ih"][None]), rounded(f"r{k}", own["weight_hh"][None])]
        bias = constant(f"b{k}", np.concatenate([own["bias_ih"], own["bias_hh"]])[None].astype("f4"))
        if k < LAYERS - 1:
            nodes.append(helper.make_node("LSTM", [f"x{k}", *weights, bias], [f"y{k}"], hidden_size=WIDTH))
            nodes.append(helper.make_node("Squeeze", [f"y{k}", constant(f"axis{k}", np.array([1]))], [f"x{k + 1}"]))
        else:
            nodes.append(helper.make_node("LSTM", [f"x{k}", *weights, bias], ["", "hidden"], hidden_size=WIDTH))
    nodes.append(helper.make_node("Squeeze", ["hidden", constant("first", np.array([0]))], ["last"]))
    nodes.append(helper.make_node("Gemm", ["last", rounded("linear", state["linear.weight"]), constant("bias", state["linear.bias"])], ["raw"], transB=1))
    nodes.append(helper.make_node("Relu", ["raw"], ["positive"]))
    nodes.append(helper.make_node("LpNormalization", ["positive"], ["voices"], axis=1, p=2))
    graph = helper.make_graph(
        nodes, "ge2e",
        [helper.make_tensor_value_info("mels", TensorProto.FLOAT, ["n", FRAMES, MELS])],
        [helper.make_tensor_value_info("voices", TensorProto.FLOAT, ["n", WIDTH])],
        initializers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9, producer_name="sensegraph")
    onnx.checker.check_model(model)
    return model


def difference(model, state):
    """Least cosine to PyTorch's own voices, over random spectrograms of speech-like heights."""
    import onnxruntime
    lstm, linear = torch.nn.LSTM(MELS, WIDTH, LAYERS, batch_first=True), torch.nn.Linear(WIDTH, WIDTH)
    for name, module in (("lstm", lstm), ("linear", linear)):
        module.load_state_dict({key[len(name) + 1:]: torch.tensor(value) for key, value in state.items() if key.startswith(name)})
    mels = np.random.default_rng(0).lognormal(-6, 2, (32, FRAMES, MELS)).astype("f4")
    with torch.no_grad():
        raw = torch.relu(linear(lstm(torch.tensor(mels))[1][0][-1]))
        theirs = (raw / raw.norm(dim=1, keepdim=True)).numpy()
    ours = onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"mels": mels})[0]
    return (ours * theirs).sum(axis=1).min()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    checkpoint = torch.load(SOURCES / "resemblyzer/pretrained.pt", map_location="cpu")
    weights = {key: value.numpy() for key, value in checkpoint["model_state"].items() if not key.startswith("similarity")}
    made = build(weights)
    print("least cosine to PyTorch:", difference(made, weights))
    if not arguments.check:
        (folder("voice-ge2e") / "model.onnx").write_bytes(made.SerializeToString())
