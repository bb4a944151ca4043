"""Draws examples of the lessons: questions with a span of their context, or with none (start None) where they are put to another."""
import json, random, re

from absent import gone, renamed
from clozes import cloze
from composed import FIRST_STEP, Composer, in_place, sentence_of
from sources import boolq, derived, held_out, measured, natural, plain, qamr, reading, shingles, squad, supported
from steps import Steps, stands_for, step_by_step
from yes_no import YesNo

# Share of the questions of one step that ask for what has to be found first.
ONE_STEP = 0.06
# Share of the examples that are of questions of several steps as people wrote them.
STEPS = 0.16
# … and of those that ask which words of a question stand for a name.
STAND_INS = 0.08
# Share of the questions that are put to a text which does not answer them.
ABSENT = 0.12
# … of those about passages that lose the sentence that answers, and of those that come to name another.
GONE = 0.15
RENAMED = 0.05


def passages(data, *names):
    files = dict(multihop="multihop/corpus.jsonl", physics="textbook/physics/passages.jsonl", psychology="textbook/psychology/passages.jsonl")
    texts = [json.loads(line)["text"] for name in names for line in open(data / files[name], encoding="utf-8")]
    return [text for text in texts if len(text) > 120]


def measuring_steps(data):
    """The questions of several steps that measure, with their answers."""
    return [(plain(line["question"]), plain(line["answer"])) for line in lines(data, "questions") + lines(data, "reasoning_chains")]


def lines(data, name):
    return [json.loads(line) for line in open(data / f"multihop/{name}.jsonl", encoding="utf-8")]


def words(text):
    return set(w for w in text.lower().split() if len(w) > 3)


