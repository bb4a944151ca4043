"""YAMNet as the teacher: class scores and the 1,024-number embedding of one window of 15,600 samples."""
import csv
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from settings import CLASS_MAP, TEACHER


class Teacher:
    def __init__(self):
        # All tensors are kept, so that those between input and output can be read.
        self.net = Interpreter(str(TEACHER), num_threads=1, experimental_preserve_all_tensors=True)
        self.net.allocate_tensors()
        self.input = self.net.get_input_details()[0]["index"]
        self.scores = self.net.get_output_details()[0]["index"]
        names = {detail["name"]: detail["index"] for detail in self.net.get_tensor_details()}
        self.embedding = next(index for name, index in names.items() if name.endswith("global_average_pooling2d/Mean"))

    def __call__(self, window):
        """float32 [15600] → scores [521], embedding [1024]."""
        self.net.set_tensor(self.input, window[None].astype(np.float32))
        self.net.invoke()
        return self.net.get_tensor(self.scores)[0].copy(), self.net.get_tensor(self.embedding)[0].copy()


def class_names():
    return [row["display_name"] for row in csv.DictReader(open(CLASS_MAP, encoding="utf-8"))]
