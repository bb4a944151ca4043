"""Training samples: vision tokens, a shared beginning, and branches (five captions of a picture, or several questions) that don't see each other."""
from dataclasses import dataclass

import numpy as np
import torch

from model import Batch
from scenes import ask, ask_presence, compose, pick, yes
from settings import CACHE, HELD_OUT, PROMPTS
from simulate import Simulator, unit
from words import coloured, things_of

END = 2  # <|im_end|>
ANSWER_WEIGHT = {"caption": 1.0, "tell": 1.0}  # a short answer's few tokens weigh more
SHORT_WEIGHT = 10.0


@dataclass
class Sample:
    vision: np.ndarray  # [v, 264], or [v, width of another encoder]
    own: int  # the picture's row in the memory of captions; -1: none
    prefix: list[int]
    branches: list[tuple[list[int], int, float]]  # ids, from where on they are learned, weight

    @property
    def length(self) -> int:
        return len(self.prefix) + sum(len(ids) for ids, _, _ in self.branches)


class Photographs:
    """The captions of photographs with their vectors; the last HELD_OUT of a seeded order are never trained on."""

    def __init__(self, path=CACHE / "vectors.npz"):
        data = np.load(path, allow_pickle=True)
        self.captions, self.owner = data["captions"], data["owner"]
        self.vectors = data["caption_vectors"].astype(np.float32)
        self.phrase_vectors = data["phrase_vectors"].astype(np.float32)
        self.names = [str(n) for n in data["things"]]
        self.simulator = Simulator(data["name_vectors"], data["thing_vectors"])
        number = int(self.owner.max()) + 1
        self.of = np.split(np.arange(len(self.owner)), np.nonzero(np.diff(self.owner))[0] + 1)
        phrase_owner, index = data["phrase_owner"], data["phrase_index"]
        start = np.searchsorted(phrase_owner, np.arange(number + 1))
        self.phrases_of = [index[start[i] : start[i + 1]] for i in range(number)]
        order = np.random.default_rng(0).permutation(number)
        self.train, self.held = order[:-HELD_OUT], order[-HELD_OUT:]
        self.row = np.full(number, -1)
        self.row[self.train] = np.arange(len(self.train))
        place = {name: i for i, name in enumerate(self.names)}
        self.counts = [{place[t]: n for t, n in things_of(list(self.captions[rows])).items()} for rows in self.of]
        self._memory = None
        self.means = unit(np.stack([self.vectors[rows].mean(0) for rows in self.of]))

    def memory(self) -> np.ndarray:
        """[trained photographs, 256] float32."""
        if self._memory is None:
            self._memory = self.means[self.train]
        return self._memory


