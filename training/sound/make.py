"""The whole recipe, in order; each part goes on where it was stopped."""
import runpy
from fetch import FETCHED, main as fetch

if __name__ == "__main__":
    if not (FETCHED / "fluid-soundfont-gm").exists():
        fetch()
    for part in ("pool", "distil", "export"):
        runpy.run_module(part, run_name="__main__")