class Draw:
    """Draws examples of both stages."""

    def __init__(self, options):
        items = list(reading(options.data / "train/reading/questions.jsonl"))
        self.train, self.test = held_out(items)
        if options.all:
            self.train = items
        if options.mlqa:
            self.train += list(squad(options.mlqa, "MLQA"))
        # What measures the reader or an answer of several hops is nothing that it was taught: MuSiQue is made of SQuAD.
        unseen = {run for text in [*(x["context"] for x in self.test), *passages(options.data, "multihop"),
                                      *(y["text"] for x in lines(options.data, "reasoning_chains") for y in x["passages"])] for run in shingles(text)}
        asked, runs = measured(options.qed) if options.qed else (set(), set())
        unseen |= runs
        if options.natural:
            self.train += list(natural(options.natural, asked, unseen))
        self.squad = list(squad(options.squad, "SQuAD", unseen)) if options.squad else []
        self.composer = Composer(self.squad) if self.squad else None
        self.yes_no = YesNo(self.squad) if self.squad else None
        self.yes_no_share = options.yes_no
        self.asked, self.judged = boolq(options.boolq, unseen) if options.boolq else ([], [])
        if options.squad_dev:
            self.judged = self.judged + judged(options.squad_dev, items)
        self.by_title = {}
        for text, title in {(x["context"], x["title"]) for x in self.squad}:
            self.by_title.setdefault(title, []).append(text)
        self.sentences = list(qamr(options.qamr)) if options.qamr else []
        self.by_article = {}
        for text, key in {(x["context"], x["sentence"]) for x in self.sentences}:
            self.by_article.setdefault(key.rsplit(":", 2)[0], []).append(text)
        self.every = [x for own in self.by_article.values() for x in own]
        measuring = measuring_steps(options.data)
        sentences = list(supported(options.hotpot, measuring, unseen)) if options.hotpot else []
        told, made = [list(derived(options.iterated / f"dataset_{x}/RD_Oracle", measuring)) if options.iterated else [] for x in ("r4c", "2wiki_0.1")]
        self.steps = Steps(
            self.every,
            # Of whole sentences, the longest name that two share is half of the time another than what is to be found.
            (3, [step_by_step(*one, named=False) for one in sentences]),
            (3, [step_by_step(*one) for one in told]),
            (2, [step_by_step(*one) for one in made]),
        )
        self.stand_ins = [x for x in (stands_for(*one) for one in made if " and " not in one[0]) if x]
        self.contexts = sorted({(x["context"], x.get("title", "")) for x in self.train})
        self.passages = passages(options.data, "physics", "psychology")
        self.queue, self.waiting = [], []
        # Share of the time that is over.
        self.done = 0.0

    def sentence(self):
        """A question about a sentence, set among up to five others of its article or any."""
        item = random.choice(self.sentences)
        while item["sure"] < 2 and random.random() < 0.7:
            item = random.choice(self.sentences)
        own = [x for x in self.by_article[item["sentence"].rsplit(":", 2)[0]] if x != item["context"]]
        others = random.sample(own, min(len(own), random.randint(0, 3)))
        others += random.sample(self.every, random.choice([0, 0, 1, 2]))
        others = [x for x in others if x != item["context"]]
        if random.random() < ABSENT and others:
            return {**item, "context": " ".join(others), "start": None}
        at = random.randint(0, len(others))
        before = "".join(x + " " for x in others[:at])
        return {**item, "context": " ".join([*others[:at], item["context"], *others[at:]]), "start": len(before) + item["start"]}

    def paragraph(self):
        """A question about a paragraph; one in eight put to the paragraph of its article that looks most like an answer."""
        if not self.waiting:
            self.waiting = random.sample(self.squad, len(self.squad))
        item = self.waiting.pop()
        item = {**item, "question": as_typed(item["question"])}
        if random.random() < ABSENT:
            own = self.by_title[item["title"]]
            pool = [x for x in random.sample(own, min(12, len(own))) if item["answer"].lower() not in x.lower()]
            if pool:
                asked = words(item["question"])
                context = max(pool, key=lambda x: len(asked & words(x)))
                return maybe_titled({**item, "context": context, "start": None})
        return maybe_titled(maybe_first(maybe_absent(shortened(item), random.choice(self.by_title[item["title"]]))))

    def composed(self):
        """A question of two or three steps, at one of its steps: "first step" asks for what leads on, in a passage behind the sentences that led there, if any; or its answer is to be found in the last."""
        asked, *steps = self.composer.draw_longer() if random.random() < 0.3 else self.composer.draw()
        last, most = len(steps) - 1, random.choice([400, 600])
        at = random.randint(0, last)
        # Behind all that leads on there is nothing more to find first.
        if at == last and random.random() < 0.2:
            return behind(steps[:at], {**windowed(steps[at], most), "question": FIRST_STEP + asked, "start": None})
        question = FIRST_STEP + asked if at < last else asked
        if random.random() < ABSENT:
            # A later passage, or an earlier one asked for the answer, behind too little of what leads there.
            other = random.randint(at + 1, last) if at < last else random.randint(0, last - 1)
            return behind(steps[: min(at, other)], {**windowed(steps[other], most), "question": question, "start": None})
        return behind(steps[:at], {**windowed(steps[at], most), "question": question})

    def stood_in(self):
        """Which words of a question stand for a name that its first step found; none do in a question of one step, or for what another found."""
        made = self.stand_ins and random.random() < 0.4
        question, name, sentence, phrase = random.choice(self.stand_ins) if made else self.composer.stands_for()
        chance = random.random()
        if chance < 0.12:
            item = random.choice(self.squad)
            question, phrase = item["question"], None
            if random.random() < 0.5:
                name, sentence = item["answer"], sentence_of(item)
        elif chance < 0.24:
            _, name, sentence, _ = random.choice(self.stand_ins) if made else self.composer.stands_for()
            phrase = None
        elif made and chance < 0.5:
            found = re.match(r"the (\w+) of (?:film |song )?([^()]+?)(?: \([^)]*\))?$", phrase)
            if found:
                own = f"{found[2]}'s {found[1]}"
                question, phrase = question.replace(phrase, own, 1), own
        typed = as_typed(question)
        text = typed if phrase is None or phrase in typed else question
        return dict(question=in_place(name, sentence), context=text, title="", answer=phrase or "", start=None if phrase is None else text.find(phrase))

    def judged_yes_no(self):
        """A yes-or-no question about a paragraph; BoolQ's are few and real."""
        if self.asked and random.random() < 0.3:
            return maybe_titled(dict(random.choice(self.asked)))
        item = self.yes_no.draw()
        if random.random() < 0.25:
            return maybe_titled(item)
        # Long passages must not tell that nothing is said.
        most = random.choice([400, 600])
        return maybe_titled(windowed(item, most) if item["start"] is not None else {**item, "context": item["context"][:most]})

    def passage(self):
        if not self.queue:
            self.queue = random.sample(self.train, len(self.train))
        item = self.queue.pop()
        if random.random() < ABSENT:
            asked = words(item["question"])
            pool = [x for x in random.sample(self.contexts, min(60, len(self.contexts)))
                    if x[0] != item["context"] and item["answer"].lower() not in x[0].lower()]
            if pool:
                context, title = max(pool, key=lambda x: len(asked & words(x[0])))
                return maybe_titled({**item, "context": context, "start": None, "title": title})
        return maybe_titled(maybe_first(maybe_absent(shortened(item), item["context"])))

    def first(self):
        if self.sentences and random.random() < 0.72:
            return self.sentence()
        return windowed(cloze(self.passages), 500)

    def second(self):
        if self.yes_no and random.random() < self.yes_no_share:
            return self.judged_yes_no()
        if self.composer and random.random() < STAND_INS:
            return self.stood_in()
        if self.steps.lists and random.random() < STEPS:
            return self.steps.draw()
        # Towards the end more of the questions that people typed into a search box, of which there are few.
        if self.squad and random.random() < (0.65 if self.done < 0.5 else 0.4):
            return self.composed() if random.random() < 0.35 else self.paragraph()
        chance = random.random()
        if chance < 0.72 or not self.sentences:
            return self.passage()
        return self.sentence() if chance < 0.94 else windowed(cloze(self.passages), 500)


