"""Teaches two of the heads of the fusion which thing a word means, before (or amid) training: minutes instead of hours.

A word that names a thing looks at the tokens of that thing and, as a measure of none, at the whole picture: head 0
plainly, head 1 with the same weight for each of both, so that the share that stays with the whole tells the number.
A bilinear form in closed form (ridge on both sides) begins, gradient descent finishes.
All other words go on looking where they looked. Only the queries' and keys' rows of these heads change.
"""
import numpy as np
import torch
from torch.nn import functional as F

from samples import Photographs
from scenes import compose
from settings import CACHE, HEADS, SEED, TOKEN, WIDTH
from simulate import unit
from words import SINGLE, SYNONYMS, plural

ALIGNED, SURE = 2, (3.0, 0.0)  # heads; logit of a thing meant, against 0 of the whole
UNMEANT = -6.0
RATE = 5e-4
SMALL = (0.0003, 0.00003)


def names_of_things(names: list[str], encode) -> list[list[int]]:
    """For each thing, the last tokens of its names, within a sentence."""
    said = [{name, plural(name), *SYNONYMS.get(name, "").split(), *(w for w, t in SINGLE.items() if t == name)} for name in names]
    last = [{encode(" " + word)[-1] for word in words} for words in said]
    # An ending that several things share ("s", "er") means none of them.
    return [sorted(i for i in part if sum(i in other for other in last) == 1) for part in last]


def scores(fusion, e: torch.Tensor, vision: torch.Tensor) -> torch.Tensor:
    """Logits [n, ALIGNED, v] of queries e [n, width], each for its own picture [n, v, 264]."""
    n, width = e.shape
    size = width // HEADS
    seen = fusion.vision(torch.cat([vision, fusion.memory(vision)], -1)).detach()
    q = F.linear(e, fusion.q.weight[: ALIGNED * size]).view(n, ALIGNED, size)
    k = F.linear(seen, fusion.k.weight[: ALIGNED * size]).view(n, -1, ALIGNED, size)
    return torch.einsum("nhd,nvhd->nhv", q, k) / size**0.5


def begin(fusion, words: torch.Tensor, owner: torch.Tensor, others: torch.Tensor, things: torch.Tensor):
    """Sets the aligned heads so that a word's logit is SURE at its thing, UNMEANT at other things and crops, 0 at the whole."""
    weight = fusion.vision.weight.detach()
    content, box, kind, sure = weight[:, :WIDTH] @ things.T, weight[:, WIDTH : WIDTH + 4], weight[:, WIDTH + 4 : WIDTH + 7], weight[:, WIDTH + 7 : WIDTH + 8]
    places = torch.cat([content + kind[:, 2:], kind[:, :2], 3 * box, 3 * sure, weight[:, :WIDTH] @ torch.randn(WIDTH, 60) / 16, weight[:, TOKEN:] @ torch.randn(WIDTH, 60) / 16], 1).T
    e = torch.cat([words, others])
    size = e.shape[1] // HEADS
    solve = lambda a, r: torch.linalg.solve(a.T @ a + r * a.pow(2).sum() / a.shape[1] * torch.eye(a.shape[1]), a.T)
    for head, value in enumerate(SURE):
        wanted = torch.zeros(len(e), len(places))
        wanted[: len(words), :81] = UNMEANT
        wanted[: len(words), 80] = -3.0  # what the whole picture shows comes on top
        wanted[: len(words), 81] = UNMEANT
        wanted[torch.arange(len(words)), owner] = value + 6  # the rank of a head is too small for all of it
        form = solve(e, SMALL[0]) @ wanted @ solve(places, SMALL[1]).T * size**0.5
        u, s, v = torch.linalg.svd(form)
        root = s[:size].sqrt()
        with torch.no_grad():
            fusion.q.weight[head * size : (head + 1) * size] = (u[:, :size] * root).T
            fusion.k.weight[head * size : (head + 1) * size] = v[:size] * root[:, None]


