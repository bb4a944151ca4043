"""A linear map of the shared space into the language model's input embeddings, by ridge regression over words that are one token: CACHE/bridge.npz."""
from collections import Counter

import numpy as np

from settings import CACHE, THING_TEXT
from words import words_of

LEAST, RIDGE = 3, 3.0


def main():
    target = CACHE / "bridge.npz"
    if target.exists():
        return
    from gguf_model import tokenizer, weights
    from vectors import to_space
    counts = Counter(word for caption in np.load(CACHE / "vectors.npz", allow_pickle=True)["captions"] for word in words_of(caption))
    vocabulary = tokenizer().get_vocab()
    words = [word for word, n in counts.items() if n >= LEAST and len(word) > 2 and "Ġ" + word in vocabulary]
    table = weights()[1]["model.embed_tokens.weight"]
    x = to_space([THING_TEXT.format(name=word) for word in words])
    y = table[[vocabulary["Ġ" + word] for word in words]] - table.mean(0)
    fit, check = np.arange(len(words)) % 8 != 0, np.arange(len(words)) % 8 == 0
    solve = lambda a, b: np.linalg.solve(a.T @ a + RIDGE * np.eye(x.shape[1]), a.T @ b)
    guess = x[check] @ solve(x[fit], y[fit])
    rank = (guess @ y.T >= (guess @ y.T)[np.arange(check.sum()), np.nonzero(check)[0]][:, None]).sum(1)
    print(len(words), "words; held-out words found among them: first", round(100 * float((rank == 1).mean()), 1), "%, first ten", round(100 * float((rank <= 10).mean()), 1), "%")
    weight = solve(x, y)
    print("norm of a guess", float(np.linalg.norm(x @ weight, axis=1).mean()), "of a word", float(np.linalg.norm(y, axis=1).mean()))
    np.savez(target, weight=weight.astype(np.float32))


if __name__ == "__main__":
    main()
