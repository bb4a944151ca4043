"""Where data is read from, what is cached, and the pack that is written."""
import json, os, pathlib

HERE = pathlib.Path(__file__).resolve().parent
REPO = HERE.parents[1]
PACK = REPO / "models"
DATA = pathlib.Path(os.environ.get("SENSEGRAPH_DATA_PACK", REPO.parent / "shared/data"))
CACHE = pathlib.Path(os.environ.get("SENSEGRAPH_TRAINING_CACHE", HERE / ".cache"))


def openmoji_items(exclude: pathlib.Path):
    """OpenMoji 17 as rasterised by openmoji.mjs, without the characters of the development manifest."""
    from dataset import Item
    left_out = {json.loads(line)["id"] for line in exclude.read_text().splitlines()} if exclude.exists() else set()
    folder = CACHE / "openmoji"
    items = []
    for one in json.loads((folder / "openmoji.json").read_text()):
        key = f"openmoji-{one['hexcode']}"
        file = folder / f"{one['hexcode']}.png"
        # Skin tones repeat a picture; flags of the extras say little.
        if key in left_out or one.get("skintone") or not file.exists():
            continue
        tags = [t.strip() for t in (one.get("tags", "") + "," + one.get("openmoji_tags", "")).split(",") if t.strip()]
        items.append(Item(key, "OpenMoji", file, (f"a drawing of {one['annotation']}", ", ".join([one["annotation"], *tags])), one["annotation"], one))
    return items
