"""python -m unittest: making of data, the packing of samples, the metrics, the packed weights."""
import pathlib, tempfile, unittest

import numpy as np
import torch
from onnx import TensorProto, helper

from align import begin
from graph import Graph, pack, quantise
from metrics import bleu4, cider
from model import Fusion, LookingModel, LowRank, Memory
from samples import Sample, batch
from scenes import Thing, ask, compose, count, side_of, tell, touching
from settings import TOKEN, WIDTH
from simulate import Simulator, unit
from words import coloured, phrases, things, things_of, tidy


def tiny(kind="llama"):
    from transformers import LlamaConfig, LlamaForCausalLM, MistralConfig, MistralForCausalLM
    shape = dict(vocab_size=120, hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=128, tie_word_embeddings=True)
    torch.manual_seed(0)
    return (LlamaForCausalLM(LlamaConfig(**shape)) if kind == "llama" else MistralForCausalLM(MistralConfig(**shape, sliding_window=None))).eval()


def sample(branches, prefix=(5, 6, 7), seed=0):
    return Sample(np.random.default_rng(seed).normal(size=(4, TOKEN)).astype(np.float32), -1, list(prefix), branches)


class Words(unittest.TestCase):
    def test_a_caption_names_things_and_numbers(self):
        self.assertEqual(things("Two men and a dog near a stop sign"), {"person": 2, "dog": 1, "stop sign": 1})
        self.assertEqual(things("A group of people on horses"), {"person": 5, "horse": 3})
        self.assertEqual(things_of(["Two cats.", "Two cats sleep.", "A cat."])["cat"], 2)

    def test_phrases_are_what_lies_between_prepositions(self):
        self.assertEqual(phrases("A red bus on a busy street"), ["a red bus", "a busy street"])

    def test_a_caption_is_tidied_to_one_sentence(self):
        self.assertEqual(tidy("  a  dog runs .. "), "A dog runs.")
        self.assertEqual(coloured("A red bus"), [("bus", "red")])


class Scenes(unittest.TestCase):
    names = [f"thing{i}" for i in range(80)]

    def test_sides_follow_from_the_boxes(self):
        a, b = Thing(0, (0.1, 0.4, 0.1, 0.1), 1), Thing(1, (0.7, 0.4, 0.1, 0.1), 1)
        self.assertEqual((side_of(a, b), side_of(b, a)), ("left", "right"))
        self.assertIsNone(side_of(a, Thing(1, (0.12, 0.42, 0.1, 0.1), 1)))
        self.assertTrue(touching(a, Thing(1, (0.15, 0.45, 0.1, 0.1), 1)))

    def test_answers_are_true_of_the_scene(self):
        for seed in range(40):
            rng = np.random.default_rng(seed)
            made = compose(rng)
            there = {self.names[t.index] for t in made}
            for kind, question, answer in ask(self.names, made, rng, 6):
                if kind == "presence" and question.startswith("Is there"):
                    self.assertEqual(answer == "Yes", any(f" {name} " in question for name in there), question)
                if kind == "count" and answer.isdigit():
                    self.assertIn(int(answer), count(made).values())

    def test_a_scene_is_told_in_one_sentence(self):
        self.assertEqual(tell(["dog", "cat"], {0: 2, 1: 1}), "Two dogs and a cat.")


class Simulated(unittest.TestCase):
    def test_vision_tokens_have_the_shape_of_real_ones(self):
        rng = np.random.default_rng(0)
        simulator = Simulator(unit(rng.normal(size=(1000, WIDTH))), unit(rng.normal(size=(80, WIDTH))))
        found = simulator.detect({3: 2, 5: 1}, rng)
        tokens = simulator.tokens(unit(rng.normal(size=WIDTH)), [], found, rng)
        self.assertEqual(tokens.shape, (6 + len(found), TOKEN))
        np.testing.assert_allclose(np.linalg.norm(tokens[:, :WIDTH], axis=1), 1, atol=1e-4)
        self.assertEqual(tokens[:, WIDTH + 4 : WIDTH + 7].sum(0).tolist(), [1, 5, len(found)])


