"""The yes-or-no questions that measure, as lines of question, passages, answer and source (for ../reason/fit-yes-no.ts).

    python judged.py --data DEVELOPMENT_DATA --squad-dev FILE --boolq FILE --qed FILE [--strategyqa FILE] > lines.jsonl

`--squad-dev`: `dev-v1.1.json` of SQuAD, of which no paragraph teaches that XQuAD has not; `--boolq`, `--qed` as in train.py.
`--strategyqa`: `train.json` of StrategyQA (Geva et al. 2021, arXiv 2101.02235; MIT), whose facts are its passages; the reader never saw any of it.
"""
import argparse, json
from pathlib import Path
from types import SimpleNamespace

from draw import Draw

parser = argparse.ArgumentParser(description=__doc__)
for name in ("data", "squad-dev", "boolq", "qed"):
    parser.add_argument(f"--{name}", type=Path, required=True)
parser.add_argument("--strategyqa", type=Path)
options = parser.parse_args()


def line(question, passages, answer, source):
    print(json.dumps(dict(question=question, passages=passages, answer="yes" if answer else "no", source=source), ensure_ascii=False))


draw = Draw(SimpleNamespace(data=options.data, squad=None, squad_dev=options.squad_dev, boolq=options.boolq, qed=options.qed, natural=None,
                            mlqa=None, qamr=None, all=False, yes_no=0))
for item in draw.judged:
    line(item["question"], [dict(title=item["title"], text=item["context"])], item["verdict"] == 0, item["source"])
if options.strategyqa:
    for item in json.load(open(options.strategyqa, encoding="utf-8")):
        line(item["question"], [dict(title=item["term"], text=fact) for fact in item["facts"]], item["answer"], "StrategyQA, its facts")
