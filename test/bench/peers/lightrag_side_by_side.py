"""The same passages, questions and embedder through LightRAG (lightrag-hku), beside `sensegraph eval retrieval`.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r test/bench/peers/requirements.txt
    /tmp/peers/bin/python test/bench/peers/lightrag_side_by_side.py --corpus corpus.jsonl --manifest questions.jsonl \
        --passages 300 --questions 40 --out /tmp/side-by-side
    sensegraph eval retrieval --corpus /tmp/side-by-side/corpus.jsonl --manifest /tmp/side-by-side/questions.jsonl --json

The embedder is models/bge-small-en-v1.5: first token, unit norm, and the prefix of questions for questions alone.
There is no language model. In its place stands one that answers by rules, in the format that LightRAG's prompt asks for:
runs of capitalised words are entities (described by the first sentence they are in), and two in one sentence are related
(described by that sentence). Keywords of a question are its capitalised names and the question itself. So what is
compared is the way of indexing and retrieving; with a large language model LightRAG's graph would be a better one, at
a call a passage. Writes the subset to --out: the passages that the questions need, then others in the corpus' order.
Prints JSON: seconds of the wall clock and of the CPU to index, milliseconds a question, recall.
"""

import argparse
import asyncio
import json
import random
import re
import resource
import shutil
import time
from itertools import combinations
from pathlib import Path

import numpy as np
import onnxruntime
from lightrag import LightRAG, QueryParam
from lightrag.utils import EmbeddingFunc, Tokenizer
from tokenizers import Tokenizer as WordPiece

MODEL = Path(__file__).parents[3] / "models" / "bge-small-en-v1.5"
QUERY_PREFIX = "Represent this sentence for searching relevant passages: "
DIMENSION = 384
BATCH = 16
NAME = re.compile(r"\b[A-Z][\w'’-]*(?:\s+(?:of|the|de|von|and)?\s*[A-Z][\w'’-]*)*")
# A capital at the start of a sentence makes no name of these.
SMALL = set("The A An In On At He She It They His Her Its This That These Those As After Before When While For From With By".split())
# Of one sentence, so that a list of names doesn't make hundreds of pairs.
MOST_NAMES = 8


class Shared:
    """LightRAG copies what it is given, deeply; these stay one."""

    def __deepcopy__(self, _memo: dict) -> "Shared":
        return self


class Embedder(Shared):
    """bge-small as Sensegraph runs it: the same file, pooling and prefix."""

    def __init__(self, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(MODEL / "model.onnx"), options, ["CPUExecutionProvider"])
        self.inputs = {one.name for one in self.session.get_inputs()}
        self.tokenizer = WordPiece.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.enable_truncation(512)
        self.tokenizer.enable_padding()
        self.texts = 0

    def embed(self, texts: list[str], prefix: str = "") -> np.ndarray:
        """Unit-norm vectors [texts × 384]."""
        self.texts += len(texts)
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        # Alike in length together, so that little is padded.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            encoded = self.tokenizer.encode_batch([prefix + texts[i] for i in part])
            ids = np.array([one.ids for one in encoded], dtype=np.int64)
            feeds = {
                "input_ids": ids,
                "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
                "token_type_ids": np.zeros_like(ids),
            }
            hidden = self.session.run(None, {name: feeds[name] for name in self.inputs})[0][:, 0]
            vectors[part] = hidden / np.linalg.norm(hidden, axis=1, keepdims=True)
        return vectors

    async def __call__(self, texts: list[str], context: str = "document") -> np.ndarray:
        return self.embed(texts, QUERY_PREFIX if context == "query" else "")


class Tokens(Shared):
    """Four characters a token, as of usual text, without a download. LightRAG takes its chunks apart and together by it,
    so it must lose nothing: the embedder's own would take the capitals away."""

    def encode(self, content: str) -> list[int]:
        parts = (content[i : i + 4] for i in range(0, len(content), 4))
        return [int.from_bytes(part.encode("utf-32-be"), "big") for part in parts]

    def decode(self, tokens: list[int]) -> str:
        return b"".join(one.to_bytes((one.bit_length() + 31) // 32 * 4, "big") for one in tokens).decode("utf-32-be")


def names_in(sentence: str) -> list[str]:
    found = []
    for match in NAME.findall(sentence):
        words = match.split()
        while words and words[0] in SMALL:
            words = words[1:]
        if words:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))[:MOST_NAMES]


