"""Log-mel features as YAMNet's are meant: magnitudes of frames of 25 ms every 10 ms in 64 bands from 125 to 7,500 Hz.

The teacher's file computes them in 8 bits, which loses quiet bands beside loud ones; the student gets them exact."""
import functools
import numpy as np
from settings import BANDS, RATE

FRAME, HOP, FFT = 400, 160, 512
LOW, HIGH, FLOOR = 125.0, 7500.0, 0.001


@functools.cache
def mel_bands():
    """Triangles on the mel scale (HTK): [FFT / 2 + 1, BANDS], as YAMNet's features have them."""
    mel = lambda hertz: 1127 * np.log(1 + np.asarray(hertz) / 700)
    edges = np.linspace(mel(LOW), mel(HIGH), BANDS + 2)
    bins = mel(np.arange(FFT // 2 + 1) * RATE / FFT)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    weights = np.maximum(0, np.minimum(rising, falling))
    weights[0] = 0
    return weights


def hann():
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)


def log_mel(samples):
    """float32 [samples] → [frames, BANDS]."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP]
    return np.log(np.abs(np.fft.rfft(frames * hann(), FFT)) @ mel_bands() + FLOOR)
