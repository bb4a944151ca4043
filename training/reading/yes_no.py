"""Yes-or-no questions made of questions with an answer: the answer, or another of its kind, is put where it was asked for.

"When was the bell cast?" answered by "1811" gives "Was the bell cast in 1811?" (yes) and, with a year that the passage
gives for something else, "Was the bell cast in 1790?" (no). Rules word them; those they don't reach are left out.
"""
import collections, random, re

YES, NO, UNSAID = 0, 1, 2
_BE = r"(?:is|was|are|were)"
_DO = r"(?:did|does|do)"
_PREPOSITION = r"(?:in|on|at|by|for|from|to|with|during|of|as|about|into|under|near|since|after|before|around|between|until|through|over|within)"
_LED = re.compile(rf"^{_PREPOSITION}\b", re.I)
_BASE = dict(
    wrote="write", won="win", became="become", made="make", led="lead", took="take", gave="give", said="say", began="begin", held="hold",
    built="build", sang="sing", got="get", had="have", ran="run", came="come", went="go", found="find", left="leave", told="tell",
    taught="teach", bought="buy", brought="bring", kept="keep", lost="lose", met="meet", paid="pay", sold="sell", sent="send",
    spoke="speak", drew="draw", chose="choose", fought="fight", grew="grow", knew="know", saw="see", flew="fly", stood="stand",
    stated="state", created="create", released="release", wanted="want", used="use", produced="produce", proposed="propose",
    introduced="introduce", required="require", caused="cause", included="include", described="describe", invented="invent")


def yes_no(question, answer):
    """The question whether the answer is this one, or None where the rules don't reach."""
    text = re.sub(r"\s+", " ", question.strip().rstrip("? "))
    said = answer.strip().rstrip(".,;")
    for pattern, word in _RULES:
        found = re.match(pattern, text, re.I)
        if found:
            worded = word(said, *found.groups())
            return worded and worded[0].upper() + worded[1:] + "?"
    return None


def _timed(said):
    if _LED.match(said):
        return said
    return f"{'on' if re.search(r'[A-Z][a-z]+ [0-9]{1,2}|[0-9] [A-Z]', said) else 'in'} {said}"


def _be(said, be, rest):
    """"What was X known for" ends with what was asked for; "who was the king" doesn't."""
    return f"{be} {rest} {said}" if re.search(rf"\b{_PREPOSITION}$", rest, re.I) else f"{be} {said} {rest}"


def _subject(said, rest):
    first, _, others = rest.partition(" ")
    base = _BASE.get(first.lower())
    return f"did {said} {base} {others}" if base and random.random() < 0.6 else f"is it true that {said} {rest}"


_NOUN = rf"((?!{_BE}\b|{_DO}\b)[\w'’-]+(?: (?!{_BE}\b|{_DO}\b)[\w'’-]+){{0,3}}?)"
_RULES = [
    (rf"^when ({_BE}|{_DO}) (.+)$", lambda said, aux, rest: f"{aux} {rest} {_timed(said)}"),
    (rf"^where ({_BE}|{_DO}) (.+)$", lambda said, aux, rest: f"{aux} {rest} {said if _LED.match(said) else 'in ' + said}"),
    (rf"^(?:what|which) (?:year|month|date|day|decade|century) ({_BE}|{_DO}) (.+)$", lambda said, aux, rest: f"{aux} {rest} {_timed(said)}"),
    (rf"^({_PREPOSITION}) (?:what|which|whom) (?:{_NOUN} )?({_BE}|{_DO}) (.+)$",
     lambda said, lead, _, aux, rest: f"{aux} {rest} {said if _LED.match(said) else lead.lower() + ' ' + said}"),
    (rf"^how (?:many|much) {_NOUN} ({_DO}) (.+)$", lambda said, noun, aux, rest: f"{aux} {rest} {said if noun.split()[-1].lower() in said.lower() else said + ' ' + noun}"),
    (rf"^how (?:many|much) {_NOUN} ({_BE}) (.+)$", lambda said, noun, aux, rest: f"{aux} {said if noun.split()[-1].lower() in said.lower() else said + ' ' + noun} {rest}"),
    (r"^(?:why|how)\b.*$", lambda said: None),
    (rf"^(?:what|which|who|whom) ({_DO}) (.+)$", lambda said, aux, rest: f"{aux} {rest} {said}"),
    (rf"^(?:what|which|who|whom) ({_BE}) (.+)$", _be),
    (rf"^(?:what|which) {_NOUN} ({_DO}) (.+)$", lambda said, _, aux, rest: f"{aux} {rest} {said}"),
    (rf"^(?:what|which) {_NOUN} ({_BE}) (.+)$", lambda said, _, aux, rest: _be(said, aux, rest)),
    (r"^who (.+)$", _subject),
    (r"^(?:what|which) [a-z]+ ([a-z]+ed .+)$", _subject),
]


def kind(answer):
    """What an answer is by its form: another of its kind may be put in its place."""
    if re.search(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b", answer):
        return "time"
    if re.search(r"\d", answer):
        return "number"
    return "name" if re.match(r"^(?:the )?[A-Z]", answer) and len(answer.split()) < 6 else "words"


def shifted(answer):
    """A year or a number that is a little off, or None."""
    found = re.findall(r"\d+", answer)
    if not found or len(found[0]) > 6:
        return None
    own = int(found[-1] if re.search(r"\b1[0-9]{3}|20[0-9]{2}", found[-1]) else found[0])
    other = own + random.choice([-1, 1]) * random.choice([1, 2, 3, 5, 10, 20, max(1, own // 3)])
    return answer.replace(str(own), str(other), 1) if other > 0 and str(own) in answer else None


class YesNo:
    """Draws from `items` (question, context, answer, title); a question's own answers are never taken for wrong ones."""

    def __init__(self, items):
        self.items, self.waiting = items, []
        self.by_context, self.by_title = collections.defaultdict(list), collections.defaultdict(list)
        for item in items:
            self.by_context[item["context"]].append(item)
            self.by_title[item["title"]].append(item)

    def wrong(self, item):
        own = item["answer"].lower()
        pool = self.by_context[item["context"]] if random.random() < 0.75 else self.by_title[item["title"]]
        pool = [x["answer"] for x in pool if kind(x["answer"]) == kind(item["answer"]) and x["answer"].lower() not in own
                and own not in x["answer"].lower() and x["answer"].lower() not in item["question"].lower()]
        if not pool or random.random() < 0.2:
            return shifted(item["answer"]) or (pool and random.choice(pool)) or None
        return random.choice(pool)

    def draw(self):
        """An item with the question made yes-or-no and its `verdict`: as many of yes as of no, one in eight of neither."""
        verdict = random.choices([YES, NO, UNSAID], [7, 7, 2])[0]
        while True:
            if not self.waiting:
                self.waiting = random.sample(self.items, len(self.items))
            item = self.waiting.pop()
            said = self.wrong(item) if verdict == NO else item["answer"]
            asked = said and yes_no(item["question"], said)
            if not asked:
                continue
            if verdict != UNSAID:
                return {**item, "question": asked, "verdict": verdict}
            other = random.choice(self.by_title[item["title"]])
            if said.lower() not in other["context"].lower():
                return {**item, "question": asked, "context": other["context"], "start": None, "verdict": UNSAID}