class Maker:
    def __init__(self, photographs: Photographs, encode):
        self.p, self.encode = photographs, encode
        caption = encode(PROMPTS["caption"])
        self.caption_prefix = caption
        question = PROMPTS["question"].split("{question}")
        self.before, self.after = encode(question[0]), question[1]

    def look(self, i: int, rng) -> tuple[np.ndarray, list]:
        """Vision tokens of photograph i, and the things in them."""
        rows = self.p.of[i]
        some = rng.choice(rows, int(rng.integers(1, len(rows) + 1)), replace=False)
        whole = unit(self.p.vectors[some].mean(0))
        parts = [self.p.phrase_vectors[j] for j in self.p.phrases_of[i]] + [self.p.vectors[j] for j in some]
        found = self.p.simulator.detect(self.p.counts[i], rng)
        return self.p.simulator.tokens(whole, parts, found, rng), found

    def caption_sample(self, i: int, rng) -> Sample:
        vision, _ = self.look(i, rng)
        branches = [(self.encode(str(self.p.captions[j])) + [END], 0, 1.0) for j in self.p.of[i]]
        return Sample(vision, int(self.p.row[i]), self.caption_prefix, branches)

    def branch(self, kind: str, question: str, answer: str):
        asked = self.encode(question + self.after)
        return asked + self.encode(answer) + [END], len(asked), ANSWER_WEIGHT.get(kind, SHORT_WEIGHT)

    def scene_sample(self, rng) -> Sample:
        things = compose(rng, len(self.p.names))
        vectors = self.p.simulator.things[[t.index for t in things]]
        vision = self.p.simulator.tokens(unit(vectors.mean(0)), list(vectors), things, rng)
        return Sample(vision, -1, self.before, [self.branch(*one) for one in ask(self.p.names, things, rng)])

    def photograph_questions(self, i: int, rng, number: int = 4) -> Sample:
        """Questions about captions: what is there, in which colour, whether a statement is of this picture."""
        vision, found = self.look(i, rng)
        there = list(self.p.counts[i])
        absent = [j for j in range(len(self.p.names)) if j not in there and j not in {t.index for t in found}]
        colours = [pair for j in self.p.of[i] for pair in coloured(str(self.p.captions[j]))]
        branches = []
        while len(branches) < number:
            kind = pick(rng, ("presence", "statement", "statement", "colour"))
            if kind == "presence" and there:
                branches.append(self.branch(kind, *ask_presence(self.p.names, there, absent, rng)))
            elif kind == "colour" and colours:
                word, colour = pick(rng, colours)
                branches.append(self.branch(kind, f"What {pick(rng, ('colour', 'color'))} is the {word}?", colour.capitalize()))
            elif kind == "statement":
                truth = bool(rng.random() < 0.5)
                said = str(self.p.captions[rng.choice(self.p.of[i if truth else self.other(i, rng)])])
                branches.append(self.branch(kind, f"{said} Is this true?", yes(truth)))
        return Sample(vision, int(self.p.row[i]), self.before, branches)

    def other(self, i: int, rng) -> int:
        """Another photograph of the same part; half of the time one whose captions are like these, yet not the likest ten."""
        if rng.random() < 0.5 or self.p.row[i] < 0:
            pool = self.p.train if self.p.row[i] >= 0 else self.p.held
            return int(next(j for j in rng.choice(pool, 4, replace=False) if j != i))
        near = np.argpartition(-(self.p.memory() @ self.p.means[i]), 60)[:60]
        near = near[np.argsort(-(self.p.memory()[near] @ self.p.means[i]))]
        return int(self.p.train[near[int(rng.integers(11, 60))]])


def batch(samples: list[Sample]) -> Batch:
    """Pads samples; in each, a branch sees the prefix and itself."""
    longest, most = max(s.length for s in samples), max(len(s.vision) for s in samples)
    ids, positions = torch.full((len(samples), longest), END), torch.zeros(len(samples), longest, dtype=torch.long)
    allowed = torch.eye(longest, dtype=torch.bool).repeat(len(samples), 1, 1)
    vision, vision_mask = np.zeros((len(samples), most, samples[0].vision.shape[1]), np.float32), np.zeros((len(samples), most), np.float32)
    at, target, weight = [], [], []
    for i, sample in enumerate(samples):
        n = len(sample.prefix)
        vision[i, : len(sample.vision)], vision_mask[i, : len(sample.vision)] = sample.vision, 1
        ids[i, :n], positions[i, :n] = torch.tensor(sample.prefix), torch.arange(n)
        allowed[i, :n, :n] = torch.ones(n, n, dtype=torch.bool).tril()
        first = n
        for tokens, learned, worth in sample.branches:
            last = first + len(tokens)
            ids[i, first:last], positions[i, first:last] = torch.tensor(tokens), torch.arange(n, n + len(tokens))
            allowed[i, first:last, :n] = True
            allowed[i, first:last, first:last] = torch.ones(len(tokens), len(tokens), dtype=torch.bool).tril()
            for j in range(learned, len(tokens)):
                at.append(i * longest + (first + j - 1 if j else n - 1))
                target.append(tokens[j])
                weight.append(worth if j + 1 < len(tokens) else min(worth, 1.0))
            first = last
    mask = torch.zeros(len(samples), 1, longest, longest).masked_fill(~allowed[:, None], torch.finfo(torch.float32).min)
    return Batch(ids, positions, mask, torch.from_numpy(vision), torch.from_numpy(vision_mask), torch.tensor([[s.own] for s in samples]),
                 torch.tensor(at), torch.tensor(target), torch.tensor(weight, dtype=torch.float32))
