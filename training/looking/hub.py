"""The same model for owners of a GPU: any vision encoder and any causal language model of transformers, on really captioned pictures.

python hub.py --vision openai/clip-vit-base-patch32 --language mistralai/Mistral-7B-Instruct-v0.2 --manifest FILE … --out FOLDER
A name is one of the model hub's or a local folder. The encoder's patches are the vision tokens; both models stay frozen,
the fusion and the low-rank additions are trained and saved (learned.pt, config.json). Stopped, it goes on from OUT/last.pt.
"""
import argparse, json, math, pathlib, sys

import numpy as np
import torch

from model import Batch, Fusion, LookingModel
from samples import Sample, batch
from settings import IMAGE_TEXT, RANK, SEED

sys.path.insert(0, str(IMAGE_TEXT))
from dataset import ENCODERS, Encoder, PictureTextDataset, read_manifest  # noqa: E402

ASK = "Describe the picture."


def vision_encoder(name: str):
    """(frozen module, how it wants its pictures)."""
    from transformers import AutoConfig, AutoModel, CLIPVisionModel
    kind = AutoConfig.from_pretrained(name).model_type
    model = (CLIPVisionModel if kind.startswith("clip") else AutoModel).from_pretrained(name)
    clip = ENCODERS["openai/clip-vit-base-patch32"]
    size = getattr(model.config, "image_size", clip.side)
    return model.eval().requires_grad_(False), ENCODERS.get(name, Encoder(name, size, clip.scale, clip.mean, clip.std))


def build(vision, language, rank: int = RANK) -> LookingModel:
    """The fusion at the widths of these two models; its norm starts at the size of the embeddings."""
    table = language.get_input_embeddings().weight
    width, token = language.config.hidden_size, vision.config.hidden_size
    return LookingModel(language, Fusion(width, token, None, std=float(table.float().std())).to(table.dtype), rank)


def prompt_of(tokenizer) -> list[int]:
    if getattr(tokenizer, "chat_template", None):
        return tokenizer.apply_chat_template([{"role": "user", "content": ASK}], add_generation_prompt=True, return_dict=False)
    return tokenizer(ASK + "\n").input_ids


def samples(dataset, vision, prompt: list[int], ends: tuple[int | None, int], most: int, device):
    """One sample a picture: its patches, and each of its texts as a branch of at most `most` tokens; `ends` are the ids of a text's beginning, which is left out, and end."""
    for pixels, ids, mask, _ in dataset:
        with torch.no_grad():
            seen = vision(pixel_values=torch.from_numpy(pixels[:1]).to(device, vision.dtype)).last_hidden_state[0]
        texts = [[int(i) for i in row[: int(n)] if int(i) not in ends] for row, n in zip(ids, mask.sum(1))]
        branches = [(text[:most] + [ends[1]], 0, 1.0) for text in texts]
        yield Sample(seen.float().cpu().numpy(), -1, prompt, branches[:5])


def to(one: Batch, device, kind) -> Batch:
    """The batch on a device, its floats of one kind."""
    moved = {name: value.to(device, kind) if value.is_floating_point() else value.to(device) for name, value in vars(one).items()}
    moved["mask"] = one.mask.clamp(min=torch.finfo(kind).min).to(device, kind)
    return Batch(**moved)


def train(model: LookingModel, dataset, vision, prompt, ends, out: pathlib.Path, a) -> list[float]:
    """Losses of every step; saves OUT/last.pt now and then, OUT/learned.pt at the end."""
    device, kind = next(model.language.parameters()).device, next(model.language.parameters()).dtype
    learned = model.learned()
    optimiser = torch.optim.AdamW(learned.values(), lr=a.rate, weight_decay=0.01)
    steps, step, losses, last = a.epochs * max(1, math.ceil(len(dataset) / a.batch)), 0, [], out / "last.pt"
    out.mkdir(parents=True, exist_ok=True)
    if last.exists():
        state = torch.load(last, weights_only=True, map_location=device)
        model.load_state_dict(state["learned"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    done = 0
    for epoch in range(a.epochs):
        order = np.random.default_rng([SEED, epoch]).permutation(len(dataset))
        for first in range(0, len(order), a.batch):
            done += 1
            if done <= step:
                continue
            part = PictureTextDataset([dataset.items[i] for i in order[first : first + a.batch]], dataset.encoder, dataset.tokenizer, crops=False)
            made = list(samples(part, vision, prompt, ends, a.most, device))
            if not made:
                continue
            optimiser.param_groups[0]["lr"] = a.rate * 0.5 * (1 + math.cos(math.pi * done / steps))
            loss, _ = model.loss(to(batch(made), device, kind))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned.values(), 1.0)
            optimiser.step()
            losses.append(loss.item())
            if done % a.every == 0:
                torch.save({"learned": {n: v.detach() for n, v in learned.items()}, "optimiser": optimiser.state_dict(), "step": done}, last)
                print(json.dumps({"step": done, "of": steps, "loss": round(losses[-1], 4)}), flush=True)
    torch.save({n: v.detach().cpu() for n, v in learned.items()}, out / "learned.pt")
    (out / "config.json").write_text(json.dumps({"vision": a.vision, "language": a.language, "rank": RANK, "heads": model.fusion.heads, "ask": ASK}, indent=2) + "\n")
    return losses


def parse(arguments: list[str] | None = None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--vision", default="openai/clip-vit-base-patch32")
    parser.add_argument("--language", default="mistralai/Mistral-7B-Instruct-v0.2")
    parser.add_argument("--manifest", action="append", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--most", type=int, default=64, help="tokens of a text")
    parser.add_argument("--every", type=int, default=50, help="steps between checkpoints")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> list[float]:
    from transformers import AutoModelForCausalLM, AutoTokenizer
    a = parse(arguments)
    torch.manual_seed(SEED)
    cuda = torch.cuda.is_available()
    device, kind = ("cuda", torch.bfloat16) if cuda else ("cpu", torch.float32)
    vision, wants = vision_encoder(a.vision)
    language = AutoModelForCausalLM.from_pretrained(a.language, torch_dtype=kind).to(device).eval()
    tokenizer = AutoTokenizer.from_pretrained(a.language)
    items = [item for path in a.manifest for item in read_manifest(path)]
    dataset = PictureTextDataset(items, wants, tokenizer.backend_tokenizer, crops=False)
    model = build(vision.to(device), language).to(device)
    return train(model, dataset, vision, prompt_of(tokenizer), (tokenizer.bos_token_id, tokenizer.eos_token_id), a.out, a)


if __name__ == "__main__":
    main()
