"""Exact match and F1 of spans (the measures of SQuAD, Rajpurkar et al. 2016), by source."""
import collections, re, string
import torch

from absent import gone

LONGEST_ANSWER = 24


def normal(text):
    text = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(said, right):
    a, b = normal(said).split(), normal(right).split()
    common = sum((collections.Counter(a) & collections.Counter(b)).values())
    return 0.0 if common == 0 else 2 * common / (len(a) + len(b))


def best_spans(logits, tokenizer, items, longest=384):
    """(item, text of its best span, that span's score over the score for "not here") of each."""
    for k in range(0, len(items), 8):
        own = items[k : k + 8]
        tokens = tokenizer([x["question"] for x in own], [x["context"] for x in own], truncation="only_second",
                           max_length=longest, padding=True, return_offsets_mapping=True, return_tensors="pt")
        start, end, _ = logits(tokens["input_ids"], tokens["token_type_ids"], tokens["attention_mask"])
        for i, item in enumerate(own):
            inside = torch.tensor([side == 1 for side in tokens.sequence_ids(i)])
            a, b = start[i].masked_fill(~inside, -1e9), end[i].masked_fill(~inside, -1e9)
            n = len(a)
            allowed = torch.ones(n, n).triu().bool() & ~torch.ones(n, n).triu(LONGEST_ANSWER).bool()
            best = int((a[:, None] + b[None]).masked_fill(~allowed, -1e9).argmax())
            offsets = tokens["offset_mapping"][i]
            said = item["context"][int(offsets[best // n][0]) : int(offsets[best % n][1])]
            yield item, said, float(a[best // n] + b[best % n] - start[i][0] - end[i][0])


def measure(logits, tokenizer, items, put=lambda item: item):
    """{source: (n, EM, F1, area)} in percent; `logits(ids, types, mask)` gives start and end scores of each token. The area under the curve tells how well what is asked is told from the same without the sentence that answers. `put`: how each is put to it (behind its title)."""
    sums, margins = collections.defaultdict(lambda: [0, 0.0, 0.0]), collections.defaultdict(lambda: ([], []))
    for item, said, margin in best_spans(logits, tokenizer, [put(x) for x in items]):
        own_sum = sums[item["source"]]
        own_sum[0] += 1
        own_sum[1] += max(normal(said) == normal(gold) for gold in item["golds"])
        own_sum[2] += max(f1(said, gold) for gold in item["golds"])
        margins[item["source"]][0].append(margin)
    for item, _, margin in best_spans(logits, tokenizer, [put(x) for x in map(gone, items) if x]):
        margins[item["source"]][1].append(margin)
    return {source: (n, round(100 * em / n, 1), round(100 * total / n, 1), round(100 * area(*margins[source]), 1)) for source, (n, em, total) in sums.items()}


def area(of, others):
    """Under the ROC curve: how often one of `of` is above one of `others`."""
    return sum((a > b) + (a == b) / 2 for a in of for b in others) / max(1, len(of) * len(others))


def measure_verdicts(logits, tokenizer, items, longest=384):
    """{source: (n, right of yes or no in percent, area under the curve of yes)}; items hold question, context, verdict, source."""
    said = collections.defaultdict(list)
    for k in range(0, len(items), 16):
        own = items[k : k + 16]
        tokens = tokenizer([x["question"] for x in own], [x["context"] for x in own], truncation="only_second",
                           max_length=longest, padding=True, return_tensors="pt")
        scores = logits(tokens["input_ids"], tokens["token_type_ids"], tokens["attention_mask"])[2]
        for item, (yes, no, *_) in zip(own, scores.tolist()):
            said[item["source"]].append((yes - no, item["verdict"]))
    out = {}
    for source, rows in said.items():
        right = sum((margin > 0) == (verdict == 0) for margin, verdict in rows)
        yes, no = ([m for m, v in rows if v == own] for own in (0, 1))
        out[source] = (len(rows), round(100 * right / len(rows), 1), round(100 * area(yes, no), 1))
    return out
