"""python -m unittest test_absent"""
import random, unittest

from absent import gone, renamed

TEXT = "Thomas Miller cast the bell in Westbrook. It rang in 1811 for the first time. Anna Berg heard it in Hull."
CAST = dict(question="Who cast the bell that Anna Berg heard?", context=TEXT, answer="Thomas Miller", golds=["Thomas Miller"], start=0)


class Absent(unittest.TestCase):
    def test_takes_the_sentence_that_answers_away(self):
        self.assertEqual(gone(CAST)["context"], "It rang in 1811 for the first time. Anna Berg heard it in Hull.")
        self.assertIsNone(gone(CAST)["start"])

    def test_leaves_nothing_alone(self):
        self.assertIsNone(gone({**CAST, "context": "Thomas Miller cast the bell in Westbrook.", "golds": ["the bell"], "answer": "the bell"}))

    def test_leaves_an_answer_across_what_looks_like_an_end(self):
        text = "He served in the U.S. Navy for years. Then he went to live in Hull with Anna Berg."
        self.assertIsNone(gone(dict(question="Whom did he serve?", context=text, answer="U.S. Navy", start=text.index("U.S."))))

    def test_takes_no_other_form_of_the_name(self):
        self.assertIsNone(renamed(CAST, "The hall is Ellen Berg's, and Anna’s."))

    def test_names_another(self):
        random.seed(1)
        other = renamed(CAST, "The hall was built by Ellen Carew in 1900.")
        self.assertEqual(other["question"], "Who cast the bell that Ellen Carew heard?")
        self.assertIsNone(other["start"])

    def test_names_no_other_that_stands_beside_the_answer(self):
        self.assertIsNone(renamed(CAST, "It was seen by Thomas Miller."))


if __name__ == "__main__":
    unittest.main()
