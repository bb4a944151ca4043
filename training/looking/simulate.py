"""Vision tokens made of words alone, as near as can be to what the encoders give for a real picture (CapDec, arXiv 2211.00575).

The image head of models/image-text sums three unit vectors: a regression that points towards the caption with much else
in it, the names of the classifier's top classes, and the names of the things found. Each is imitated from the vectors of
the captions, of their phrases and of names, with noise; training/looking/measure_gap.py compares with real pictures.
"""
import math

import numpy as np

from scenes import Thing, box, score
from settings import CROPS, MOST_THINGS, SHARE, TOKEN, WIDTH

NAMED, FOUND = 0.5, 0.4  # weights in the image head's sum (training/image_text/train.py)
NOISE = (1.3, 2.8)  # norm of the noise beside a unit vector, drawn for each picture
ASTRAY = (0.2, 0.7)  # weight of what the picture seems to show and doesn't
ALIKE = (0.75, 1.0)  # share of a crop's content and noise that is the whole picture's
DROPPED, SPURIOUS = 0.3, 0.35  # things not found; pictures with a thing found that no caption names


def unit(x):
    return x / (np.linalg.norm(x, axis=-1, keepdims=True) + 1e-9)


class Simulator:
    def __init__(self, names: np.ndarray, things: np.ndarray):
        """names [1000, 256] of the classifier, things [80, 256] of the detector; unit norm."""
        self.names, self.things = names.astype(np.float32), things.astype(np.float32)

    def named(self, v: np.ndarray, rng) -> np.ndarray:
        """What the classifier would say of a picture with the vector v: names like it, with mistakes."""
        likeness = (self.names @ v + rng.normal(0, 0.08, len(self.names))) / 0.05
        top = np.argpartition(-likeness, 20)[:20]
        weight = np.exp(likeness[top] - likeness[top].max())
        return unit((weight / weight.sum()) @ self.names[top])

    def noise(self, rng) -> np.ndarray:
        """A unit vector, half of it along what words can say: real pictures err among meanings, not in all directions alike."""
        words = rng.normal(size=4) @ self.names[rng.integers(len(self.names), size=4)]
        return unit(0.5 * unit(rng.normal(size=WIDTH)) + 0.85 * unit(words))

    def seen(self, v: np.ndarray, astray: np.ndarray, found: np.ndarray | None, rng, noise: np.ndarray) -> np.ndarray:
        """One vector of the image head for content v (unit), confusion `astray` (unit or shorter) and noise."""
        regressed = unit(v + astray + noise)
        sum_ = regressed + NAMED * self.named(unit(v + astray), rng)
        if found is not None and np.any(found):
            sum_ = sum_ + FOUND * unit(found)
        return unit(sum_).astype(np.float32)

    def tokens(self, whole: np.ndarray, parts: list[np.ndarray], things: list[Thing], rng) -> np.ndarray:
        """[v, 264]: the whole, five crops that show some of `parts`, the things, strongest first."""
        noise = rng.uniform(*NOISE) * self.noise(rng)
        strength = float(np.linalg.norm(noise))
        astray = rng.uniform(*ASTRAY) * unit(self.names[rng.integers(len(self.names))] + self.names[rng.integers(len(self.names))])
        found = sum((t.score * self.things[t.index] for t in things), np.zeros(WIDTH, np.float32))
        rows = [row(self.seen(whole, astray, found, rng, noise), (0, 0, 1, 1), 0, 1)]
        for left, top in CROPS:
            part = parts[int(rng.integers(len(parts)))] if parts else whole
            share = rng.uniform(*ALIKE)
            mixed = unit(share * whole + rng.uniform(0.1, 0.6) * part)
            wrong = share * astray + 0.4 * self.names[rng.integers(len(self.names))]
            apart = 1.15 * share * noise + math.sqrt(1 - share * share) * strength * self.noise(rng)
            rows.append(row(self.seen(mixed, wrong, None, rng, apart), (left, top, SHARE, SHARE), 1, 1))
        for thing in things[:MOST_THINGS]:
            rows.append(row(self.things[thing.index], thing.box, 2, thing.score))
        return np.stack(rows)

    def detect(self, counts: dict[int, int], rng) -> list[Thing]:
        """Boxes that a detector could give for things that captions name: some missed, some more than named, some that are none."""
        found = []
        for index, number in counts.items():
            if number > 2:
                number = max(1, int(round(number * rng.uniform(0.5, 1.6))))
            size = float(np.clip(rng.lognormal(-1.0, 0.6), 0.06, 0.9)) if number < 3 else float(rng.uniform(0.06, 0.35))
            for _ in range(number):
                if rng.random() > DROPPED:
                    found.append(Thing(index, box(rng, size * float(rng.uniform(0.7, 1.3))), score(rng)))
        if rng.random() < SPURIOUS:
            near = self.things @ self.things[int(rng.choice(list(counts)))] if counts and rng.random() < 0.6 else rng.random(len(self.things))
            near = near + rng.normal(0, 0.1, len(near))
            for index in np.argsort(-near)[: 1 + int(rng.random() < 0.3)]:
                if int(index) not in counts:
                    found.append(Thing(int(index), box(rng), float(0.3 + 0.3 * rng.beta(1, 2))))
        return sorted(found, key=lambda t: -t.score)[:MOST_THINGS]


def row(vector, box_, kind: int, score_: float) -> np.ndarray:
    """One vision token: vector, box, whole | crop | thing, score."""
    out = np.zeros(TOKEN, np.float32)
    out[:WIDTH], out[WIDTH : WIDTH + 4], out[WIDTH + 4 + kind], out[WIDTH + 7] = vector, box_, 1, score_
    return out
