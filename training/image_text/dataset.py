"""Pictures with words, from manifests: the dataset that the vision recipes share.

A sample is a picture resized and normalised for the configured encoder, and its texts tokenised to at most 512 tokens
with their mask. A file that can't be decoded is reported and skipped, never half-read.
"""
import json, pathlib, sys
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from tokenizers import Tokenizer

MAX_TOKENS = 512
SHARE = 0.66  # side of a crop as a share of the picture; src/encode/crops.ts cuts the same six


@dataclass(frozen=True)
class Encoder:
    """How a vision encoder wants its pictures: x in 0…255 becomes (x / scale - mean) / std."""
    name: str
    side: int
    scale: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


ENCODERS = {
    "efficientnet-lite2": Encoder("efficientnet-lite2", 260, 1.0, (127.0,) * 3, (128.0,) * 3),
    "openai/clip-vit-base-patch32": Encoder("openai/clip-vit-base-patch32", 224, 255.0, (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
}


@dataclass(frozen=True)
class Item:
    id: str
    source: str
    file: pathlib.Path
    texts: tuple[str, ...]
    label: str = ""
    fields: dict = field(default_factory=dict, compare=False)


def texts_of(line: dict) -> tuple[str, ...]:
    """What a manifest line says of its picture, most telling first."""
    if line.get("captions"):
        return tuple(line["captions"])
    label = str(line.get("label", "")).replace("-", " ").replace("_", " ").strip()
    told = [line.get("alt", ""), line.get("caption", ""), line.get("description", "")]
    if label:
        told = [f"a photo of {label.lower()}", *told]
        if line.get("tags"):
            told.append(", ".join(line["tags"]))
        if line.get("coarse_label"):
            told.append(f"a photo of {line['coarse_label'].replace('-', ' ').lower()}")
    return tuple(text for text in told if text)


def read_manifest(path: pathlib.Path, root: pathlib.Path | None = None) -> list[Item]:
    """Items of a JSONL manifest; files are looked for in the nearest parent folder that holds them. Lines without text are left out."""
    items = []
    for number, text in enumerate(path.read_text().splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except json.JSONDecodeError as error:
            print(f"{path}:{number}: no JSON ({error}); skipped", file=sys.stderr)
            continue
        said = texts_of(line)
        if not said or "file" not in line:
            continue
        folder = root or next((p for p in path.resolve().parents if (p / line["file"]).exists()), path.parent)
        items.append(Item(line["id"], line.get("source", "unknown"), folder / line["file"], said, str(line.get("label", "")), line))
    return items


def load_picture(path: pathlib.Path) -> Image.Image | None:
    """Upright RGB on white, or None (reported) where the file is missing, cut short or no picture."""
    try:
        with Image.open(path) as opened:
            picture = ImageOps.exif_transpose(opened)
            if picture.mode in ("RGBA", "LA", "P"):
                picture = picture.convert("RGBA")
                white = Image.new("RGBA", picture.size, "white")
                return Image.alpha_composite(white, picture).convert("RGB")
            return picture.convert("RGB")
    except (OSError, UnidentifiedImageError, SyntaxError, Image.DecompressionBombError) as error:
        print(f"{path}: {error}; skipped", file=sys.stderr)
        return None


def crops_of(picture: Image.Image) -> list[Image.Image]:
    """The whole, its middle and its four corners."""
    w, h = max(1, round(picture.width * SHARE)), max(1, round(picture.height * SHARE))
    r, b = picture.width - w, picture.height - h
    corners = [(r // 2, b // 2), (0, 0), (r, 0), (0, b), (r, b)]
    return [picture, *(picture.crop((x, y, x + w, y + h)) for x, y in corners)]


def pixels_of(picture: Image.Image, encoder: Encoder) -> np.ndarray:
    """float32 [3, side, side], normalised as the encoder wants it."""
    resized = picture.resize((encoder.side, encoder.side), Image.Resampling.BICUBIC)
    values = (np.asarray(resized, np.float32) / encoder.scale - np.array(encoder.mean, np.float32)) / np.array(encoder.std, np.float32)
    return values.transpose(2, 0, 1)


def tokenise(texts: list[str], tokenizer: Tokenizer, most: int = MAX_TOKENS) -> tuple[np.ndarray, np.ndarray]:
    """(ids, mask): int64 [n, longest], at most `most` tokens each, padded with 0."""
    tokenizer.enable_truncation(min(most, MAX_TOKENS))
    tokenizer.no_padding()
    encoded = [one.ids for one in tokenizer.encode_batch(texts)]
    longest = max((len(ids) for ids in encoded), default=0)
    ids, mask = np.zeros((len(texts), longest), np.int64), np.zeros((len(texts), longest), np.int64)
    for i, one in enumerate(encoded):
        ids[i, : len(one)] = one
        mask[i, : len(one)] = 1
    return ids, mask


class PictureTextDataset:
    """Sequence of (pixels [crops, 3, side, side], ids [texts, tokens], mask [texts, tokens], item); broken files are left out."""

    def __init__(self, items: list[Item], encoder: Encoder, tokenizer: Tokenizer, crops: bool = True):
        self.items, self.encoder, self.tokenizer, self.crops = items, encoder, tokenizer, crops

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self):
        for item in self.items:
            picture = load_picture(item.file)
            if picture is None:
                continue
            views = crops_of(picture) if self.crops else [picture]
            ids, mask = tokenise(list(item.texts), self.tokenizer)
            yield np.stack([pixels_of(view, self.encoder) for view in views]), ids, mask, item
