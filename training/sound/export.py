"""The trained student → models/sound-events: ONNX with 16-bit weights, and the labels."""
import json
import numpy as np
import onnx, onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from pool import POOL, window
from settings import PACK
from student import Exported, Student
from labels import labels
from distil import CHECKPOINT

# Smaller arrays, and those of the front end, stay in 32 bits.
LEAST = 4096


def halve(model):
    """Weights as float16, widened when the model is loaded: half the bytes, the same arithmetic."""
    for weight in list(model.graph.initializer):
        array = numpy_helper.to_array(weight)
        if array.dtype != np.float32 or array.size < LEAST or weight.name.startswith("features"):
            continue
        small = numpy_helper.from_array(array.astype(np.float16), weight.name + "_16")
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(small)
        model.graph.node.insert(0, helper.make_node("Cast", [small.name], [weight.name], to=TensorProto.FLOAT))


def main():
    state = torch.load(CHECKPOINT, weights_only=False, map_location="cpu")
    student = Student()
    student.load_state_dict({name.removeprefix("module."): value for name, value in state["average"].items() if name != "n_averaged"})
    mel = torch.tensor(np.load(POOL / "000.mel.npy", mmap_mode="r").astype(np.float32))[:, None]
    # The averaged weights need the statistics of their own layers.
    torch.optim.swa_utils.update_bn(mel.split(256), student)
    student.eval()
    # Vectors are compared by angle, so they are taken from the middle of what sounds like anything.
    with torch.no_grad():
        centre = torch.cat([student(part)[0] for part in mel.split(256)]).mean(0)
    model = Exported(student, centre).eval()
    r = np.random.default_rng(3)
    example = torch.tensor(np.stack([window(r) for _ in range(8)]))
    PACK.mkdir(parents=True, exist_ok=True)
    path = PACK / "model.onnx"
    torch.onnx.export(model, (example,), path, input_names=["samples"], output_names=["scores", "embedding"], opset_version=17, dynamic_axes={name: {0: "n"} for name in ("samples", "scores", "embedding")}, dynamo=False)
    graph = onnx.load(path)
    halve(graph)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)
    assert path.stat().st_size <= 6_000_000, path.stat().st_size
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    got = session.run(None, {"samples": example.numpy()})
    with torch.no_grad():
        want = model(example)
    print("largest difference to torch:", max(float(np.abs(g - w.numpy()).max()) for g, w in zip(got, want)))
    (PACK / "labels.json").write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in labels()) + "\n]\n")
    print(f"step {state['step']}, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
