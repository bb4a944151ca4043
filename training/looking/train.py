"""Trains the fusion and the low-rank additions on simulated pictures; stopped anywhere, it goes on from CACHE/run/last.pt.

Two processes of one thread each share every step (gradients are averaged): on two cores that is twice as fast as two
threads in one. The learning rate falls as a cosine over --steps, or over --minutes where the machine is slower than that.
"""
import argparse, json, math, os, time

import numpy as np
import torch
import torch.distributed as dist

from gguf_model import language_model, tokenizer
from model import Fusion, LookingModel, Memory
from samples import Maker, Photographs, batch
from settings import CACHE, SEED

CLIP, WARM = 1.0, 20


def build(photographs: Photographs) -> LookingModel:
    torch.manual_seed(SEED)
    fusion = Fusion(576, memory=Memory(torch.from_numpy(photographs.memory())))
    fusion.bridge(torch.from_numpy(np.load(CACHE / "bridge.npz")["weight"]), match=6.0)
    return LookingModel(language_model(), fusion)


def encoder():
    made = tokenizer()
    return lambda text: made.encode(text).ids


def vocabulary_of(photographs: Photographs, encode) -> torch.Tensor:
    """Sorted ids that training's softmax runs over: what the answers use, and every eighth of the rest."""
    used = {i for caption in photographs.captions for i in encode(str(caption))} | {i for name in photographs.names for i in encode(" " + name)}
    return torch.tensor(sorted(used | set(range(0, 49152, 8)) | set(range(260))))


def draw(maker: Maker, rng, tokens: int) -> list:
    """Samples of about `tokens` tokens: half of them captioned, the rest asked about."""
    samples, total = [], 0
    while total < tokens:
        kind = rng.random()
        i = int(rng.choice(maker.p.train))
        samples.append(maker.caption_sample(i, rng) if kind < 0.52 else maker.scene_sample(rng) if kind < 0.84 else maker.photograph_questions(i, rng))
        total += samples[-1].length
    return samples


def share(values: list[torch.Tensor]):
    """Averages gradients over the processes, as one vector."""
    flat = torch.cat([v.grad.flatten() for v in values])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    first = 0
    for v in values:
        v.grad.copy_(flat[first : first + v.numel()].view_as(v))
        first += v.numel()


def check(model: LookingModel, maker: Maker) -> dict[str, float]:
    """Loss a token on photographs held out, in simulated vision, with the right picture and with another's."""
    rng, made = np.random.default_rng(1), []
    for i in maker.p.held[:10]:
        made.append(maker.caption_sample(int(i), rng))
    asked = [maker.scene_sample(rng) for _ in range(14)]
    with torch.no_grad():
        right, _ = model.loss(batch(made))
        questions, _ = model.loss(batch(asked))
        for sample, other in zip(made, [s.vision for s in made[1:]] + [made[0].vision]):
            sample.vision = other
        wrong, _ = model.loss(batch(made))
    return {"caption": round(right.item(), 3), "other": round(wrong.item(), 3), "question": round(questions.item(), 3)}


def work(rank: int, a):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(a.port))
    torch.set_num_threads(a.threads)
    dist.init_process_group("gloo", rank=rank, world_size=a.processes)
    photographs, encode = Photographs(), encoder()
    maker, model = Maker(photographs, encode), build(photographs)
    vocabulary = vocabulary_of(photographs, encode)
    learned = model.learned()
    # What a word looks for is begun in closed form (align.py), and large steps would shake it off.
    found = [v for n, v in learned.items() if n in ("fusion.q.weight", "fusion.k.weight")]
    fusion = [v for n, v in learned.items() if n.startswith("fusion") and n not in ("fusion.q.weight", "fusion.k.weight")]
    added = [v for n, v in learned.items() if not n.startswith("fusion")]
    groups = [{"params": fusion, "rate": a.rate}, {"params": found, "rate": a.rate * 0.03}, {"params": added, "rate": a.rate * 1.5}]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    step, spent, last = 0, 0.0, CACHE / "run/last.pt"
    if last.exists():
        state = torch.load(last, weights_only=True)
        model.load_state_dict(state["learned"], strict=False)
        if "optimiser" in state:
            optimiser.load_state_dict(state["optimiser"])
        step, spent = state["step"], state["spent"]
    elif (CACHE / "aligned.pt").exists():
        model.load_state_dict(torch.load(CACHE / "aligned.pt", weights_only=True), strict=False)
    started = saved = time.time()
    begun = step if last.exists() else 0
    progress = lambda: max(step / a.steps, (spent + time.time() - started) / (60 * a.minutes))
    mean = None
    while True:
        done = torch.tensor(progress())
        dist.broadcast(done, 0)
        done = float(done)
        if done >= 1:
            break
        factor = min(1, (step - begun + 1) / WARM) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * done)))
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * factor
        rng = np.random.default_rng([SEED, step, rank])
        loss, _ = model.loss(batch(sorted(draw(maker, rng, a.tokens), key=lambda s: s.length)), vocabulary)
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        share(list(learned.values()))
        torch.nn.utils.clip_grad_norm_(learned.values(), CLIP)
        optimiser.step()
        step += 1
        mean = loss.item() if mean is None else 0.97 * mean + 0.03 * loss.item()
        if rank == 0 and step % 10 == 0:
            print(json.dumps({"step": step, "done": round(done, 3), "loss": round(mean, 3), "s": round(time.time() - started)}), flush=True)
        if rank == 0 and time.time() - saved > 240:
            saved = time.time()
            save(model, optimiser, step, spent + saved - started)
            print(json.dumps({"step": step, **check(model, maker)}), flush=True)
    if rank == 0:
        save(model, optimiser, step, spent + time.time() - started)
        print(json.dumps({"end": step, **check(model, maker)}), flush=True)
    dist.barrier()


def save(model, optimiser, step, spent):
    folder = CACHE / "run"
    folder.mkdir(exist_ok=True)
    torch.save({"learned": {n: v.detach() for n, v in model.learned().items()}, "optimiser": optimiser.state_dict(), "step": step, "spent": spent}, folder / "next.pt")
    (folder / "next.pt").replace(folder / "last.pt")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tokens", type=int, default=380, help="tokens of a process in a step")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--port", type=int, default=29517)
    arguments = parser.parse_args()
    torch.multiprocessing.spawn(work, (arguments,), nprocs=arguments.processes)


if __name__ == "__main__":
    main()
