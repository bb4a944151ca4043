"""python -m unittest test_hub: the recipe for hub models, on tiny random CLIP, Mistral and Llama models built here."""
import json, pathlib, tempfile, unittest

import numpy as np
import torch
from PIL import Image

from hub import main


def make_models(folder: pathlib.Path, language: str):
    """Random weights in the hub's own layout: folder/vision, folder/language."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import CLIPVisionConfig, CLIPVisionModel, LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM, PreTrainedTokenizerFast
    torch.manual_seed(0)
    CLIPVisionModel(CLIPVisionConfig(hidden_size=24, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=16)).save_pretrained(folder / "vision")
    words = ["<unk>", "<s>", "</s>", *"a red blue dog cat on grass describe the picture .".split(), *(f"w{i}" for i in range(40))]
    shape = dict(vocab_size=len(words), hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, bos_token_id=1, eos_token_id=2, initializer_range=0.4)
    (MistralForCausalLM(MistralConfig(**shape, sliding_window=None)) if language == "mistral" else LlamaForCausalLM(LlamaConfig(**shape))).save_pretrained(folder / "language")
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>", eos_token="</s>", unk_token="<unk>").save_pretrained(folder / "language")


def make_pictures(folder: pathlib.Path) -> pathlib.Path:
    lines = []
    for i, (colour, caption) in enumerate((("red", "a red dog"), ("blue", "a blue cat on grass")) * 2):
        Image.fromarray(np.full((40, 40, 3), (200, 0, 0) if colour == "red" else (0, 0, 200), np.uint8)).save(folder / f"{i}.png")
        lines.append({"id": str(i), "source": "drawn", "file": f"{i}.png", "captions": [caption, caption + " ."]})
    (folder / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder / "manifest.jsonl"


class Hub(unittest.TestCase):
    def test_both_language_models_learn_from_pictures_and_are_saved(self):
        for language in ("mistral", "llama"):
            with self.subTest(language), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                make_models(folder, language)
                manifest = make_pictures(folder)
                arguments = ["--vision", str(folder / "vision"), "--language", str(folder / "language"), "--manifest", str(manifest), "--out", str(folder / "out"), "--batch", "2", "--rate", "0.01", "--every", "4"]
                losses = main([*arguments, "--epochs", "12"])
                self.assertEqual(len(losses), 24)
                self.assertLess(np.mean(losses[-4:]), np.mean(losses[:4]) * 0.8)
                learned = torch.load(folder / "out/learned.pt", weights_only=True)
                self.assertEqual(tuple(learned["fusion.vision.weight"].shape), (32, 24))
                self.assertTrue(any(n.endswith("q_proj.b") for n in learned))
                # Stopped after step 24, it has only the two epochs left that were added.
                self.assertEqual(len(main([*arguments, "--epochs", "14"])), 4)


if __name__ == "__main__":
    unittest.main()
