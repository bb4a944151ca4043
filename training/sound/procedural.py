"""Sounds made by arithmetic: each function gives float32 [WINDOW] of any level, by a numpy Generator."""
import numpy as np
from scipy.signal import butter, lfilter
from settings import RATE, WINDOW

N = WINDOW
T = np.arange(N) / RATE
MADE = []


def made(function):
    MADE.append(function)
    return function


def log_uniform(r, low, high, size=None):
    return np.exp(r.uniform(np.log(low), np.log(high), size))


def band(r, x, low=None, high=None):
    """A band of x between random corners."""
    low = low or log_uniform(r, 40, 3000)
    high = high or min(7800, low * log_uniform(r, 1.3, 12))
    b, a = butter(2, [low / (RATE / 2), min(0.99, high / (RATE / 2))], "band")
    return lfilter(b, a, x)


def slow(r, hertz):
    """A smooth random curve in 0…1 that changes about `hertz` times a second."""
    points = max(3, int(hertz * N / RATE) + 3)
    return np.interp(np.linspace(0, points - 1, N), np.arange(points), r.random(points))


def sweep(frequency):
    return np.sin(2 * np.pi * np.cumsum(frequency) / RATE)


def harmonic(r, frequency, partials, tilt):
    """A tone with overtones that fall off by `tilt`; frequency: [N] hertz."""
    phase = 2 * np.pi * np.cumsum(frequency) / RATE
    out = np.zeros(N)
    for k in range(1, partials + 1):
        if frequency.max() * k > 7800:
            break
        out += k**-tilt * r.uniform(0.4, 1) * np.sin(k * phase + r.uniform(0, 6.3))
    return out


def strike(at, decay, attack=0.002):
    """Envelope of a blow at `at` seconds."""
    t = T - at
    return np.where(t < 0, 0, np.minimum(1, t / attack) * np.exp(-np.maximum(t, 0) / decay))


def times(r, rate, jitter=0.2):
    """Moments of about `rate` blows a second."""
    at = r.uniform(0, 1 / rate)
    while at < N / RATE:
        yield at
        at += (1 / rate) * (1 + jitter * r.uniform(-1, 1))


def pink(r, power):
    spectrum = np.fft.rfft(r.standard_normal(N))
    return np.fft.irfft(spectrum / np.maximum(1, np.arange(len(spectrum))) ** power, N)


def formants(r, x, count=3):
    """x through resonances, as a throat has them."""
    out = np.zeros(N)
    for centre in np.sort(log_uniform(r, 250, 3800, count)):
        radius = np.exp(-np.pi * r.uniform(60, 250) / RATE)
        out += lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * centre / RATE), radius**2], x)
    return out


@made
def noise(r):
    return pink(r, r.choice([0, 0.5, 1, r.uniform(0, 1.5)]))


@made
def band_noise(r):
    return band(r, r.standard_normal(N))


@made
def tone(r):
    return harmonic(r, np.full(N, log_uniform(r, 60, 6000)), r.integers(1, 12), r.uniform(0, 2))


@made
def chirp(r):
    return sweep(np.exp(np.linspace(np.log(log_uniform(r, 80, 6000)), np.log(log_uniform(r, 80, 6000)), N)))


@made
def siren(r):
    rate, low = log_uniform(r, 0.2, 5), log_uniform(r, 300, 1200)
    wave = np.sin(2 * np.pi * rate * T + r.uniform(0, 6))
    shape = np.sign(wave) if r.random() < 0.4 else wave
    return harmonic(r, low * (1 + r.uniform(0.1, 0.5) * (1 + shape)), r.integers(1, 8), r.uniform(0.5, 2))


@made
def ticks(r):
    body = log_uniform(r, 800, 6000)
    out = np.zeros(N)
    for i, at in enumerate(times(r, log_uniform(r, 1, 12), r.choice([0, 0.02, 0.3]))):
        out += strike(at, log_uniform(r, 0.001, 0.02), 0.0005) * np.sin(2 * np.pi * body * (1 + 0.15 * (i % 2)) * T) * r.uniform(0.7, 1)
    return out


@made
def bell(r):
    base, out = log_uniform(r, 150, 2500), np.zeros(N)
    for at in times(r, log_uniform(r, 0.5, 6), r.uniform(0, 0.5)):
        for ratio in (0.5, 1, 1.19, 1.5, 2, 2.52, 3.01, 4.1, 5.4):
            if base * ratio < 7800:
                out += r.random() * strike(at, log_uniform(r, 0.05, 1.5) / ratio**0.5) * np.sin(2 * np.pi * base * ratio * r.normal(1, 0.003) * T)
    return out


@made
def beeps(r):
    rate, duty = log_uniform(r, 1, 12), r.uniform(0.2, 0.8)
    gate = ((T * rate + r.random()) % 1 < duty).astype(float)
    return gate * harmonic(r, np.full(N, log_uniform(r, 300, 4000)), r.integers(1, 9), r.uniform(0.3, 2))


