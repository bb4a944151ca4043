"""The pool: windows cut from the clips, changed and mixed, with what the teacher hears in each. Shard by shard, so it can be stopped and taken up."""
import sys
import numpy as np
from scipy.signal import fftconvolve, lfilter, stft, istft
import procedural
from clips import groups
from features import log_mel
from settings import BANDS, CACHE, CLASSES, FRAMES, RATE, SHARD, SHARDS, TEACHER_WIDTH, WINDOW
from teacher import Teacher

POOL = CACHE / "pool"
# How often each group is drawn; the rest is made by arithmetic.
SHARES = {"events": 0.45, "speech": 0.08, "scenes": 0.05, "music": 0.17}


def stretch(x, factor):
    """Slower or faster at the same pitch (phase vocoder)."""
    size = 512
    _, _, spectrum = stft(x, nperseg=size, noverlap=size * 3 // 4)
    at = np.arange(0, spectrum.shape[1] - 1, factor)
    low = at.astype(int)
    part = at - low
    size_of = (1 - part) * np.abs(spectrum[:, low]) + part * np.abs(spectrum[:, low + 1])
    turn = np.angle(spectrum[:, low + 1] / (spectrum[:, low] + 1e-12) + 1e-12)
    phase = np.cumsum(np.concatenate([np.angle(spectrum[:, :1]), turn[:, :-1]], 1), 1)
    return istft(size_of * np.exp(1j * phase), nperseg=size, noverlap=size * 3 // 4)[1].astype(np.float32)


def cut(r, clip):
    """A window at a random place and speed; a short clip lies somewhere in silence or is repeated."""
    speed = np.exp(r.normal(0, 0.18)) if r.random() < 0.7 else 1.0
    need = int(WINDOW * speed) + 2
    if len(clip) >= need:
        # Of three places the loudest, two times of three: barks and sneezes are short.
        starts = r.integers(0, len(clip) - need + 1, 3 if r.random() < 0.67 else 1)
        start = max(starts, key=lambda s: np.abs(clip[s : s + need]).sum())
        piece = clip[start : start + need]
    elif r.random() < 0.5:
        piece = np.tile(clip, need // len(clip) + 1)[:need]
    else:
        piece = np.zeros(need, np.float32)
        start = r.integers(0, need - len(clip) + 1)
        piece[start : start + len(clip)] = clip
    if r.random() < 0.15:
        piece = stretch(piece, np.exp(r.normal(0, 0.25)))
    piece = piece[::-1] if r.random() < 0.03 else piece
    return np.interp(np.linspace(0, len(piece) - 1, WINDOW), np.arange(len(piece)), piece).astype(np.float32)


def peaking(r, x):
    """One resonance or gap (Bristow-Johnson's equaliser)."""
    w, a, q = 2 * np.pi * procedural.log_uniform(r, 100, 7000) / RATE, 10 ** (r.uniform(-15, 15) / 40), r.uniform(0.4, 3)
    alpha, c = np.sin(w) / (2 * q), np.cos(w)
    return lfilter(np.array([1 + alpha * a, -2 * c, 1 - alpha * a]), np.array([1 + alpha / a, -2 * c, 1 - alpha / a]), x)


def room(r, x):
    length = int(r.uniform(0.05, 0.6) * RATE)
    echo = r.standard_normal(length) * np.exp(-np.arange(length) / (length / r.uniform(3, 9)))
    return x + r.uniform(0.1, 1) * fftconvolve(x, echo / np.sqrt((echo**2).sum()))[:WINDOW]


def source(r):
    name = r.choice([*SHARES, "made"], p=[*SHARES.values(), 1 - sum(SHARES.values())])
    if name == "made":
        x = procedural.make(r)
    else:
        clips = groups()[name]
        x = cut(r, clips[r.integers(len(clips))])
    if r.random() < 0.35:
        x = peaking(r, x)
    if r.random() < 0.15:
        x = procedural.band(r, x, procedural.log_uniform(r, 30, 900), procedural.log_uniform(r, 1500, 7700))
    if r.random() < 0.15:
        x = room(r, x)
    if r.random() < 0.08:
        x = x * procedural.slow(r, procedural.log_uniform(r, 0.5, 12))
    return x


def power(x):
    return np.sqrt((x**2).mean()) + 1e-7


def window(r):
    x = source(r)
    for chance in (0.4, 0.15):
        if r.random() < chance:
            other = source(r)
            x = x / power(x) + other / power(other) * 10 ** (r.uniform(-20, 6) / 20)
    peak = np.abs(x).max() + 1e-7
    x = x / peak * min(1, 10 ** (r.uniform(-32, 0) / 20)) if r.random() < 0.8 else np.clip(x, -1, 1)
    return np.clip(x * (r.uniform(1, 4) if r.random() < 0.03 else 1), -1, 1).astype(np.float32)


def shard(number, teacher):
    r = np.random.default_rng([7, number])
    mel = np.empty((SHARD, FRAMES, BANDS), np.float16)
    scores = np.empty((SHARD, CLASSES), np.float16)
    embedding = np.empty((SHARD, TEACHER_WIDTH), np.float16)
    for i in range(SHARD):
        samples = window(r)
        mel[i] = log_mel(samples)
        scores[i], embedding[i] = teacher(samples)
    for name, values in dict(mel=mel, scores=scores, embedding=embedding).items():
        np.save(POOL / f"{number:03}.{name}.new.npy", values)
    for name in ("scores", "embedding", "mel"):  # mel last: where it is, the shard is whole
        (POOL / f"{number:03}.{name}.new.npy").rename(POOL / f"{number:03}.{name}.npy")


if __name__ == "__main__":
    POOL.mkdir(parents=True, exist_ok=True)
    teacher = Teacher()
    for number in range(SHARDS):
        if not (POOL / f"{number:03}.mel.npy").exists():
            shard(number, teacher)
            print(f"shard {number + 1} of {SHARDS}", file=sys.stderr, flush=True)
