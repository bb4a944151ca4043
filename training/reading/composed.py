"""Questions of two or three steps, made of questions about two or three passages.

The answer of one stands in the other, where the first one, made a noun phrase, takes its place: "Who wrote X?" answered by
"Y" and "Where was Y born?" give "Where was the person who wrote X born?". So MuSiQue was made (Trivedi et al. 2022,
arXiv 2108.00573), whose writers then worded them anew; here rules word them.
"""
import collections, random, re

# Asked before a question, it asks for what has to be found first.
FIRST_STEP = "first step: "
# Asked of a question, with what its first step found and the sentence that says it: the words that stand for it
# ("in place of: Y: X was written by Y." → "the person who wrote X").
IN_PLACE = "in place of: "
# Characters of that sentence.
MOST_SAID = 300
# Words of the longest noun phrase that stands for a name.
LONGEST = 22
_AUXILIARY = r"(?:is|was|are|were|did|does|do|has|have|had|can|could|will|would|should|may|might)"
_NAME = re.compile(r"^(?:[A-Z][\w'’.&-]*)(?: (?:of|the|and|de|von|van|[A-Z0-9][\w'’.&-]*))*$")
# "American" is named by much that is not about America.
PEOPLE = re.compile(r"^\w+(?:ish|ese|ian|an|ch)$")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[A-Z0-9\"“])")


def noun_phrase(question):
    """What a question asks for as a noun phrase, or None where the rules don't reach."""
    text = question.strip().rstrip("? ")
    for pattern, phrase in (
        (r"^Who (?:is|was|were|are) (the .+)$", r"\1"),
        (rf"^Who ({_AUXILIARY}) (.+)$", r"the one who \1 \2"),
        (r"^Who (.+)$", r"the person who \1"),
        (r"^(?:What|Which) (?:is|was|are|were) the name of (.+)$", r"\1"),
        (r"^(?:What|Which) (?:is|was|are|were) (?:a |an )?(the .+)$", r"\1"),
        (r"^(?:In what|In which|What|Which) ([a-z]+) (is|was|are|were) ((?:[A-Z]|the ).+) (located|born|held|founded|built|buried|found|based)(?: in| at)?$", r"the \1 where \3 \2 \4"),
        (rf"^(?:What|Which) ((?!{_AUXILIARY}\b)[a-z-]+(?: (?!{_AUXILIARY}\b)(?:of|[a-z-]+))?) ({_AUXILIARY}) ([A-Z].+|the .+)$", r"the \1 that \2 \3"),
        (rf"^(?:What|Which) ((?!{_AUXILIARY}\b)[a-z-]+(?: of [a-z-]+)?) (.+)$", r"the \1 that \2"),
        (r"^In (?:what|which) ([a-z]+(?: of [A-Za-z-]+)?) did (.+)$", r"the \1 where \2"),
        (r"^In (?:what|which) ([a-z]+(?: of [A-Za-z-]+)?) (.+)$", r"the \1 where \2"),
        (r"^Where (?:is|was|are|were) (.+) (born|located|held|founded|built|buried|found)$", r"the place where \1 was \2"),
        (r"^Where did (.+)$", r"the place where \1"),
    ):
        if re.match(pattern, text):
            own = re.sub(pattern, phrase, text)
            # "What is X named after": no noun phrase.
            cut = re.search(r" (?:after|as|at|by|for|from|in|of|on|to|with)$", own) and not re.search(r" (?:that|where) ", own)
            return own if 2 < len(own.split()) <= LONGEST and not cut else None
    return None


def in_place(name, sentence):
    return f"{IN_PLACE}{name}: {sentence[:MOST_SAID]}"


def sentence_of(item):
    """The sentence of its passage that holds the answer."""
    start = 0
    for cut in [*(m.end() for m in _SENTENCE.finditer(item["context"])), len(item["context"])]:
        if start <= item["start"] < cut:
            return item["context"][start:cut].strip()
        start = cut
    return item["context"]


class Composer:
    """Pairs of questions of which one's answer is named, as a whole, in the other."""

    def __init__(self, items):
        answers = collections.defaultdict(list)
        for item in items:
            name = item["answer"].strip()
            if len(name) > 3 and _NAME.match(name) and len(name.split()) <= 5 and not PEOPLE.match(name):
                phrase = noun_phrase(item["question"])
                if phrase and name.lower() not in item["question"].lower():
                    answers[name].append((item, phrase))
        self.by_name = collections.defaultdict(list)
        for item in items:
            words = re.findall(r"\S+", item["question"])
            for start, end in _names(words):
                name = re.sub(r"^[\"“(]+|('s|’s)?[\"”).,?!:;]*$", "", " ".join(words[start:end]))
                if name in answers:
                    self.by_name[name].append((item, answers[name]))
        self.names = list(self.by_name)
        self.named_in = collections.defaultdict(list)
        for name, own in self.by_name.items():
            for item, _ in own:
                self.named_in[item["question"], item["context"]].append(name)

    def pair(self):
        """(question, the name that its first step finds, the phrase that stands for it there, the item of its first step, of its second)."""
        while True:
            name = random.choice(self.names)
            second, own = random.choice(self.by_name[name])
            first, phrase = random.choice(own)
            asked = _put(phrase, name, first, second)
            if asked:
                return asked, name, phrase, first, second

    def stands_for(self):
        """(question, a name, the sentence that tells it, the words of the question that stand for it): with it in place, what is asked is a step shorter."""
        while True:
            asked, name, phrase, first, second = self.pair()
            if random.random() < 0.3:
                # What the innermost phrase stands for is found first.
                longer = noun_phrase(asked)
                third, _ = random.choice(self.by_name.get(second["answer"].strip(), [(None, None)]))
                asked = (longer and third and _put(longer, second["answer"].strip(), second, third)) or asked
            if phrase in asked and name.lower() not in asked.lower():
                return asked, name, sentence_of(first), phrase

    def draw(self):
        """(question, the item of its first step, of its second): what the first step finds is not named in the question."""
        asked, _, _, first, second = self.pair()
        return asked, first, second

    def draw_longer(self):
        """The same of three steps: (question, first, second, third); of two where there are none."""
        for _ in range(1000):
            name = random.choice(self.names)
            third, own = random.choice(self.by_name[name])
            second, _ = random.choice(own)
            for other in self.named_in[second["question"], second["context"]]:
                pairs = next(pairs for item, pairs in self.by_name[other] if item is second)
                first, phrase = random.choice(pairs)
                asked = _put(phrase, other, first, second)
                longer = asked and noun_phrase(asked)
                whole = longer and _put(longer, name, second, third)
                if whole and first["context"] != third["context"] and third["answer"].lower() not in whole.lower() and other.lower() not in whole.lower():
                    return whole, first, second, third
        return self.draw()


def _put(phrase, name, first, second):
    """The second question with a phrase in place of the name, or None where that gives something away."""
    said = phrase.lower()
    if first["context"] == second["context"] or second["answer"].lower() in said or name.lower() in said or name.lower() in second["answer"].lower():
        return None
    return re.sub(rf"(?:\b[Tt]he )?{re.escape(name)}(?!\w)", lambda _: phrase, second["question"], count=1)


def _names(words):
    """(start, end) of runs of capitalised words behind the first word, as long as they go."""
    start = None
    for i, word in enumerate([*words, "."]):
        if i > 0 and re.match(r"[\"“(]?[A-Z]", word):
            start = i if start is None else start
            # A sign ends a name.
            if re.search(r"[,?!:;)”\"]$|['’]s$", word):
                yield start, i + 1
                start = None
        elif start is not None:
            yield start, i
            start = None
