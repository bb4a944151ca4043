"""Development figures of the exported model: captions, statements and choices of real pictures, exact scenes never seen. CACHE/pictures-*.npz from pictures.py."""
import argparse, json, math

import numpy as np

from metrics import bleu4, cider
from pictures import read
from runtime import Runtime
from samples import Photographs
from scenes import ask, compose, tell
from settings import DATA, WIDTH
from simulate import unit
from words import tidy


def interval(right: int, n: int) -> str:
    p = right / max(1, n)
    half = 1.96 * math.sqrt(p * (1 - p) / max(1, n))
    return f"{100 * p:.1f} ({100 * max(0, p - half):.1f}–{100 * min(1, p + half):.1f}), n {n}"


def lines_of(path: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / path).read_text().splitlines()]


def things_of(vision: np.ndarray, things: np.ndarray) -> list[int]:
    return [int((things @ row[:WIDTH]).argmax()) for row in vision if row[WIDTH + 6] == 1]


def template(vision, photographs) -> str:
    """'A picture of a dog and two cats.' by what the detector found."""
    found = [i for i in things_of(vision[:12], photographs.simulator.things)]
    return "A picture of " + tell(photographs.names, {i: min(12, found.count(i)) for i in dict.fromkeys(found)}).lower() if found else "A picture."


def captions(model: Runtime, photographs, show: int):
    vision, lines = read("coco"), lines_of("images/coco/manifest.jsonl")
    said = [model.generate(model.config["prompts"]["caption"], vision[line["file"]]) for line in lines]
    references = [line["captions"] for line in lines]
    for line, one in list(zip(lines, said))[:show]:
        print("  ", line["file"][-16:-4], one, "|", line["captions"][0])
    base = [template(vision[line["file"]], photographs) for line in lines]
    print("COCO captions: CIDEr", round(cider(said, references), 1), "BLEU-4", round(bleu4(said, references), 1), "template", round(cider(base, references), 1), round(bleu4(base, references), 1))
    loss = {}
    for name, shift in (("true", 0), ("shuffled", 1)):
        each = [model.losses(model.config["prompts"]["caption"], tidy(text), vision[lines[(i + shift) % len(lines)]["file"]]) for i, line in enumerate(lines) for text in line["captions"]]
        loss[name] = round(float(np.concatenate(each).mean()), 3)
    print("loss a token", loss)


def answer(model: Runtime, prompt: str, options: list[str], vision) -> int:
    return int(np.argmin([model.losses(prompt, option, vision).sum() for option in options]))


def statements(model: Runtime):
    coco, lines = read("coco"), lines_of("images/coco/statements.jsonl")
    chosen = [line for line in lines if line["task"] == "caption_choice"]
    right = sum(answer(model, model.config["prompts"]["caption"], [tidy(c) for c in line["choices"]], coco[line["file"]]) == line["answer_index"] for line in chosen)
    print("SugarCrepe", interval(right, len(chosen)))
    told = [(line, coco[line["file"]]) for line in lines if line["task"] == "image_statement_verification"]
    print("VSR", interval(*yes_no(model, told)))
    try:
        nlvr = read("nlvr")
    except FileNotFoundError:
        return
    print("NLVR", interval(*yes_no(model, [(line, nlvr[line["file"]]) for line in lines_of("images/nlvr/manifest.jsonl")])))


def yes_no(model: Runtime, told) -> tuple[int, int]:
    right = 0
    for line, vision in told:
        prompt = model.config["prompts"]["statement"].replace("{question}", tidy(line["statement"]))
        right += (answer(model, prompt, ["Yes", "No"], vision) == 0) == (str(line["answer"]).lower() == "true")
    return right, len(told)


def scenes(model: Runtime, photographs, number: int):
    """Exact scenes from a seed that training never draws."""
    rng, told = np.random.default_rng(987_654), {}
    for _ in range(number):
        things = compose(rng, len(photographs.names))
        vectors = photographs.simulator.things[[t.index for t in things]]
        vision = photographs.simulator.tokens(unit(vectors.mean(0)), list(vectors), things, rng)
        for kind, question, truth in ask(photographs.names, things, rng, 4):
            if kind == "tell":
                continue
            said = model.generate(model.config["prompts"]["question"].replace("{question}", question), vision, 4)
            for key in {kind, kind + (" yes/no" if truth in ("Yes", "No") else " open")}:
                told.setdefault(key, []).append(said == truth)
    for kind, right in sorted(told.items()):
        print("scenes:", kind, interval(sum(right), len(right)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=150)
    parser.add_argument("--show", type=int, default=0, help="captions to print")
    parser.add_argument("--only", choices=("captions", "statements", "scenes"))
    arguments = parser.parse_args()
    model, photographs = Runtime(), Photographs()
    if arguments.only in (None, "captions"):
        captions(model, photographs, arguments.show)
    if arguments.only in (None, "statements"):
        statements(model)
    if arguments.only in (None, "scenes"):
        scenes(model, photographs, arguments.scenes)


if __name__ == "__main__":
    main()
