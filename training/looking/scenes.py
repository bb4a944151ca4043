"""Scenes of known things in known boxes, and questions whose answers follow from them."""
from dataclasses import dataclass

import numpy as np

from words import article, plural

DIGITS = "0 1 2 3 4 5 6 7 8 9 10 11 12".split()
COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split()
SIDES = {"left": "to the left of", "right": "to the right of", "above": "above", "below": "below"}
OTHER = {"left": "right", "right": "left", "above": "below", "below": "above"}
APART = 0.08  # centres nearer than this share of the picture are on no side


@dataclass(frozen=True)
class Thing:
    index: int  # among the detector's 80
    box: tuple[float, float, float, float]  # x, y, width, height as shares
    score: float


def box(rng: np.random.Generator, size: float | None = None) -> tuple[float, float, float, float]:
    """Anywhere inside the picture; sizes as photographs have them, small ones oftener."""
    side = float(np.clip(rng.lognormal(-1.2, 0.6), 0.05, 0.95)) if size is None else size
    w = min(0.98, side * float(rng.uniform(0.7, 1.4)))
    h = min(0.98, side * float(rng.uniform(0.7, 1.4)))
    return float(rng.uniform(0, 1 - w)), float(rng.uniform(0, 1 - h)), w, h


def score(rng: np.random.Generator) -> float:
    return float(0.3 + 0.65 * rng.beta(1.2, 1.0))


def compose(rng: np.random.Generator, kinds: int = 80, most: int = 10) -> list[Thing]:
    """One to four kinds, mostly one of each, sometimes several."""
    things = []
    for index in rng.choice(kinds, int(rng.integers(1, 5)), replace=False):
        number = 1 if rng.random() < 0.55 else int(rng.integers(2, 6))
        things += [Thing(int(index), box(rng), score(rng)) for _ in range(number)]
    return sorted(things[:most], key=lambda t: -t.score)


def side_of(a: Thing, b: Thing) -> str | None:
    """On which side of b a lies by their centres; None where it is not plain."""
    dx = a.box[0] + a.box[2] / 2 - b.box[0] - b.box[2] / 2
    dy = a.box[1] + a.box[3] / 2 - b.box[1] - b.box[3] / 2
    if max(abs(dx), abs(dy)) < APART or abs(abs(dx) - abs(dy)) < 0.04:
        return None
    return ("right" if dx > 0 else "left") if abs(dx) > abs(dy) else ("below" if dy > 0 else "above")


def touching(a: Thing, b: Thing) -> bool:
    gap = lambda i: max(a.box[i], b.box[i]) - min(a.box[i] + a.box[i + 2], b.box[i] + b.box[i + 2])
    return gap(0) < 0 and gap(1) < 0


def yes(truth: bool) -> str:
    return "Yes" if truth else "No"


def pick(rng, options):
    return options[int(rng.integers(len(options)))]


def ask_presence(names, there, absent, rng):
    """About one of `there` or of `absent`, each half of the time; as a question or as a statement."""
    truth = bool(rng.random() < 0.5) if there and absent else bool(there)
    name = names[pick(rng, there if truth else absent)]
    form = pick(rng, ("Is there {a} in the picture?", "Is there {a} in the image?", "Can you see {a}?", "Are there any {s} in the picture?", "Does the picture show {a}?",
                      "There is {a} in the picture. Is this true?", "The image contains {a}. Is this true?", "There are no {s}. Is this true?"))
    return form.format(a=article(name), s=plural(name)), yes(truth != ("no {s}" in form))


def ask_count(names, counts, rng):
    index = pick(rng, list(counts))
    name, number = names[index], counts[index]
    kind = rng.random()
    if kind < 0.6:
        return pick(rng, ("How many {s} are there?", "How many {s} are in the picture?", "How many {s} can you see?")).format(s=plural(name)), DIGITS[number]
    said = number if rng.random() < 0.5 else max(1, number + pick(rng, (-2, -1, 1, 2)))
    told = f"{COUNTS[said]} {plural(name) if said > 1 else name}"
    if kind < 0.8:
        return f"There {'are' if said > 1 else 'is'} exactly {told}. Is this true?", yes(said == number)
    return f"Are there {told} in the picture?" if said > 1 else f"Is there only one {name}?", yes(said == number)


def ask_place(names, things, counts, rng):
    """About two things of which there is one each; None where no pair lies plainly."""
    single = [t for t in things if counts[t.index] == 1]
    if len(single) < 2:
        return None
    i, j = rng.choice(len(single), 2, replace=False)
    a, b = single[i], single[j]
    kind = rng.random()
    if kind < 0.15:
        form = pick(rng, ("Is the {a} touching the {b}?", "The {a} is touching the {b}. Is this true?"))
        return form.format(a=names[a.index], b=names[b.index]), yes(touching(a, b))
    side = side_of(a, b)
    if side is None:
        return None
    if kind < 0.35:
        form = pick(rng, ("Where is the {a}, seen from the {b}?", "On which side of the {b} is the {a}?"))
        return form.format(a=names[a.index], b=names[b.index]), side.capitalize()
    said = side if rng.random() < 0.5 else pick(rng, (OTHER[side], OTHER[side], *SIDES))
    form = pick(rng, ("Is the {a} {r} the {b}?", "The {a} is {r} the {b}. Is this true?"))
    return form.format(a=names[a.index], b=names[b.index], r=SIDES[said]), yes(said == side)


def tell(names, counts) -> str:
    """'Two dogs and a cat.'"""
    parts = [article(names[i]) if n == 1 else f"{COUNTS[n]} {plural(names[i])}" for i, n in counts.items()]
    told = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return told[0].upper() + told[1:] + "."


def count(things: list[Thing]) -> dict[int, int]:
    """{index: how many}, most first."""
    found: dict[int, int] = {}
    for thing in things:
        found[thing.index] = found.get(thing.index, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def ask(names, things, rng, number: int = 5) -> list[tuple[str, str, str]]:
    """(kind, question, answer) of a scene, `number` of them."""
    counts = count(things)
    absent = [i for i in range(len(names)) if i not in counts]
    asked = []
    while len(asked) < number:
        kind = pick(rng, ("presence", "count", "place", "place", "tell") if len(asked) else ("presence", "count", "place"))
        made = {"presence": lambda: ask_presence(names, list(counts), absent, rng), "count": lambda: ask_count(names, counts, rng),
                "place": lambda: ask_place(names, things, counts, rng), "tell": lambda: (pick(rng, ("What is in the picture?", "What things can you see?")), tell(names, counts))}[kind]()
        if made:
            asked.append((kind, *made))
    return asked
