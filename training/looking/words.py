"""What captions say: their phrases, and which of the detector's 80 things they name, and how many."""
import re

STOPS = set("on in at with of by near over under from into onto beside behind and while next to as that which who is are was has have for along around through across during up down off out "
            "above below inside outside against between among toward towards using its their his her it they there this some front top side back".split())
SYNONYMS = {
    "person": "man men woman women boy boys girl girls people person persons guy guys lady ladies child children kid kids player players skier skiers surfer surfers snowboarder skateboarder "
              "rider riders baby toddler batter pitcher catcher umpire male female someone",
    "bicycle": "bike bikes bicycles bicycle", "car": "car cars suv taxi cab sedan", "motorcycle": "motorcycle motorcycles motorbike motorbikes scooter moped",
    "airplane": "airplane airplanes plane planes jet jets airliner aircraft", "bus": "bus buses", "train": "train trains locomotive", "truck": "truck trucks pickup", "boat": "boat boats ship ships canoe kayak sailboat sailboats",
    "bird": "bird birds seagull seagulls duck ducks goose geese pigeon parrot owl pigeons", "cat": "cat cats kitten kittens kitty", "dog": "dog dogs puppy puppies", "horse": "horse horses pony ponies",
    "sheep": "sheep lamb lambs", "cow": "cow cows cattle bull bulls calf", "elephant": "elephant elephants", "bear": "bear bears", "zebra": "zebra zebras", "giraffe": "giraffe giraffes",
    "backpack": "backpack backpacks", "umbrella": "umbrella umbrellas parasol", "handbag": "purse handbag", "tie": "tie ties necktie", "suitcase": "suitcase suitcases luggage", "frisbee": "frisbee frisbees",
    "skis": "skis ski", "snowboard": "snowboard snowboards", "kite": "kite kites", "surfboard": "surfboard surfboards", "skateboard": "skateboard skateboards",
    "bottle": "bottle bottles", "cup": "cup cups mug mugs", "fork": "fork forks", "knife": "knife knives", "spoon": "spoon spoons", "bowl": "bowl bowls", "banana": "banana bananas", "apple": "apple apples",
    "sandwich": "sandwich sandwiches burger hamburger", "orange": "oranges", "broccoli": "broccoli", "carrot": "carrot carrots", "pizza": "pizza pizzas", "donut": "donut donuts doughnut doughnuts", "cake": "cake cakes cupcake cupcakes",
    "chair": "chair chairs", "couch": "couch couches sofa sofas", "bed": "bed beds", "toilet": "toilet toilets urinal urinals", "tv": "tv television televisions monitor monitors", "laptop": "laptop laptops",
    "mouse": "mouse", "remote": "remote remotes controller", "keyboard": "keyboard keyboards", "microwave": "microwave", "oven": "oven ovens stove", "toaster": "toaster", "sink": "sink sinks", "refrigerator": "refrigerator fridge refrigerators",
    "book": "book books", "clock": "clock clocks", "vase": "vase vases", "scissors": "scissors", "toothbrush": "toothbrush toothbrushes",
}
PAIRS = {"traffic light": "traffic light", "traffic lights": "traffic light", "stop light": "traffic light", "fire hydrant": "fire hydrant", "fire hydrants": "fire hydrant", "stop sign": "stop sign", "stop signs": "stop sign",
         "parking meter": "parking meter", "parking meters": "parking meter", "potted plant": "potted plant", "potted plants": "potted plant", "teddy bear": "teddy bear", "teddy bears": "teddy bear", "stuffed animal": "teddy bear",
         "stuffed bear": "teddy bear", "baseball bat": "baseball bat", "baseball glove": "baseball glove", "tennis racket": "tennis racket", "tennis racquet": "tennis racket", "wine glass": "wine glass", "wine glasses": "wine glass",
         "hot dog": "hot dog", "hot dogs": "hot dog", "cell phone": "cell phone", "cell phones": "cell phone", "dining table": "dining table", "wooden table": "dining table", "hair dryer": "hair drier", "polar bear": "bear", "sports ball": "sports ball",
         "tennis ball": "sports ball", "soccer ball": "sports ball", "park bench": "bench"}