class Stub(Shared):
    """Answers by rules what LightRAG asks a language model."""

    calls = 0

    async def __call__(self, prompt: str, system_prompt: str | None = None, **_given: object) -> str:
        self.calls += 1
        text = re.search(r"---Input Text---\s*```\n(.*?)\n```\s*\n---Output---", prompt, re.S)
        if text is None:
            # A summary of an entity's descriptions: as they are.
            return prompt[-1000:]
        entities: dict[str, str] = {}
        relations: dict[tuple[str, str], str] = {}
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text.group(1)):
            names = names_in(sentence)
            for name in names:
                entities.setdefault(name, sentence)
            for pair in combinations(names, 2):
                relations.setdefault(pair, sentence)
        return json.dumps(
            {
                "entities": [{"name": one, "type": "Other", "description": said} for one, said in entities.items()],
                "relationships": [
                    {"source": a, "target": b, "keywords": "related", "description": said}
                    for (a, b), said in relations.items()
                ],
            }
        )


def subset(corpus: list[dict], questions: list[dict], passages: int, count: int) -> tuple[list[dict], list[dict]]:
    chosen = random.Random(0).sample(questions, min(count, len(questions)))
    wanted = {one for question in chosen for one in question["supporting_passages"]}
    first = [one for one in corpus if one["id"] in wanted]
    rest = [one for one in corpus if one["id"] not in wanted]
    return (first + rest)[: max(passages, len(first))], chosen


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--manifest", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="go on from an index of an earlier run; its time is not counted")
    given = parser.parse_args()
    known = [one for one in lines(given.manifest) if one.get("supporting_passages")]
    corpus, questions = subset(lines(given.corpus), known, given.passages, given.questions)
    given.out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("corpus", corpus), ("questions", questions)):
        (given.out / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    folder = given.out / "lightrag"
    if not given.keep:
        shutil.rmtree(folder, ignore_errors=True)
    embedder, stub = Embedder(given.threads), Stub()
    rag = LightRAG(
        working_dir=str(folder),
        llm_model_func=stub,
        embedding_func=EmbeddingFunc(embedding_dim=DIMENSION, func=embedder, supports_asymmetric=True),
        tokenizer=Tokenizer("four characters", Tokens()),
        entity_extract_max_gleaning=0,
        entity_extraction_use_json=True,
        enable_llm_cache=False,
        enable_llm_cache_for_entity_extract=False,
    )
    await rag.initialize_storages()
    started, cpu = time.monotonic(), cpu_seconds()
    ids = [one["id"] for one in corpus]
    texts = [f"{one.get('title', '')}: {one['text']}" for one in corpus]
    await rag.ainsert(texts, ids=ids, file_paths=ids)
    report: dict = {
        "library": "lightrag-hku 1.5.7",
        "passages": len(corpus),
        "questions": len(questions),
        "index_s": round(time.monotonic() - started, 1),
        "index_cpu_s": round(cpu_seconds() - cpu, 1),
        "texts_embedded": embedder.texts,
        "model_calls": stub.calls,
        "modes": {},
    }
    for mode in ("naive", "local", "hybrid", "mix"):
        took, recalls, cpu = [], {}, cpu_seconds()
        for question in questions:
            text = question["question"]
            begun = time.monotonic()
            found = await rag.aquery_data(
                text,
                QueryParam(
                    mode=mode, enable_rerank=False, chunk_top_k=20, hl_keywords=[text], ll_keywords=names_in(text) or [text]
                ),
            )
            took.append(1000 * (time.monotonic() - begun))
            chunks = found.get("data", {}).get("chunks", [])
            ranked = list(dict.fromkeys(chunk["file_path"] for chunk in chunks))
            wanted = question["supporting_passages"]
            for k in (2, 5, 10):
                share = len(set(ranked[:k]) & set(wanted)) / len(wanted)
                recalls.setdefault(question["source"], {}).setdefault(f"recall@{k}", []).append(share)
        report["modes"][mode] = {
            "ms_p50": round(float(np.quantile(took, 0.5)), 1),
            "ms_p95": round(float(np.quantile(took, 0.95)), 1),
            "cpu_ms": round(1000 * (cpu_seconds() - cpu) / len(questions), 1),
            **{
                source: {name: round(100 * float(np.mean(shares)), 1) for name, shares in own.items()}
                for source, own in recalls.items()
            },
        }
    await rag.finalize_storages()
    print(json.dumps(report, indent=2))


asyncio.run(main())