def judged(path, items, count=460):
    """Questions of yes or no made of SQuAD's development questions, but for the paragraphs of `items`: they measure, and teach none."""
    unseen = {run for x in items for run in shingles(x["context"])}
    state = random.getstate()
    random.seed(9)
    own = YesNo(list(squad(path, "SQuAD", unseen)))
    drawn = [own.draw() for _ in range(count)]
    random.setstate(state)
    return [x for x in drawn if x["verdict"] < 2]


def as_typed(question):
    """One in three as people type them into a search box: no question mark."""
    return question.rstrip(" ?") if random.random() < 0.33 else question


def titled(item):
    """Behind its title, as the product reads a text that has one: a passage often doesn't say what it is about."""
    return led(f"{item['title']}: ", item) if item.get("title") else item


def behind(steps, item):
    """Behind the sentences that lead to it, as the product reads it."""
    return led(" ".join(sentence_of(x) for x in steps) + f" {item['title']}: ", item) if steps else maybe_titled(item)


def led(lead, item):
    return {**item, "context": lead + item["context"], "start": None if item["start"] is None else len(lead) + item["start"]}


def maybe_titled(item):
    return titled(item) if random.random() < 0.6 else item


def maybe_absent(item, names):
    """The example, or, now and then, one like it that its passage doesn't answer; `names` is a text that names others."""
    chance = random.random()
    if chance < GONE:
        return gone(item) or item
    return (chance < GONE + RENAMED and renamed(item, names)) or item


def maybe_first(item):
    """The example, or, now and then, what has to be found first for it: of a question of one step nothing."""
    return {**item, "question": FIRST_STEP + item["question"], "start": None} if random.random() < ONE_STEP else item


def shortened(item):
    """Long passages cost most: a window around the answer, mostly."""
    return windowed(item, random.choice([400, 600, 900])) if random.random() < 0.75 else item


def windowed(item, most=900):
    """The example with its context cut to a window around the answer, at blanks."""
    text, start = item["context"], item["start"]
    if start is None or len(text) <= most:
        return item
    low = max(0, start - random.randint(50, most - 150))
    low = 0 if low == 0 else text.find(" ", low) + 1
    high = min(len(text), low + most)
    if start < low or start + len(item["answer"]) > high:
        return item
    return {**item, "context": text[low:high], "start": start - low}
