"""The student: a log-mel front end (a DFT as one convolution), a small separable CNN, a 256-number embedding, 521 scores."""
import numpy as np
import torch
from torch import nn
from features import FFT, FLOOR, FRAME, HOP, hann, mel_bands
from settings import CLASSES, WIDTH

# (channels, stride) of each block.
BLOCKS = [(48, 1), (96, 2), (96, 1), (192, 2), (192, 1), (384, 2), (384, 1), (384, 1), (384, 1), (512, 2), (512, 1)]


class LogMel(nn.Module):
    """float32 [n, samples] → [n, 1, frames, BANDS]: logarithm of the mel magnitudes of frames of 25 ms every 10 ms."""

    def __init__(self):
        super().__init__()
        weights = mel_bands()
        used = np.flatnonzero(weights.sum(1))
        turn = 2 * np.pi * used[:, None] * np.arange(FRAME) / FFT
        kernel = np.concatenate([hann() * np.cos(turn), hann() * np.sin(turn)])[:, None]
        self.register_buffer("kernel", torch.tensor(kernel, dtype=torch.float32), persistent=False)
        self.register_buffer("bands", torch.tensor(weights[used].T[:, :, None], dtype=torch.float32), persistent=False)

    def forward(self, samples):
        real, imaginary = torch.conv1d(samples[:, None], self.kernel, stride=HOP).chunk(2, 1)
        magnitude = torch.sqrt(real * real + imaginary * imaginary)
        return torch.log(torch.conv1d(magnitude, self.bands) + FLOOR).transpose(1, 2)[:, None]


def block(inside, outside, stride):
    return nn.Sequential(
        nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False), nn.BatchNorm2d(inside), nn.ReLU(),
        nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(),
    )


class Student(nn.Module):
    """log-mel [n, 1, frames, BANDS] → embedding [n, WIDTH] (not normalised), scores before the sigmoid [n, CLASSES]."""

    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(1, 24, 3, 2, 1, bias=False), nn.BatchNorm2d(24), nn.ReLU()]
        inside = 24
        for outside, stride in BLOCKS:
            layers.append(block(inside, outside, stride))
            inside = outside
        self.trunk = nn.Sequential(*layers)
        self.embed = nn.Linear(inside, WIDTH)
        self.classify = nn.Linear(WIDTH, CLASSES)

    def forward(self, mel):
        # Log-mels lie between -7 and 5.
        embedding = self.embed(self.trunk((mel + 4) / 3).mean((2, 3)))
        return embedding, self.classify(embedding)


class Exported(nn.Module):
    """samples [n, 15600] → probabilities [n, CLASSES], unit-norm embedding [n, WIDTH]."""

    def __init__(self, student, centre):
        super().__init__()
        self.features, self.student = LogMel(), student
        self.register_buffer("centre", centre)

    def forward(self, samples):
        embedding, scores = self.student(self.features(samples))
        centred = embedding - self.centre
        return torch.sigmoid(scores), centred / torch.clamp(centred.norm(dim=1, keepdim=True), min=1e-6)