@made
def telephone(r):
    low = log_uniform(r, 350, 1000)
    both = np.sin(2 * np.pi * low * T) + np.sin(2 * np.pi * low * r.uniform(1.1, 1.8) * T)
    return both * (1 + np.sign(np.sin(2 * np.pi * log_uniform(r, 5, 30) * T))) * (slow(r, 1) > r.choice([0, 0.5]))


@made
def rain(r):
    drops = (r.random(N) < log_uniform(r, 0.002, 0.3)) * r.exponential(1, N)
    return band(r, drops * r.choice([-1, 1], N), r.uniform(300, 2500), 7600) + r.uniform(0, 0.3) * r.standard_normal(N)


@made
def crackle(r):
    out = np.zeros(N)
    for _ in range(r.integers(3, 120)):
        at, length = r.integers(0, N - 400), int(log_uniform(r, 4, 300))
        out[at : at + length] += r.pareto(2) * r.standard_normal(length) * np.exp(-np.arange(length) / (length / 4))
    return out + r.uniform(0, 0.1) * pink(r, 1)


@made
def engine(r):
    f = log_uniform(r, 18, 220) * (1 + r.uniform(0, 0.5) * (slow(r, r.uniform(0.5, 4)) - 0.5))
    rough = harmonic(r, f, r.integers(8, 40), r.uniform(0.2, 1.2))
    return rough * (1 + r.uniform(0, 1) * sweep(f / r.choice([1, 2, 4]))) + r.uniform(0, 1) * rough.std() * pink(r, r.uniform(0, 1)) * 3


@made
def saw_cut(r):
    f = log_uniform(r, 70, 280) * (1 + 0.4 * (slow(r, 2) - 0.5))
    x = np.sign(sweep(f)) + 0.7 * np.sign(sweep(f * r.uniform(1.98, 2.02)))
    return band(r, x + r.uniform(0.2, 1.5) * r.standard_normal(N), r.uniform(80, 500), r.uniform(3000, 7500))


@made
def rotor(r):
    rate = log_uniform(r, 6, 30)
    pulse = np.maximum(0, sweep(np.full(N, rate))) ** r.uniform(1, 6)
    return pulse * band(r, r.standard_normal(N), r.uniform(40, 200), r.uniform(600, 5000)) + r.uniform(0, 0.5) * engine(r) / 3


@made
def wind(r):
    return slow(r, r.uniform(0.5, 5)) ** 2 * band(r, pink(r, r.uniform(0, 0.6)) * 9, r.uniform(50, 500), r.uniform(600, 3000))


@made
def waves(r):
    swell = slow(r, r.uniform(0.3, 2)) ** r.uniform(1, 3) + r.uniform(0, 0.5)
    return swell * pink(r, r.uniform(0.2, 0.8))


@made
def birds(r):
    out = np.zeros(N)
    for at in times(r, log_uniform(r, 1.5, 15), 0.6):
        start, end, long = log_uniform(r, 1200, 6500), log_uniform(r, 1200, 6500), log_uniform(r, 0.02, 0.3)
        t = np.clip((T - at) / long, 0, 1)
        out += np.sin(np.pi * t) ** 0.5 * sweep(start + (end - start) * t + r.uniform(0, 400) * np.sin(2 * np.pi * r.uniform(10, 60) * T))
    return out


@made
def crow(r):
    f0, t = log_uniform(r, 350, 900), np.clip((T - r.uniform(0, 0.4)) / r.uniform(0.3, 0.8), 0, 1)
    f = f0 * (1 + r.uniform(0.2, 1) * np.sin(np.pi * t) + 0.03 * np.sin(2 * np.pi * r.uniform(5, 40) * T))
    return np.sin(np.pi * t) ** 0.4 * formants(r, harmonic(r, f, 14, r.uniform(0, 1)))


@made
def barks(r):
    out = np.zeros(N)
    for at in times(r, log_uniform(r, 0.8, 6), 0.4):
        f = log_uniform(r, 150, 900) * (1 + r.uniform(0.1, 0.8) * strike(at, 0.06))
        out += strike(at, log_uniform(r, 0.03, 0.15), 0.01) * (harmonic(r, f, 16, r.uniform(0, 0.8)) + r.uniform(0, 2) * r.standard_normal(N))
    return formants(r, out)


@made
def cry(r):
    f = log_uniform(r, 280, 700) * (1 + 0.35 * np.sin(np.pi * slow(r, 1.5)) + 0.02 * np.sin(2 * np.pi * r.uniform(4, 9) * T))
    return slow(r, r.uniform(1, 4)) ** 0.6 * formants(r, harmonic(r, f, 20, r.uniform(0, 0.8)) + r.uniform(0, 0.5) * r.standard_normal(N), 4)


