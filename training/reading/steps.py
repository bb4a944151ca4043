"""Questions of several steps as people wrote them, with the sentences that answer them: people word them otherwise than rules do (composed.py).

Each is taught at one of its steps, among other sentences: what has to be found first, in the sentences that lead on, is
the name that they share with those of the answer and that the question does not say.
"""
import random, re

from composed import FIRST_STEP, PEOPLE
from sources import plain

_CAPITAL = "A-ZÀ-ÖØ-ÞĆČĎĐĒĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_NAME = re.compile(rf"(?<!\w)[{_CAPITAL}][\w'’.-]*(?: (?:(?:of|the|and|de|von|van) )*[{_CAPITAL}0-9][\w'’.-]*)*")
# "Y is director of X": a fact that a question was made of.
_FACT = re.compile(r"(.+?) is (\w[\w ]*?) of (.+?)\.?$")
# How many other sentences stand beside its own.
_OTHERS = [1, 2, 3, 4, 6]


def step_by_step(question, answer, sentences, named=True):
    """(question, answer, sentences that lead on, sentences of the answer, the name both say or None), or None where it is no question of steps."""
    said = answer.lower()
    last = [x for x in sentences if said in x.lower()]
    before = [x for x in sentences if said not in x.lower()]
    if not last or not before or said in question.lower() or said in ("yes", "no"):
        return None
    return question, answer, before, last, _shared(question, said, before, " ".join(last)) if named else None


def _shared(question, said, before, behind):
    """The longest name of `before` that stands in `behind`, too, and not in the question; the subject of a fact first."""
    asked = set(plain(question).split())

    def meant(name):
        return (len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", behind) and name.lower() not in said
                and not set(plain(name).split()) <= asked and not PEOPLE.match(name))

    subjects = [m[1] for m in map(_FACT.match, before) if m]
    names = {m.group().rstrip(".") for x in before for m in _NAME.finditer(x)}
    return next(filter(meant, subjects), None) or max(filter(meant, names), key=len, default=None)


def stands_for(question, answer, facts):
    """(question, a name, the fact that tells it, the words that stand for it) of a question made of facts: "the director of film X"; or None."""
    for fact in facts:
        found = _FACT.match(fact)
        if found and plain(found[1]) not in plain(question) and found[1].lower() != answer.lower():
            said = re.search(rf"(?:the )?{re.escape(found[2])} of (?:film |song )?{re.escape(found[3])}(?!\w)(?: ?\([^)]*\))?", question, re.I)
            if said:
                return question, found[1], fact, said[0]
    return None


class Steps:
    """Draws from lists of what step_by_step gives, each list as often as its share says; `fill` are sentences that theirs stand among, half of the time."""

    def __init__(self, fill, *lists):
        self.fill = fill
        self.lists = [(share, [x for x in items if x]) for share, items in lists]
        self.lists = [(share, items) for share, items in self.lists if items]

    def draw(self):
        [(_, items)] = random.choices(self.lists, [share for share, _ in self.lists])
        question, answer, before, last, name = random.choice(items)
        others = [x for x in self.others(items) if x not in before and x not in last]
        chance = random.random()
        if name and chance < 0.35:
            return among(others, FIRST_STEP + question, name, before)
        if name and chance < 0.45:
            # Behind all that leads on there is nothing more to find first.
            return among(others, FIRST_STEP + question, None, last, before)
        if random.random() < 0.15 and not _hints(answer, before):
            return among(others, question, None, before)
        return among(others, question, answer, last, before if random.random() < 0.9 else [])

    def others(self, items):
        count = random.choice(_OTHERS)
        if self.fill and random.random() < 0.5:
            return random.sample(self.fill, min(len(self.fill), count))
        drawn = random.sample(items, min(len(items), count))
        return [random.choice([*before, *last]) for _, _, before, last, _ in drawn]


def _hints(answer, sentences):
    """Whether sentences say a part of the answer ("the Reformation" of "the Protestant Reformation")."""
    said = plain(" ".join(sentences)).split()
    return any(len(word) > 3 and word in said for word in plain(answer).split())


def among(others, question, answer, own, leading=()):
    """The question with its own sentences among others that don't say its answer (None: there is none), behind up to three that lead there."""
    said = (answer or "\0").lower()
    kept = [x for x in others if said not in x.lower()]
    at = random.randint(0, len(kept))
    lead = "".join(x + " " for x in leading[:3])
    text = " ".join([*kept[:at], *own, *kept[at:]])
    start = text.lower().find(said)
    return dict(question=question, context=lead + text, title="", answer=answer or "", start=None if start < 0 else len(lead) + start)
