"""Questions whose passage looks as if it answered them and does not: its answering sentence is gone, or the question names another.

The second is one of the ways in which the unanswerable questions of SQuAD 2 were made (Rajpurkar et al. 2018, arXiv 1806.03822).
"""
import random, re

_SENTENCE = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z0-9\"“`])")
_NAME = re.compile(r"\b(?:[A-Z][\w'’-]*)(?: (?:of the |of )?[A-Z][\w'’-]*)*|\b\d[\d,.]*\b")


def gone(item):
    """The example without the sentences that say an answer of it, or None where nothing is left."""
    said = [gold.lower() for gold in item.get("golds") or [item["answer"]]]
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(item["context"])), len(item["context"])]
    sentences = [item["context"][a:b] for a, b in zip(cuts, cuts[1:])]
    kept = "".join(x for x in sentences if not any(gold in x.lower() for gold in said)).strip()
    # An answer may stand across what looks like the end of a sentence ("U.S. Navy").
    return {**item, "context": kept, "start": None} if len(kept) > 40 and not any(gold in kept.lower() for gold in said) else None


def renamed(item, context):
    """The example with a name or a number of its question put in place by another, of `context`, that the sentence of the answer does not say; or None."""
    question = item["question"]
    first = re.match(r"\s*\w+", question)
    own = [m for m in _NAME.finditer(question) if first is None or m.start() >= first.end()]
    own = [m for m in own if m.group().lower() in item["context"].lower()]
    if not own:
        return None
    found = random.choice(own)
    near = item["context"][max(0, item["start"] - 250) : item["start"] + len(item["answer"]) + 250].lower()
    number = found.group()[0].isdigit()
    others = {m.group() for m in _NAME.finditer(context) if m.start() > 0 and context[m.start() - 2] not in ".!?"}
    others = {re.sub(r"['’]s?$", "", x) for x in others}
    # "Frédéric Chopin" is no other than "Chopin".
    same = set(found.group().lower().split())
    others = [x for x in others if x[0].isdigit() == number and x.lower() not in near and x.lower() not in question.lower() and len(x) > 2
              and same.isdisjoint(x.lower().split())]
    if not others:
        return None
    return {**item, "question": question[: found.start()] + random.choice(sorted(others)) + question[found.end() :], "start": None}