def draw(photographs: Photographs, tokens: list[list[int]], others: np.ndarray, rng, number: int):
    """Pictures, a word for each (half of them meant by something there or not, a quarter no thing at all), and which tokens it means."""
    pictures, ids, meant = [], [], []
    for _ in range(number):
        things = compose(rng, len(tokens))
        vectors = photographs.simulator.things[[t.index for t in things]]
        pictures.append(photographs.simulator.tokens(unit(vectors.mean(0)), list(vectors), things, rng))
        kind = rng.random()
        index = -1 if kind < 0.3 else things[int(rng.integers(len(things)))].index if kind < 0.7 else int(rng.integers(len(tokens)))
        if index >= 0 and not tokens[index]:
            index = -1
        ids.append(int(rng.choice(others)) if index < 0 else int(rng.choice(tokens[index])))
        meant.append([False] * 6 + [t.index == index for t in things])
    most = max(map(len, pictures))
    vision = np.stack([np.pad(p, ((0, most - len(p)), (0, 0))) for p in pictures])
    there = np.stack([np.arange(most) < len(p) for p in pictures])
    meant = np.stack([np.pad(np.array(m), (0, most - len(m))) for m in meant])
    return torch.from_numpy(vision), torch.from_numpy(there), torch.tensor(ids), torch.from_numpy(meant), torch.tensor([i in set(others.tolist()) for i in ids])


def align(model, photographs: Photographs, encode, steps: int = 100, number: int = 64):
    """Changes model.fusion's q and k in place."""
    fusion, table = model.fusion, model.language.get_input_embeddings().weight
    tokens = names_of_things(photographs.names, encode)
    used = {i for caption in photographs.captions[::7] for i in encode(str(caption))}
    others = np.array(sorted(used - {i for part in tokens for i in part}))
    old = {name: getattr(fusion, name).weight.detach().clone() for name in ("q", "k")}
    rows = ALIGNED * (table.shape[1] // HEADS)
    torch.manual_seed(SEED)
    flat = torch.tensor([i for part in tokens for i in part])
    owner = torch.tensor([n for n, part in enumerate(tokens) for _ in part])
    begin(fusion, table[flat].detach(), owner, table[torch.from_numpy(others[:1500])].detach(), torch.from_numpy(photographs.simulator.things))
    optimiser = torch.optim.Adam([fusion.q.weight, fusion.k.weight], lr=RATE)
    rng = np.random.default_rng(SEED)
    sure = torch.tensor(SURE)[None, :, None]
    for step in range(steps):
        vision, there, ids, meant, other = draw(photographs, tokens, others, rng, number)
        e = table[ids].detach()
        with torch.no_grad():
            fresh = {name: getattr(fusion, name).weight.data for name in old}
            for name, value in old.items():
                getattr(fusion, name).weight.data = value
            before = scores(fusion, e, vision)
            for name, value in fresh.items():
                getattr(fusion, name).weight.data = value
            target = torch.where(meant[:, None], sure, torch.full((), UNMEANT)).expand(-1, ALIGNED, -1).clone()
            target[:, :, 0] = 0
            target = torch.where(other[:, None, None], before, target).masked_fill(~there[:, None], -1e4).softmax(-1)
        log = scores(fusion, e, vision).masked_fill(~there[:, None], -1e4).log_softmax(-1)
        loss = F.kl_div(log, target, reduction="none").sum(-1)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / steps) + 1e-5
        optimiser.zero_grad()
        loss.mean().backward()
        for name in old:
            getattr(fusion, name).weight.grad[rows:] = 0
        optimiser.step()
        if step % 20 in (0, 19):
            print("align", step + 1, "things", round(loss[~other].mean().item(), 3), "others", round(loss[other].mean().item(), 3), flush=True)
    fusion.zero_grad(set_to_none=True)


def main():
    """CACHE/aligned.pt, which train.py begins with."""
    from train import build, encoder
    target = CACHE / "aligned.pt"
    if target.exists():
        return
    torch.set_num_threads(1)
    photographs, encode = Photographs(), encoder()
    model = build(photographs)
    align(model, photographs, encode)
    torch.save({f"fusion.{name}.weight": getattr(model.fusion, name).weight.detach() for name in ("q", "k")}, target)


if __name__ == "__main__":
    main()
