"""Two readers as one: a weighted mean of their weights, where one was taught further from the other (Wortsman et al. 2022, arXiv 2109.01903).

    python blend.py EARLIER LATER SHARE_OF_LATER OUT
"""
import shutil, sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

earlier, later, share, out = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])


def mean(a, b):
    return {name: (1 - share) * a[name] + share * b[name] for name in a}


out.mkdir(parents=True, exist_ok=True)
for file in later.iterdir():
    if file.suffix in (".json", ".txt"):
        shutil.copy(file, out / file.name)
verdicts = mean(*(torch.load(x / "verdict.pt", weights_only=True) for x in (earlier, later)))
torch.save(verdicts, out / "verdict.pt")
save_file(mean(*(load_file(x / "model.safetensors") for x in (earlier, later))), out / "model.safetensors", metadata={"format": "pt"})
