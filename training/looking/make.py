"""The whole recipe, in order; each part goes on where it was stopped."""
import runpy, sys

if __name__ == "__main__":
    sys.argv = sys.argv[:1]
    for part in ("vectors", "bridge", "align", "train", "make_pack", "verify", "pictures", "measure"):
        runpy.run_module(part, run_name="__main__", alter_sys=True)
