"""The recordings that the pool is made from, as float32 at 16 kHz, in four groups. ESC-10's development clips never enter."""
import functools, json, struct
import av
import numpy as np
from scipy.signal import resample_poly
from fetch import FETCHED
from settings import CACHE, DATA, RATE, ROOT

# The clips that the model is measured on. Nothing of them is heard in training, not even through the teacher.
MEASURED = DATA / "audio/esc10"


def decode(path):
    """First sound track of any file, mono, 16 kHz."""
    assert MEASURED not in path.parents, path
    with av.open(str(path)) as media:
        if not media.streams.audio:
            return np.zeros(0, np.float32)
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [out.to_ndarray()[0] for frame in media.decode(audio=0) for out in resampler.resample(frame)]
        parts += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(parts or [np.zeros(0)]).astype(np.float32)


def soundfont(path):
    """Samples of a SoundFont 2 file: one pool of 16-bit numbers, and where each begins, ends and repeats."""
    data = path.read_bytes()
    at, parts = 12, {}
    while at < len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"LIST":
            at += 12
            continue
        parts[name] = (at + 8, size)
        at += 8 + size + size % 2
    start, size = parts[b"smpl"]
    pool = np.frombuffer(data, "<i2", size // 2, start)
    start, size = parts[b"shdr"]
    for row in range(start, start + size - 46, 46):
        begin, end, loop, loop_end, rate = struct.unpack_from("<5I", data, row + 20)
        if rate < 8000 or end - begin < 400:
            continue
        sound = pool[begin:end].astype(np.float32) / 32768
        # A held note: its loop goes round until there are two seconds.
        if loop_end > loop + 16 and end - begin < 2 * rate:
            turn = pool[loop:loop_end].astype(np.float32) / 32768
            sound = np.concatenate([pool[begin:loop_end].astype(np.float32) / 32768, np.tile(turn, int(2 * rate / len(turn)) + 1)[: 2 * rate]])
        yield resample_poly(sound[: 4 * rate], RATE, rate).astype(np.float32) if rate != RATE else sound


def listed(manifest):
    for line in open(DATA / manifest, encoding="utf-8"):
        yield DATA / json.loads(line)["file"]


@functools.cache
def groups():
    """Group → clips. Read once, then kept as one file."""
    kept = CACHE / "clips.npz"
    if not kept.exists():
        found = {
            "events": [decode(path) for path in listed("train/esc10/manifest.jsonl")],
            "speech": [decode(path) for m in ("train/fsdd", "audio/fsdd", "audio/speech") for path in listed(f"{m}/manifest.jsonl")],
            "scenes": [decode(path) for path in listed("video/manifest.jsonl")]
            + [decode(path) for path in sorted((ROOT / "examples/recordings").iterdir()) if path.suffix != ".json"],
            "music": [decode(path) for path in sorted(FETCHED.glob("sonic-pi-samples/**/*.flac"))]
            + [sound for path in FETCHED.glob("fluid-soundfont-gm/**/*.sf2") for sound in soundfont(path)],
        }
        CACHE.mkdir(parents=True, exist_ok=True)
        arrays = {}
        for name, clips in found.items():
            clips = [clip for clip in clips if len(clip) > 400 and np.abs(clip).max() > 1e-3]
            arrays[name] = np.concatenate(clips).astype(np.float16)
            arrays[name + "_ends"] = np.cumsum([len(clip) for clip in clips])
        np.savez(kept, **arrays)
    arrays = np.load(kept)
    names = [name for name in arrays.files if not name.endswith("_ends")]
    return {name: np.split(arrays[name].astype(np.float32), arrays[name + "_ends"][:-1]) for name in names}


if __name__ == "__main__":
    for name, clips in groups().items():
        print(f"{name}: {len(clips)} clips, {sum(map(len, clips)) / RATE / 60:.1f} minutes")