@made
def sneeze(r):
    at = r.uniform(0, 0.6)
    burst = strike(at, log_uniform(r, 0.05, 0.3), 0.02) * band(r, r.standard_normal(N), r.uniform(400, 2000), 7600)
    voice = strike(at - 0.1, 0.15, 0.05) * harmonic(r, np.full(N, log_uniform(r, 120, 400)), 15, 0.6)
    return burst + r.uniform(0, 0.6) * formants(r, voice)


@made
def babble(r):
    f = log_uniform(r, 80, 300) * (1 + 0.3 * (slow(r, 4) - 0.5))
    voiced = harmonic(r, f, 30, r.uniform(0.6, 1.4)) * (slow(r, 6) > 0.35)
    parts = [formants(r, voiced + 0.1 * r.standard_normal(N)) * (slow(r, 8) > 0.5) for _ in range(3)]
    return sum(parts) + 0.1 * band(r, r.standard_normal(N), 2500, 7000) * (slow(r, 8) > 0.7)


@made
def plucked(r):
    out = np.zeros(N)
    for at in times(r, log_uniform(r, 1, 8), 0.5):
        start, period = int(at * RATE), int(RATE / log_uniform(r, 80, 900))
        burst = np.zeros(N - start)
        burst[:period] = r.standard_normal(period)[: N - start]
        out[start:] += lfilter([1], [1] + [0] * (period - 1) + [-0.5 * r.uniform(0.98, 0.999)] * 2, burst)
    return out


@made
def organ(r):
    root, out = log_uniform(r, 60, 500), np.zeros(N)
    for step in r.choice([0, 3, 4, 7, 10, 12, 14, 19], r.integers(1, 5), replace=False):
        out += harmonic(r, np.full(N, root * 2 ** (step / 12)) * (1 + 0.005 * np.sin(2 * np.pi * 5 * T)), r.integers(1, 12), r.uniform(0.5, 2))
    return out * (slow(r, 2) + 0.2)


@made
def drums(r):
    out, rate = np.zeros(N), log_uniform(r, 2, 9)
    for at in times(r, rate, 0.05):
        kick = np.sin(2 * np.pi * (r.uniform(50, 200) * T + 20 * np.exp(-np.maximum(T - at, 0) * 25)))
        out += strike(at, log_uniform(r, 0.03, 0.25)) * (r.random() * kick + r.random() * r.standard_normal(N))
    return out


@made
def insects(r):
    return (1 + np.sin(2 * np.pi * log_uniform(r, 8, 120) * T)) * sweep(np.full(N, log_uniform(r, 2000, 7000))) * (slow(r, 4) > r.uniform(0, 0.5))


@made
def buzz(r):
    return harmonic(r, log_uniform(r, 45, 400) * (1 + 0.1 * (slow(r, 6) - 0.5)), 40, r.uniform(0, 1)) * (0.3 + slow(r, 3))


@made
def modulated(r):
    """Two-operator frequency modulation with random envelopes: anything from clangs to voices."""
    carrier, ratio = log_uniform(r, 60, 3000), r.choice([r.uniform(0.1, 6), r.integers(1, 6)])
    depth = r.uniform(0, 9) * slow(r, r.uniform(0.5, 8))
    return slow(r, log_uniform(r, 0.5, 15)) * np.sin(2 * np.pi * carrier * T + depth * np.sin(2 * np.pi * carrier * ratio * T))


@made
def bang(r):
    blows = (strike(at, log_uniform(r, 0.02, 0.6), 0.001) * pink(r, r.uniform(0, 0.9)) for at in times(r, log_uniform(r, 0.7, 8), 0.5))
    return sum(blows, np.zeros(N))


@made
def applause(r):
    out = np.zeros(N)
    for _ in range(r.integers(10, 250)):
        at, length = r.integers(0, N - 500), r.integers(60, 500)
        out[at : at + length] += r.random() * r.standard_normal(length) * np.exp(-np.arange(length) / (length / 5))
    return band(r, out, r.uniform(300, 1200), r.uniform(2500, 7000))


@made
def bubbles(r):
    out = np.zeros(N)
    for at in times(r, log_uniform(r, 3, 60), 0.9):
        out += r.random() * strike(at, log_uniform(r, 0.005, 0.06)) * sweep(log_uniform(r, 300, 3000) * (1 + np.clip((T - at) * r.uniform(0, 12), 0, 1)))
    return out


@made
def steps(r):
    out = np.zeros(N)
    for at in times(r, log_uniform(r, 1.2, 6), 0.1):
        out += strike(at, log_uniform(r, 0.01, 0.08), 0.004) * band(r, r.standard_normal(N), r.uniform(60, 400), r.uniform(800, 5000))
    return out


@made
def silence(r):
    return 1e-6 * r.standard_normal(N)


def make(r):
    x = r.choice(MADE)(r)
    return (x / (np.abs(x).max() + 1e-9)).astype(np.float32)