SINGLE = {"bench": "bench", "benches": "bench", "hydrant": "fire hydrant", "racket": "tennis racket", "racquet": "tennis racket", "table": "dining table", "phone": "cell phone", "cellphone": "cell phone", "ball": "sports ball", "bat": "baseball bat"}
THING_OF = {word: thing for thing, words in SYNONYMS.items() for word in words.split()} | SINGLE
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2, "pair": 2, "several": 4, "many": 5, "some": 3, "few": 3, "group": 5, "herd": 6, "crowd": 8, "bunch": 5, "row": 4, "flock": 6}
PLURALS = {"person": "people", "bus": "buses", "bench": "benches", "sheep": "sheep", "skis": "skis", "wine glass": "wine glasses", "knife": "knives", "sandwich": "sandwiches", "broccoli": "broccoli", "couch": "couches",
           "mouse": "mice", "scissors": "scissors", "toothbrush": "toothbrushes"}
COLOURS = set("red blue green yellow white black brown orange pink purple gray grey silver gold tan beige".split())


def plural(thing: str) -> str:
    return PLURALS.get(thing, thing + "s")


def article(thing: str) -> str:
    """'a dog', 'an apple', 'skis'."""
    if thing in ("skis", "scissors", "broccoli"):
        return thing
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def tidy(caption: str) -> str:
    """One sentence with a capital at its start and a full stop at its end."""
    text = re.sub(r"\s+", " ", caption).strip().rstrip(".!, ")
    text = text.lower() if text.isupper() else text
    return text[:1].upper() + text[1:] + "."


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def phrases(caption: str) -> list[str]:
    """Runs of words between prepositions and the like, two to five words long: what regions of the picture may show."""
    found, run = [], []
    for word in [*words_of(caption), "of"]:
        if word in STOPS:
            if len(run) >= 2 or (run and run[0] in THING_OF):
                found.append(" ".join(run[:5]))
            run = []
        else:
            run.append(word)
    return found


def things(caption: str) -> dict[str, int]:
    """{thing: how many, as far as the caption tells}."""
    words, found, skip = words_of(caption), {}, -1
    for i, word in enumerate(words):
        if i <= skip:
            continue
        pair = PAIRS.get(" ".join(words[i : i + 2]))
        thing = pair or THING_OF.get(word)
        if not thing:
            continue
        last = words[i + 1] if pair and i + 1 < len(words) else word
        if pair:
            skip = i + 1
        # "A dog chair" is no dog: a singular name right before another is a modifier, except of people.
        many = last.endswith("s") and not thing.endswith("s") or last in ("people", "men", "women", "children", "sheep", "cattle", "geese")
        number = next((NUMBERS[w] for w in reversed(words[max(0, i - 3) : i + 1]) if w in NUMBERS and (not many or w not in ("a", "an", "one"))), 3 if many else 1)
        found[thing] = max(found.get(thing, 0), number if many else 1)
    return found


def things_of(captions: list[str]) -> dict[str, int]:
    """What the captions of one picture name together; a number is believed where two captions agree or no other speaks."""
    counts: dict[str, list[int]] = {}
    for caption in captions:
        for thing, number in things(caption).items():
            counts.setdefault(thing, []).append(number)
    return {thing: sorted(numbers)[len(numbers) // 2] for thing, numbers in counts.items()}


def coloured(caption: str) -> list[tuple[str, str]]:
    """(thing's word, colour) where a colour stands right before one of the 80 things."""
    words = words_of(caption)
    return [(b, a) for a, b in zip(words, words[1:]) if a in COLOURS and b in THING_OF and b != a]
