"""The exported graph against torch: logits with and without a picture, with the cache and without, and what 4 bits cost in loss."""
import numpy as np
import torch

from runtime import Runtime
from samples import Maker, Photographs
from settings import CACHE, PROMPTS
from train import build, encoder


def torch_logits(model, ids, vision):
    e = model.language.get_input_embeddings()(torch.tensor([ids]))
    if vision is not None:
        e = model.fusion(e, torch.from_numpy(vision)[None], torch.ones(1, len(vision)))
    model.look(0.0 if vision is None else 1.0)
    return model.language(inputs_embeds=e).logits[0].numpy()


def main(texts: int = 24):
    photographs = Photographs()
    model, made = build(photographs).eval(), Runtime()
    file = CACHE / "run/last.pt"
    if file.exists() and "--fresh" not in __import__("sys").argv:
        model.load_state_dict(torch.load(file, weights_only=True)["learned"], strict=False)
    maker, rng = Maker(photographs, encoder()), np.random.default_rng(3)
    for look in (False, True):
        losses, apart, same = [], [], []
        for i in photographs.held[:texts]:
            vision = maker.look(int(i), rng)[0] if look else None
            first = made.encode(PROMPTS["caption"])
            ids = first + made.encode(str(photographs.captions[photographs.of[i][0]])) + [2]
            with torch.no_grad():
                want = torch_logits(model, ids, vision)
            got, _ = made.run(ids, vision, list(range(len(ids))))
            part, past = made.run(ids[:9], vision, [8])
            rest, _ = made.run(ids[9:], vision, list(range(len(ids) - 9)), past)
            apart.append(float(np.abs(np.concatenate([part, rest]) - got[8:]).max()))
            log = lambda x: x - x.max(1, keepdims=True) - np.log(np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True))
            at = np.arange(len(first) - 1, len(ids) - 1)
            losses.append([-log(x)[at, np.array(ids)[at + 1]].mean() for x in (want, got)])
            same.append(float((want.argmax(1) == got.argmax(1)).mean()))
        torch_loss, onnx_loss = np.mean(losses, 0)
        print("look" if look else "plain", "loss torch", round(float(torch_loss), 4), "onnx", round(float(onnx_loss), 4), "same best token", round(100 * float(np.mean(same)), 1), "% cache against whole, largest difference of a logit", round(max(apart), 4))


if __name__ == "__main__":
    main()
