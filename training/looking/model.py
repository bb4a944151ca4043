"""The vision-language model: a fusion by cross-attention at the input embeddings, low-rank additions (LoRA, arXiv 2106.09685), a frozen language model.

fused = h + MLP(h), h = LayerNorm(e + Attention(e → vision tokens)); e are the language model's input embeddings.
Whole pictures and crops, whose vectors lie apart from those of words, are shown twice: as they are, and projected onto a
memory of captions (DeCap, arXiv 2303.03032), which is the same for real pictures and for words that stand in for them.
"""
import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from settings import HEADS, RANK, TOKEN, WIDTH

TARGETS = ("q_proj", "v_proj", "o_proj", "down_proj")


class Memory(nn.Module):
    """Vectors of vision tokens → the softmax-weighted mean of the captions they resemble, unit norm; 0 for things."""

    def __init__(self, vectors: torch.Tensor, scale: float = 25.0):
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.scale = nn.Parameter(torch.tensor(math.log(scale)))

    def forward(self, vision, own=None):
        """vision [b, v, 264] → [b, v, 256]; own [b, n]: rows of the memory that are hidden from this sample (-1: none)."""
        likeness = vision[..., :WIDTH] @ self.vectors.T * self.scale.exp()
        if own is not None:
            hidden = torch.zeros(len(own), len(self.vectors) + 1, dtype=torch.bool)
            hidden.scatter_(1, torch.where(own < 0, len(self.vectors), own), True)
            likeness = likeness.masked_fill(hidden[:, None, :-1], -1e4)
        return F.normalize(likeness.softmax(-1) @ self.vectors, dim=-1) * (1 - vision[..., WIDTH + 6 : WIDTH + 7])


class Fusion(nn.Module):
    def __init__(self, width: int, token: int = TOKEN, memory: Memory | None = None, heads: int = HEADS, std: float = 0.133):
        super().__init__()
        self.heads, self.memory = heads, memory
        self.vision = nn.Linear(token + (WIDTH if memory is not None else 0), width, bias=False)
        self.q, self.k, self.v, self.o = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.norm = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        nn.init.normal_(self.vision.weight, std=0.3)
        for part in (self.q, self.k):
            nn.init.orthogonal_(part.weight)
        nn.init.eye_(self.v.weight)
        nn.init.eye_(self.o.weight)
        nn.init.constant_(self.norm.weight, std)
        nn.init.zeros_(self.down.weight)
        nn.init.zeros_(self.down.bias)

    def bridge(self, to_embedding: torch.Tensor, match: float):
        """Starts from a linear map of the shared space into the embeddings [256 × width]: half of the heads look for tokens like themselves."""
        with torch.no_grad():
            self.vision.weight.mul_(0.3)
            self.vision.weight[:, :WIDTH] = to_embedding.T
            self.vision.weight[:, TOKEN:] = to_embedding.T
            half = self.q.weight.shape[0] // 2
            self.k.weight[:half] = self.q.weight[:half]
            self.q.weight[:half] *= match
            self.o.weight.mul_(0.5)

    def forward(self, e, vision, vision_mask, own=None):
        """e [b, t, width], vision [b, v, token], vision_mask [b, v] (1 = a token) → [b, t, width]."""
        b, t, width = e.shape
        if self.memory is not None:
            vision = torch.cat([vision, self.memory(vision, own)], -1)
        seen = self.vision(vision)
        split = lambda x: x.view(b, -1, self.heads, width // self.heads).transpose(1, 2)
        mask = (1 - vision_mask)[:, None, None, :] * -1e4
        looked = F.scaled_dot_product_attention(split(self.q(e)), split(self.k(seen)), split(self.v(seen)), attn_mask=mask.to(e.dtype))
        h = self.norm(e + self.o(looked.transpose(1, 2).reshape(b, t, width)))
        return h + self.down(F.gelu(self.up(h), approximate="tanh"))


class LowRank(nn.Module):
    """A frozen linear layer and what is added to it: y = W x + look · B A x · (alpha / rank)."""

    def __init__(self, base: nn.Linear, rank: int = RANK, alpha: float = 2.0):
        super().__init__()
        self.base, self.alpha, self.look = base, alpha, 1.0
        self.a = nn.Parameter(torch.randn(rank, base.in_features, dtype=base.weight.dtype) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, rank, dtype=base.weight.dtype))

    def forward(self, x):
        y = self.base(x)
        return y if self.look == 0 else y + F.linear(F.linear(x, self.a), self.b) * (self.alpha * self.look)


@dataclass
class Batch:
    ids: torch.Tensor  # int64 [b, t]
    positions: torch.Tensor  # int64 [b, t]
    mask: torch.Tensor  # float [b, 1, t, t], 0 or -inf
    vision: torch.Tensor  # float [b, v, token]
    vision_mask: torch.Tensor  # float [b, v]
    own: torch.Tensor  # int64 [b, n]
    at: torch.Tensor  # int64 [n]: rows of ids.flatten() whose next token is learned
    target: torch.Tensor  # int64 [n]
    weight: torch.Tensor  # float [n]


class LookingModel(nn.Module):
    """Any causal language model of transformers with a fusion in front; its own weights stay frozen."""

    def __init__(self, language, fusion: Fusion, rank: int = RANK):
        super().__init__()
        self.language, self.fusion = language.requires_grad_(False), fusion
        for name, module in list(language.named_modules()):
            if name.rsplit(".", 1)[-1] in TARGETS and isinstance(module, nn.Linear):
                setattr(language.get_submodule(name.rsplit(".", 1)[0]), name.rsplit(".", 1)[1], LowRank(module, rank))

    def look(self, value: float):
        for module in self.modules():
            if isinstance(module, LowRank):
                module.look = value
        return self

    def hidden(self, batch: Batch, look: bool = True):
        e = self.language.get_input_embeddings()(batch.ids)
        if look:
            e = self.fusion(e, batch.vision, batch.vision_mask, batch.own)
        return self.language.model(inputs_embeds=e, attention_mask=batch.mask, position_ids=batch.positions, use_cache=False).last_hidden_state

    def loss(self, batch: Batch, vocabulary: torch.Tensor | None = None):
        """Mean weighted loss a learned token; `vocabulary` (sorted ids) narrows the softmax to these while training."""
        hidden = self.hidden(batch).flatten(0, 1)[batch.at]
        head = self.language.get_output_embeddings().weight
        target = batch.target
        if vocabulary is not None:
            head, target = head[vocabulary], torch.searchsorted(vocabulary, target)
        each = F.cross_entropy(hidden @ head.T, target, reduction="none")
        return (each * batch.weight).sum() / batch.weight.sum(), each.detach()

    def learned(self) -> dict[str, torch.Tensor]:
        """What training changes: the fusion and the low-rank additions."""
        return {name: value for name, value in self.named_parameters() if value.requires_grad}
