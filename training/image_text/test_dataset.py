"""python -m unittest test_dataset"""
import json, pathlib, tempfile, unittest

import numpy as np
from PIL import Image
from tokenizers import Tokenizer

from dataset import ENCODERS, PictureTextDataset, load_picture, pixels_of, read_manifest, texts_of, tokenise
from paths import PACK


class Dataset(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.tokenizer = Tokenizer.from_file(str(PACK / "bge-small-en-v1.5/tokenizer.json"))

    def manifest(self, *lines):
        path = self.folder / "manifest.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return read_manifest(path)

    def test_normalises_as_the_configured_encoder_wants(self):
        white = Image.new("RGB", (40, 20), "white")
        lite = pixels_of(white, ENCODERS["efficientnet-lite2"])
        self.assertEqual(lite.shape, (3, 260, 260))
        self.assertTrue(np.allclose(lite, 1))
        clip = pixels_of(white, ENCODERS["openai/clip-vit-base-patch32"])
        self.assertEqual(clip.shape, (3, 224, 224))
        self.assertTrue(np.allclose(clip[:, 0, 0], [(1 - 0.48145466) / 0.26862954, (1 - 0.4578275) / 0.26130258, (1 - 0.40821073) / 0.27577711], atol=1e-5))

    def test_reports_and_skips_broken_files(self):
        Image.new("RGB", (9, 9), "red").save(self.folder / "good.png")
        (self.folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut short")
        items = self.manifest({"id": "a", "file": "good.png", "label": "red"}, {"id": "b", "file": "cut.jpg", "label": "x"}, {"id": "c", "file": "none.png", "label": "y"}, "no json", {"id": "d", "file": "good.png"})
        self.assertEqual([item.id for item in items], ["a", "b", "c"])
        self.assertEqual([item.id for *_, item in PictureTextDataset(items, ENCODERS["efficientnet-lite2"], self.tokenizer)], ["a"])

    def test_tokens_stop_at_512_and_are_masked(self):
        ids, mask = tokenise(["word " * 2000, "two words"], self.tokenizer)
        self.assertEqual(ids.shape, (2, 512))
        self.assertEqual(mask.sum(1).tolist(), [512, 4])
        self.assertTrue((ids[1, 4:] == 0).all())

    def test_turns_pictures_upright_and_lays_them_on_white(self):
        picture = Image.new("RGBA", (30, 10), (0, 0, 0, 0))
        exif = picture.getexif()
        exif[0x0112] = 6
        picture.save(self.folder / "turned.png", exif=exif)
        loaded = load_picture(self.folder / "turned.png")
        self.assertEqual(loaded.size, (10, 30))
        self.assertEqual(loaded.getpixel((5, 5)), (255, 255, 255))

    def test_says_what_a_line_says(self):
        self.assertEqual(texts_of({"captions": ["a", "b"]}), ("a", "b"))
        self.assertEqual(texts_of({"label": "Golden-Delicious", "coarse_label": "Apple"}), ("a photo of golden delicious", "a photo of apple"))
        self.assertEqual(texts_of({"alt": "a galaxy", "caption": "Far away."}), ("a galaxy", "Far away."))


if __name__ == "__main__":
    unittest.main()
