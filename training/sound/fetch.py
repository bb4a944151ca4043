"""Two free sample collections from Debian's archive, beside the project's data: Sonic Pi's samples (CC0) and FluidR3 GM (MIT)."""
import subprocess
from settings import CACHE

PACKAGES = ["sonic-pi-samples=3.2.2~repack-8", "fluid-soundfont-gm=3.1-5.3"]
FETCHED = CACHE / "debian"


def main():
    FETCHED.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", "-q", package], check=True, cwd=FETCHED)
        name = package.split("=")[0]
        subprocess.run(["dpkg", "-x", str(next(FETCHED.glob(f"{name}_*.deb"))), str(FETCHED / name)], check=True)


if __name__ == "__main__":
    main()
