"""Trains the student on the pool: what the teacher heard (scores) and how (its embedding, through a linear map). Can be stopped and taken up."""
import sys, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from pool import POOL
from settings import CACHE, SHARD, SHARDS, TEACHER_WIDTH, WIDTH
from student import Student

BATCH, RATE, DECAY, AVERAGE = 64, 3e-3, 0.02, 0.998
# Shard 0 is for watching alone; the rest is gone through in blocks, shuffled within each, several times.
BLOCK, BLOCKS = 8, (SHARDS - 1) // 8
BLOCK_STEPS = BLOCK * SHARD // BATCH
STEPS = 12 * BLOCK_STEPS
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
CHECKPOINT = CACHE / "checkpoint.pt"


class Pool:
    """Shards as one list, read from disk where they lie. Waits for those that are still being made."""

    def __init__(self, shards):
        while not all((POOL / f"{number:03}.mel.npy").exists() for number in shards):
            time.sleep(5)
        self.parts = [[np.load(POOL / f"{number:03}.{name}.npy", mmap_mode="r") for name in ("mel", "scores", "embedding")] for number in shards]

    def batch(self, indices):
        rows = []
        for index in np.sort(indices):
            part, at = divmod(int(index), SHARD)
            rows.append([array[at] for array in self.parts[part]])
        mel, scores, embedding = (torch.tensor(np.stack(column).astype(np.float32)) for column in zip(*rows))
        return mel[:, None].contiguous(memory_format=torch.channels_last).to(DEVICE), scores.to(DEVICE), embedding.to(DEVICE)


def learning_rate(step):
    return float(RATE * min(1, (step + 1) / 300) * (0.5 + 0.5 * np.cos(np.pi * step / STEPS)) + 1e-5)


def loss(student, back, batch, mean, deviation):
    mel, scores, target = batch
    embedding, guess = student(mel)
    heard = F.binary_cross_entropy_with_logits(guess, scores) * 40
    wanted = (target - mean) / deviation
    alike = back(embedding)
    felt = F.mse_loss(alike, wanted) + 1 - F.cosine_similarity(alike, wanted).mean()
    return heard + felt, heard.item(), felt.item()


@torch.no_grad()
def watch(student, back, pool, mean, deviation):
    """On the shard kept apart: loss of both parts, share of the teacher's five best classes among the student's five best."""
    student.eval()
    found = []
    for start in range(0, 1024, 64):
        batch = pool.batch(np.arange(start, start + 64))
        _, heard, felt = loss(student, back, batch, mean, deviation)
        mine, theirs = (x.topk(5).indices for x in (student(batch[0])[1], batch[1]))
        found.append((heard, felt, (mine[:, :, None] == theirs[:, None]).any(2).float().mean().item()))
    student.train()
    return np.mean(found, 0).round(3)


def main():
    torch.manual_seed(7)
    torch.set_num_threads(1)
    kept = Pool([0])
    sample = torch.tensor(kept.parts[0][2].astype(np.float32))
    mean, deviation = sample.mean(0).to(DEVICE), sample.std(0).clamp(min=0.05).to(DEVICE)
    student, back = Student().to(DEVICE, memory_format=torch.channels_last), nn.Linear(WIDTH, TEACHER_WIDTH).to(DEVICE)
    parameters = [*student.parameters(), *back.parameters()]
    optimiser = torch.optim.AdamW(parameters, RATE, weight_decay=DECAY)
    average = torch.optim.swa_utils.AveragedModel(student, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE), use_buffers=True)
    step = 0
    if CHECKPOINT.exists():
        state = torch.load(CHECKPOINT, map_location=DEVICE, weights_only=False)
        step = state["step"]
        for name, part in dict(student=student, back=back, optimiser=optimiser, average=average).items():
            part.load_state_dict(state[name])
    started, first = time.time(), step
    while step < STEPS:
        block, at = divmod(step, BLOCK_STEPS)
        if at == 0 or step == first:
            begin = 1 + block % BLOCKS * BLOCK
            pool = Pool(range(begin, begin + BLOCK))
            order = np.random.default_rng([7, block]).permutation(BLOCK * SHARD)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step)
        optimiser.zero_grad()
        value, heard, felt = loss(student, back, pool.batch(order[at * BATCH : (at + 1) * BATCH]), mean, deviation)
        value.backward()
        nn.utils.clip_grad_norm_(parameters, 5)
        optimiser.step()
        average.update_parameters(student)
        step += 1
        if step % 100 == 0:
            print(f"{step}/{STEPS} scores {heard:.3f} embedding {felt:.3f} {(step - first) * BATCH / (time.time() - started):.0f}/s", file=sys.stderr, flush=True)
        if step % 512 == 0 or step == STEPS:
            print("watched:", *watch(average.module, back, kept, mean, deviation), file=sys.stderr, flush=True)
            parts = dict(student=student, back=back, optimiser=optimiser, average=average)
            torch.save({"step": step, **{name: part.state_dict() for name, part in parts.items()}}, CHECKPOINT.with_suffix(".new"))
            CHECKPOINT.with_suffix(".new").rename(CHECKPOINT)


if __name__ == "__main__":
    main()
