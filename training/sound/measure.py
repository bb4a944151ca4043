"""What the teacher hears in the clips of a manifest: a JSONL of its five best labels for `sensegraph eval audio --teacher`,
and on standard error what a linear probe makes of its own embedding and scores. Measures; nothing is trained on these clips."""
import json, pathlib, sys
import av
import numpy as np
from scipy.optimize import minimize
from settings import RATE, WINDOW
from teacher import Teacher, class_names

HOP, LEAST_END, PENALTY = 7680, RATE // 10, 0.001


def decode(path):
    with av.open(str(path)) as media:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [out.to_ndarray()[0] for frame in media.decode(audio=0) for out in resampler.resample(frame)]
        parts += [out.to_ndarray()[0] for out in resampler.resample(None)]
    return np.concatenate(parts).astype(np.float32)


def windows(samples):
    """The same windows as the product's (src/adapters/onnx/sound-model.ts)."""
    starts = [0, *range(HOP, len(samples) - WINDOW + 1, HOP)]
    if len(samples) - starts[-1] - WINDOW >= LEAST_END:
        starts.append(len(samples) - WINDOW)
    for start in starts:
        part = samples[start : start + WINDOW]
        yield np.pad(part, (0, WINDOW - len(part)))


def probe(train, classes, test):
    """Multinomial logistic regression, standardised and penalised as in src/evaluate/linear-probe.ts."""
    mean, spread = train.mean(0), train.std(0)
    spread = np.where(spread < 1e-6, np.inf, spread * np.sqrt(train.shape[1]))
    x, y = (np.c_[(part - mean) / spread, np.ones(len(part))] for part in (train, test))
    own = np.eye(classes.max() + 1)[classes]


    def loss(flat):
        weights = flat.reshape(own.shape[1], -1)
        scores = x @ weights.T
        scores -= scores.max(1, keepdims=True)
        log = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return -(own * log).sum() / len(x) + PENALTY / 2 * (weights**2).sum(), (((np.exp(log) - own).T @ x) / len(x) + PENALTY * weights).ravel()

    best = minimize(loss, np.zeros(own.shape[1] * x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return (y @ best.x.reshape(own.shape[1], -1).T).argmax(1)


def main(manifest, out):
    folder = pathlib.Path(manifest).resolve().parent
    rows = [json.loads(line) for line in open(manifest, encoding="utf-8")]
    teacher, names, scores, embeddings = Teacher(), class_names(), [], []
    with open(out, "w") as file:
        for row in rows:
            path = next(parent / row["file"] for parent in [folder, *folder.parents] if (parent / row["file"]).exists())
            heard = [teacher(window) for window in windows(decode(path))]
            scores.append(np.mean([one[0] for one in heard], 0))
            # Unit norm a window, as the student's are: better for the teacher, too (90 against 83).
            embeddings.append(np.mean([one[1] / np.linalg.norm(one[1]) for one in heard], 0))
            print(json.dumps({"id": row["id"], "top5": [names[i] for i in scores[-1].argsort()[::-1][:5]]}), file=file)
    labels = sorted({row["label"] for row in rows})
    classes, folds = np.array([labels.index(row["label"]) for row in rows]), np.array([row["fold"] for row in rows])
    for name, features in dict(embedding=np.array(embeddings), scores=np.array(scores)).items():
        right = np.concatenate([probe(features[folds != fold], classes[folds != fold], features[folds == fold]) == classes[folds == fold] for fold in set(folds)])
        print(f"teacher's {name}: probe accuracy {100 * right.mean():.1f} (n {len(right)})", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
