"""What keeps a reader from learning its few passages by heart."""
from contextlib import contextmanager

import torch
from transformers.models.bert.modeling_bert import BertOutput, BertSelfOutput

DROPPED = 0.05
MASKED = 0.06
DECAY = 0.995
# Each layer learns at this share of the rate of the one above (Howard and Ruder 2018, arXiv 1801.06146).
LAYER = 0.9


class DroppedFeatures(torch.nn.Module):
    """Dropout of whole features of an example (Gal and Ghahramani 2016, arXiv 1512.05287): a random number a feature, not one a token and feature."""

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2]) >= DROPPED
        return x * (kept / (1 - DROPPED))


def dropped(model):
    for module in model.modules():
        if isinstance(module, (BertSelfOutput, BertOutput)):
            module.dropout = DroppedFeatures()


def rates(model):
    """Groups of the parameters that learn, with the share of the rate at which they do."""
    layers = len(model.spans.bert.encoder.layer)
    depth = {"spans.bert.embeddings": 0, **{f"spans.bert.encoder.layer.{i}.": i + 1 for i in range(layers)}}
    groups = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            own = next((at for start, at in depth.items() if name.startswith(start)), layers + 1)
            groups.setdefault(LAYER ** (layers + 1 - own), []).append(parameter)
    return [dict(params=params, share=share) for share, params in groups.items()]


def masked(ids, types, first, end, mask):
    """Token ids with some of the passage's behind a mask, never of the answer; nothing where a verdict may rest on any."""
    hidden = (torch.rand(ids.shape) < MASKED) & (types == 1) & (ids > 999)
    at = torch.arange(ids.shape[1])
    hidden &= ~((at >= first[:, None] - 1) & (at <= end[:, None] + 1) & (first[:, None] > 0))
    return torch.where(hidden & (first[:, None] >= 0), mask, ids)


class Average:
    """Moving average of parameters (Polyak and Juditsky 1992)."""

    def __init__(self, params):
        self.params = params
        self.shadow = [p.detach().clone() for p in params]

    @torch.no_grad()
    def take(self, step):
        # Young averages forget the untaught beginning sooner.
        share = 1 - min(DECAY, (1 + step) / (10 + step))
        for own, p in zip(self.shadow, self.params):
            own.lerp_(p.detach(), share)

    @torch.no_grad()
    def put(self):
        for own, p in zip(self.shadow, self.params):
            p.copy_(own)

    @contextmanager
    def worn(self):
        held = [p.detach().clone() for p in self.params]
        self.put()
        yield
        with torch.no_grad():
            for own, p in zip(held, self.params):
                p.copy_(own)
