"""Questions made from text alone (after Lewis et al. 2019, arXiv 1906.04980): a sentence without one of its phrases, the
phrase replaced by a question word of its kind, part of the other words dropped and their order changed."""
import random, re

_NAME = re.compile(r"(?:[A-Z][\w'’\-]*\.?)(?:\s+(?:(?:of|the|de|and|&|in|for|von|van)\s+)*(?:[A-Z][\w'’\-]*\.?|\d{1,4}))*")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_PHRASE = re.compile(r"\b(?:the|a|an|of|by|with|as|called)\s+((?:[a-z\-]+\s){0,2}[a-z\-]{4,})\b")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\b(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}},?)?(?: \d{{4}})?|\b(?:1[0-9]|20)\d\d\b")


def _word(answer, before):
    if _DATE.fullmatch(answer):
        return random.choice(["when", "when", "in what year", "on what date"])
    if answer[0].isdigit():
        return random.choice(["how many", "how much", "how many", "what number of"])
    if answer[0].isupper():
        if re.search(r"\b(?:in|at|near|from|to)\s*$", before):
            return random.choice(["where", "what place", "what city", "which country", "what"])
        return random.choice(["who", "who", "what", "which person", "what is the name of"])
    return random.choice(["what", "what", "which", "what kind of thing"])


def cloze(passages):
    """One question with its context, answer and start."""
    while True:
        context = random.choice(passages)
        sentences = [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", context) if 40 < len(s) < 300]
        if not sentences:
            continue
        sentence = random.choice(sentences)
        found = [m.span() for m in _DATE.finditer(sentence)]
        found += [m.span() for m in _NUMBER.finditer(sentence) if not any(a <= m.start() < b for a, b in found)]
        names = [m.span() for m in _NAME.finditer(sentence) if m.start() > 0 and m.end() - m.start() > 2]
        phrases = [m.span(1) for m in _PHRASE.finditer(sentence)]
        pools = [pool for pool, often in ((found, 0.35), (names, 0.45), (phrases, 0.4)) if pool and random.random() < often]
        if not pools:
            continue
        start, end = random.choice(random.choice(pools))
        answer = sentence[start:end].rstrip(" .,")
        if not answer:
            continue
        word = _word(answer, sentence[:start])
        # Clauses far away are seldom part of a question.
        left = [w for w in re.sub(r"^.*[;:]", "", sentence[:start]).split() if random.random() > 0.25][-12:]
        right = [w for w in sentence[start + len(answer):].strip(" .").split() if random.random() > 0.2][:12]
        words = [word, *right, *left] if random.random() < 0.6 else [*left, word, *right]
        if len(words) < 4:
            continue
        return dict(question=" ".join(words)[:300] + "?", context=context, answer=answer, golds=[answer],
                    start=context.find(sentence) + start, source="cloze")
