"""Stores the large float weights of an ONNX file as float16 with a Cast: half the bytes, float arithmetic as before."""
import numpy as np, onnx
from onnx import TensorProto, helper, numpy_helper


def store_half(path, least=1024):
    model = onnx.load(str(path))
    graph = model.graph
    casts = []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < least:
            continue
        values = numpy_helper.to_array(tensor)
        if np.abs(values).max() > 6e4:
            continue
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        graph.node.insert(0, node)
    onnx.save(model, str(path))
