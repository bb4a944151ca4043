"""
The text model of the pack in Python, for comparison: `bench_raw.py raw` is a plain onnxruntime loop at its best batch
size and threads (both searched on the texts themselves), `bench_raw.py fastembed` is fastembed on the same files.
test/bench/encode.ts starts it and asks for one round at a time, one JSON object a line:
in  {"texts": [...]}    out {"texts": n, "seconds": s, "cpu_seconds": s, "peak_mb": m, "setting": "..."}
By hand:  pip install onnxruntime tokenizers fastembed; python training/bench_raw.py raw --texts FILE   (a text a line)
"""
import argparse, json, os, pathlib, resource, sys, tempfile, time

import numpy as np

MODEL = pathlib.Path(__file__).parent.parent / "models" / "bge-small-en-v1.5"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Raw:
    """Texts sorted by length, batches of a fixed number; the number and the session's settings are searched once for each list."""

    def __init__(self):
        import onnxruntime
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(512)
        self.sessions = {}
        for threads in sorted({1, CORES}):
            for spinning in (["0", "1"] if threads > 1 else ["0"]):
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
                options.add_session_config_entry("session.intra_op.allow_spinning", spinning)
                self.sessions[f"{threads} threads, spinning {spinning}"] = onnxruntime.InferenceSession(
                    str(MODEL / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self.best = {}

    def embed(self, texts, batch, session):
        encoded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(texts)), key=lambda i: -len(encoded[i]))
        vectors = np.empty((len(texts), 384), np.float32)
        for first in range(0, len(order), batch):
            rows = order[first:first + batch]
            length = len(encoded[rows[0]])
            ids, mask = np.zeros((len(rows), length), np.int64), np.zeros((len(rows), length), np.int64)
            for row, i in enumerate(rows):
                ids[row, :len(encoded[i])] = encoded[i]
                mask[row, :len(encoded[i])] = 1
            feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            first_token = session.run(["last_hidden_state"], feeds)[0][:, 0]
            vectors[rows] = first_token / np.linalg.norm(first_token, axis=1, keepdims=True)
        return vectors

    def round(self, texts):
        key = (len(texts), len(texts[0]))
        if key not in self.best:
            sample = texts[:max(16, len(texts) // 4)]
            tried = []
            for name, session in self.sessions.items():
                for batch in (1, 2, 4, 8, 16, 32, 64, 128):
                    if batch > len(sample):
                        break
                    seconds = min(timed(lambda: self.embed(sample, batch, session)) for _ in range(2))
                    tried.append((seconds, batch, name))
            self.best[key] = min(tried)[1:]
        batch, name = self.best[key]
        self.embed(texts, batch, self.sessions[name])
        return f"batch {batch}, {name}"


class Fastembed:
    """As its documentation says: its own batch size, all cores."""

    def __init__(self):
        from fastembed import TextEmbedding
        from fastembed.common.model_description import ModelSource, PoolingType

        folder = pathlib.Path(tempfile.mkdtemp())
        for name in ("model.onnx", "tokenizer.json"):
            (folder / name).symlink_to((MODEL / name).resolve())
        # What fastembed reads besides, as bge-small-en-v1.5 has it.
        special = {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]", "mask_token": "[MASK]"}
        (folder / "config.json").write_text(json.dumps({"pad_token_id": 0, "hidden_size": 384}))
        (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 512, "pad_token": "[PAD]", **special}))
        (folder / "special_tokens_map.json").write_text(json.dumps(special))
        TextEmbedding.add_custom_model(model="pack/bge-small", pooling=PoolingType.CLS, normalization=True,
                                       sources=ModelSource(hf="pack/bge-small"), dim=384, model_file="model.onnx")
        self.model = TextEmbedding("pack/bge-small", specific_model_path=str(folder), threads=CORES)

    def round(self, texts):
        list(self.model.embed(texts))
        return "batch 256 (its default)"


def timed(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variant", choices=["raw", "fastembed"])
    parser.add_argument("--texts", help="file with a text a line; without it, requests come on standard input")
    args = parser.parse_args()
    try:
        variant = {"raw": Raw, "fastembed": Fastembed}[args.variant]()
    except ImportError as error:
        sys.exit(f"{error}. pip install onnxruntime tokenizers fastembed")
    variant.round(["warm"] * 16)
    print(json.dumps({"ready": args.variant}), flush=True)
    lines = [json.dumps({"texts": pathlib.Path(args.texts).read_text().splitlines()})] * 3 if args.texts else sys.stdin
    for line in lines:
        texts = json.loads(line)["texts"]
        if isinstance(variant, Raw):
            variant.round(texts)  # the search, where these texts are new
        before, setting = cpu_seconds(), None

        def work():
            nonlocal setting
            setting = variant.round(texts)

        seconds = timed(work)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        print(json.dumps({"texts": len(texts), "seconds": seconds, "cpu_seconds": cpu_seconds() - before,
                          "peak_mb": peak, "setting": setting}), flush=True)


if __name__ == "__main__":
    main()
