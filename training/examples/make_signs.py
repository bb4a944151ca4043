"""python make_signs.py EXAMPLES   draws the three signs in EXAMPLES/images with Pillow's own font (Aileron, CC0)"""
import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

random.seed(7)
folder = Path(sys.argv[1]) / "images"


def grain(size, strength):
    """A grey picture of brushed metal or wood: noise drawn out along x."""
    noise = Image.new("L", (size[0] // 24, size[1]))
    noise.putdata([128 + random.randint(-strength, strength) for _ in range(noise.width * noise.height)])
    return noise.resize(size, Image.Resampling.BICUBIC)


def board(size, colour, strength):
    grey = grain(size, strength)
    return Image.merge("RGB", [grey.point(lambda v, c=c: max(0, min(255, int(c * v / 128)))) for c in colour])


def mount(plate, wall, tilt):
    """The plate, a little tilted, with its shadow on a wall."""
    size = (plate.width + 140, plate.height + 140)
    scene = board(size, wall, 10)
    mask = Image.new("L", size, 0)
    mask.paste(255, (70, 70, 70 + plate.width, 70 + plate.height))
    mask = mask.rotate(tilt, Image.Resampling.BICUBIC)
    shadow = mask.filter(ImageFilter.GaussianBlur(9)).point(lambda v: v * 150 // 255)
    scene.paste((20, 18, 16), (8, 10), shadow)
    layer = Image.new("RGB", size)
    layer.paste(plate, (70, 70))
    scene.paste(layer.rotate(tilt, Image.Resampling.BICUBIC), (0, 0), mask)
    return scene


def write(plate, lines, ink, light):
    """Lines of (text, letter height, y), centred, cut in: a light edge below each dark letter."""
    draw = ImageDraw.Draw(plate)
    for text, height, y in lines:
        font = ImageFont.load_default(height)
        x = (plate.width - draw.textlength(text, font)) / 2
        draw.text((x + 2, y + 2), text, light, font)
        draw.text((x, y), text, ink, font)


def screws(plate, colour):
    draw = ImageDraw.Draw(plate)
    for x in (34, plate.width - 34):
        for y in (34, plate.height - 34):
            draw.ellipse((x - 13, y - 13, x + 13, y + 13), colour, (60, 50, 30), 2)
            draw.line((x - 8, y - 6, x + 8, y + 6), (60, 50, 30), 4)


plate = board((860, 460), (201, 163, 84), 16)
ImageDraw.Draw(plate).rectangle((12, 12, 847, 447), outline=(120, 92, 40), width=4)
screws(plate, (224, 190, 110))
write(plate, [("Lantern Room", 104, 46), ("Given  by", 60, 180), ("Margaret  Hill", 88, 252), ("1911", 60, 358)], (44, 31, 12), (232, 204, 132))
mount(plate, (150, 142, 132), 1.2).save(folder / "sign-lantern-room.jpg", quality=85, optimize=True)

plate = board((940, 330), (30, 52, 92), 14)
ImageDraw.Draw(plate).rectangle((14, 14, 925, 315), outline=(214, 178, 92), width=6)
write(plate, [("Evening Star", 128, 44), ("Port  Albert", 92, 192)], (240, 214, 140), (10, 20, 42))
mount(plate, (128, 96, 66), -1.0).save(folder / "sign-ship-board.jpg", quality=85, optimize=True)

plate = board((820, 560), (240, 238, 230), 4)
ImageDraw.Draw(plate).rectangle((0, 0, 819, 118), (24, 92, 84))
write(plate, [("Ferry Times", 84, 16)], (250, 250, 246), (12, 60, 54))
write(plate, [("GREEN  ISLAND   9:15", 60, 162), ("PORT  ALBERT   11:40", 60, 268), ("SOUTH  STEPS", 60, 374), ("No  ferry  on  Sunday", 56, 472)], (28, 28, 30), (240, 238, 230))
mount(plate, (170, 160, 150), 0.6).save(folder / "sign-ferry-times.jpg", quality=85, optimize=True)
