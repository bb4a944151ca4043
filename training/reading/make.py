"""The whole recipe: python make.py --data DEVELOPMENT_DATA --work FOLDER [--qamr FOLDER] [--mlqa FILE] [--minutes 85], then models/lock.json."""
import argparse, subprocess, sys
from pathlib import Path

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", required=True)
parser.add_argument("--work", required=True)
parser.add_argument("--qamr")
parser.add_argument("--mlqa")
parser.add_argument("--minutes", default="85")
options = parser.parse_args()
here = Path(__file__).parent
more = [x for name in ("qamr", "mlqa") if getattr(options, name) for x in (f"--{name}", getattr(options, name))]
train = [sys.executable, "train.py", "--data", options.data, "--out", options.work, "--minutes", options.minutes, *more]
subprocess.run(train, cwd=here, check=True)
subprocess.run([sys.executable, "export.py", "--data", options.data, "--model", options.work], cwd=here, check=True)
subprocess.run([sys.executable, "lock.py"], cwd=here.parent / "models", check=True)