class Model(unittest.TestCase):
    def test_a_branch_does_not_see_its_neighbours(self):
        model = LookingModel(tiny(), Fusion(32))
        one = batch([sample([([10, 11, 12], 0, 1.0), ([20, 21], 0, 1.0)])])
        other = batch([sample([([30, 31, 32], 0, 1.0), ([20, 21], 0, 1.0)])])
        alone = batch([sample([([20, 21], 0, 1.0)])])
        losses = [model.loss(b)[1][-2:] for b in (one, other, alone)]
        torch.testing.assert_close(losses[0], losses[1])
        torch.testing.assert_close(losses[0], losses[2])

    def test_padding_changes_nothing(self):
        model = LookingModel(tiny(), Fusion(32))
        short, long = sample([([10, 11], 0, 1.0)]), sample([([10, 11, 12, 13, 14], 0, 1.0)], seed=1)
        torch.testing.assert_close(model.loss(batch([short]))[1], model.loss(batch([short, long]))[1][:2])

    def test_only_the_fusion_and_the_additions_learn(self):
        model = LookingModel(tiny(), Fusion(32))
        before = {n: p.clone() for n, p in model.named_parameters()}
        optimiser = torch.optim.SGD(model.learned().values(), lr=0.5)
        for _ in range(2):
            optimiser.zero_grad()
            model.loss(batch([sample([([10, 11, 12], 1, 3.0)])]))[0].backward()
            optimiser.step()
        changed = {n for n, p in model.named_parameters() if not torch.equal(before[n], p)}
        self.assertTrue(changed and all(n.startswith("fusion.") or n.endswith((".a", ".b")) for n in changed), changed)
        self.assertTrue(any(n.endswith("q_proj.b") for n in changed) and "fusion.vision.weight" in changed)

    def test_without_looking_the_language_model_is_its_old_self(self):
        language = tiny()
        ids = torch.tensor([[3, 4, 5]])
        before = language(ids).logits.detach()
        model = LookingModel(language, Fusion(32))
        for module in model.modules():
            if isinstance(module, LowRank):
                torch.nn.init.ones_(module.b)
        self.assertFalse(torch.allclose(language(ids).logits, before))
        torch.testing.assert_close(model.look(0.0).language(ids).logits, before)

    def test_a_sample_s_own_captions_are_hidden_from_its_memory(self):
        vectors = torch.nn.functional.normalize(torch.randn(5, WIDTH), dim=-1)
        memory, vision = Memory(vectors, scale=200.0), torch.zeros(1, 1, TOKEN)
        vision[0, 0, :WIDTH] = vectors[2]
        torch.testing.assert_close(memory(vision, torch.tensor([[-1]]))[0, 0], vectors[2], atol=1e-4, rtol=0)
        self.assertLess((memory(vision, torch.tensor([[2]]))[0, 0] @ vectors[2]).item(), 0.9)


class Aligned(unittest.TestCase):
    def test_a_word_looks_at_its_own_thing(self):
        torch.manual_seed(0)
        fusion = Fusion(320, memory=Memory(torch.nn.functional.normalize(torch.randn(9, WIDTH), dim=-1)))
        things, words = torch.nn.functional.normalize(torch.randn(80, WIDTH), dim=-1), torch.randn(80, 320) * 0.13
        begin(fusion, words, torch.arange(80), torch.randn(50, 320) * 0.13, things)
        vision = torch.zeros(80, TOKEN)
        vision[:, :WIDTH], vision[:, WIDTH + 6] = things, 1
        seen = fusion.vision.weight[:, :TOKEN] @ vision.T
        score = (fusion.q.weight[:40] @ words.T).T @ (fusion.k.weight[:40] @ seen)
        self.assertGreater((score.argmax(1) == torch.arange(80)).float().mean().item(), 0.9)


class Metrics(unittest.TestCase):
    def test_the_reference_itself_is_perfect(self):
        references = [["a dog runs on the green grass"], ["two cats sleep in a small bed"]]
        said = [r[0] for r in references]
        self.assertAlmostEqual(bleu4(said, references), 100)
        self.assertAlmostEqual(cider(said, references), 1000)
        self.assertAlmostEqual(cider(said[::-1], references), 0, places=5)


class Packed(unittest.TestCase):
    def test_four_bits_stay_near_and_come_back(self):
        values = np.random.default_rng(0).normal(size=(8, 64)).astype(np.float32)
        q, d, offset = quantise(values)
        back = (d[..., None] * (q.astype(np.float32) - 8) + offset[..., None]).reshape(8, 64)
        self.assertLess(((back - values) ** 2).mean() / (values**2).mean(), 0.01)
        packed = pack(q)
        np.testing.assert_array_equal(packed[..., 3] & 15, q[..., 6])
        np.testing.assert_array_equal(packed[..., 3] >> 4, q[..., 7])

    def test_a_packed_layer_equals_the_dense_one(self):
        import onnxruntime as ort
        rng = np.random.default_rng(0)
        q, d, offset = quantise(rng.normal(size=(96, 64)).astype(np.float32))
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            g = Graph(folder / "w.data")
            steps, moved = g.steps(d, offset)
            main = g.node("MatMulNBits", "x", g.keep(pack(q)), g.node("Reshape", steps, g.ints(-1)), domain="com.microsoft", K=64, N=96, bits=4, block_size=32)
            sums = g.node("MatMul", "x", g.keep(np.kron(np.eye(2), np.ones((32, 1))).astype(np.float32)))
            g.node("Add", main, g.node("MatMul", sums, g.node("Transpose", moved, perm=[1, 0])), outputs=["y"])
            value = lambda name, width: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width])
            g.save(folder / "m.onnx", [value("x", 64)], [value("y", 96)])
            x = rng.normal(size=(3, 64)).astype(np.float32)
            got = ort.InferenceSession(str(folder / "m.onnx"), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
        dense = (d[..., None] * (q.astype(np.float32) - 8) + offset[..., None]).reshape(96, 64)
        self.assertLess(np.abs(got - x @ dense.T).max(), 0.1)


if __name__ == "__main__":
    unittest.main()
