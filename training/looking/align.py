"""Gives two heads of the fusion, in closed form, which thing a word means: CACHE/aligned.pt, which train.py begins with.

A word that names a thing looks at the tokens of that thing and, as a measure of none, at the whole picture: head 0
plainly, head 1 with about the same weight for each of both, so that the share that stays with the whole tells the number.
A bilinear form by ridge regression on both sides, cut to the rank of a head. (Gradient descent on the same aim, at rates
from 5e-4 to 6e-3, only blurred it.)
"""
import numpy as np
import torch

from samples import Photographs
from settings import CACHE, HEADS, SEED, TOKEN, WIDTH
from words import SINGLE, SYNONYMS, plural

SURE = (3.0, 0.0)  # for each of the heads: logit of a thing meant, against 0 of the whole
UNMEANT = -6.0  # of other things and of crops
CUT = 6.0  # added where a thing is meant: a head's rank is too small for all of the form
WHOLE = -3.0  # what the whole picture shows comes on top
SMALL = (0.0003, 0.00003)  # ridge of words and of places, as shares of their mean square
OTHERS = 1500  # other words, which are to look nowhere in particular


def names_of_things(names: list[str], encode) -> list[list[int]]:
    """For each thing, the last tokens of its names within a sentence; an ending that several things share ("s", "er") means none of them."""
    said = [{name, plural(name), *SYNONYMS.get(name, "").split(), *(w for w, t in SINGLE.items() if t == name)} for name in names]
    last = [{encode(" " + word)[-1] for word in words} for words in said]
    return [sorted(i for i in part if sum(i in other for other in last) == 1) for part in last]


def bilinear(words: torch.Tensor, wanted: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """B with words · B · placesᵀ ≈ wanted, by ridge regression on both sides."""
    solve = lambda a, r: torch.linalg.solve(a.T @ a + r * a.pow(2).sum() / a.shape[1] * torch.eye(a.shape[1]), a.T)
    return solve(words, SMALL[0]) @ wanted @ solve(places, SMALL[1]).T


def begin(fusion, words: torch.Tensor, owner: torch.Tensor, others: torch.Tensor, things: torch.Tensor):
    """Sets the queries' and keys' rows of the aligned heads. words [n, width], owner [n] their things, others [m, width], things [80, 256]."""
    torch.manual_seed(SEED)
    weight, n = fusion.vision.weight.detach(), len(things)
    content, box, kind, sure = weight[:, :WIDTH] @ things.T, weight[:, WIDTH : WIDTH + 4], weight[:, WIDTH + 4 : WIDTH + 7], weight[:, WIDTH + 7 : WIDTH + 8]
    anything = [weight[:, part] @ torch.randn(WIDTH, 60) / 16 for part in (slice(0, WIDTH), slice(TOKEN, None))]
    places = torch.cat([content + kind[:, 2:], kind[:, :2], 3 * box, 3 * sure, *anything], 1).T
    e = torch.cat([words, others])
    size = e.shape[1] // HEADS
    for head, value in enumerate(SURE):
        wanted = torch.zeros(len(e), len(places))
        wanted[: len(words), :n] = UNMEANT
        wanted[: len(words), n : n + 2] = torch.tensor([WHOLE, UNMEANT])
        wanted[torch.arange(len(words)), owner] = value + CUT
        u, s, v = torch.linalg.svd(bilinear(e, wanted, places) * size**0.5)
        root = s[:size].sqrt()
        with torch.no_grad():
            fusion.q.weight[head * size : (head + 1) * size] = (u[:, :size] * root).T
            fusion.k.weight[head * size : (head + 1) * size] = v[:size] * root[:, None]


def align(model, photographs: Photographs, encode):
    """Changes model.fusion's q and k in place."""
    table = model.language.get_input_embeddings().weight.detach()
    tokens = names_of_things(photographs.names, encode)
    named = {i for part in tokens for i in part}
    others = sorted({i for caption in photographs.captions[::7] for i in encode(str(caption))} - named)[:OTHERS]
    flat, owner = [i for part in tokens for i in part], [n for n, part in enumerate(tokens) for _ in part]
    begin(model.fusion, table[flat], torch.tensor(owner), table[others], torch.from_numpy(photographs.simulator.things.astype(np.float32)))


def main():
    from train import build, encoder
    target = CACHE / "aligned.pt"
    if target.exists():
        return
    photographs, encode = Photographs(), encoder()
    model = build(photographs)
    align(model, photographs, encode)
    torch.save({f"fusion.{name}.weight": getattr(model.fusion, name).weight.detach() for name in ("q", "k")}, target)


if __name__ == "__main__":
    main()
