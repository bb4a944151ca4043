"""CIDEr-D (arXiv 1411.5726) and BLEU-4 (corpus, closest reference length), over lower-case words without punctuation."""
import math, re
from collections import Counter

SIGMA = 6.0


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower())


def grams(tokens: list[str], n: int) -> Counter:
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def bleu4(said: list[str], references: list[list[str]]) -> float:
    """Per cent; the brevity penalty by the reference whose length is nearest."""
    right, all_, length, nearest = [0] * 4, [0] * 4, 0, 0
    for one, refs in zip(said, references):
        tokens, others = words(one), [words(r) for r in refs]
        length += len(tokens)
        nearest += min((abs(len(o) - len(tokens)), len(o)) for o in others)[1]
        for n in range(1, 5):
            have, most = grams(tokens, n), Counter()
            for other in others:
                most |= grams(other, n)
            right[n - 1] += sum(min(c, most[g]) for g, c in have.items())
            all_[n - 1] += max(0, len(tokens) - n + 1)
    if min(right) == 0:
        return 0.0
    mean = sum(math.log(r / a) for r, a in zip(right, all_)) / 4
    return 100 * math.exp(mean + min(0.0, 1 - nearest / max(1, length)))


def cider(said: list[str], references: list[list[str]]) -> float:
    """CIDEr-D × 100, document frequencies from these references."""
    df = [Counter() for _ in range(4)]
    tokens = [[words(r) for r in refs] for refs in references]
    for refs in tokens:
        for n in range(4):
            df[n].update({g for r in refs for g in grams(r, n + 1)})
    total = math.log(max(2, len(references)))

    def vector(token: list[str], n: int):
        have = {g: c * (total - math.log(max(1, df[n][g]))) for g, c in grams(token, n + 1).items()}
        return have, math.sqrt(sum(v * v for v in have.values()))

    scores = []
    for one, refs in zip(said, tokens):
        mine, score = words(one), 0.0
        for ref in refs:
            for n in range(4):
                (a, norm_a), (b, norm_b) = vector(mine, n), vector(ref, n)
                if norm_a and norm_b:
                    dot = sum(min(v, b[g]) * b[g] for g, v in a.items() if g in b)
                    score += dot / (norm_a * norm_b) * math.exp(-((len(mine) - len(ref)) ** 2) / (2 * SIGMA**2)) / 4
        scores.append(10 * score / len(refs))
    return 100 * sum(scores) / len(scores)
