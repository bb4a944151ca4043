"""python -m unittest test_composed"""
import random, unittest

from composed import Composer, noun_phrase, sentence_of
from sources import shingles


def item(question, context, answer):
    return dict(question=question, context=context, answer=answer, start=context.index(answer), title="")


BELL = item("Who cast the lantern bell?", "It hangs in the hall. Thomas Miller cast the bell in 1811.", "Thomas Miller")
BORN = item("Where was Thomas Miller born?", "Thomas Miller was born in Westbrook.", "Westbrook")


class Composed(unittest.TestCase):
    def test_makes_a_question_a_noun_phrase(self):
        self.assertEqual(noun_phrase("Who cast the lantern bell?"), "the person who cast the lantern bell")
        self.assertEqual(noun_phrase("What is the capital of Peru?"), "the capital of Peru")
        self.assertEqual(noun_phrase("Where was the bell found?"), "the place where the bell was found")
        self.assertEqual(noun_phrase("Which town hosted the fair of 1811?"), "the town that hosted the fair of 1811")
        self.assertIsNone(noun_phrase("When did the ship sink?"))

    def test_puts_one_question_into_another(self):
        random.seed(1)
        composer = Composer([BELL, BORN])
        self.assertEqual(composer.names, ["Thomas Miller"])
        self.assertEqual(composer.draw(), ("Where was the person who cast the lantern bell born?", BELL, BORN))

    def test_puts_two_questions_into_another(self):
        random.seed(1)
        ruled = item("Who ruled Westbrook in 1900?", "Ellen Carew ruled Westbrook.", "Ellen Carew")
        asked, *steps = Composer([BELL, BORN, ruled]).draw_longer()
        self.assertEqual(asked, "Who ruled the place where the person who cast the lantern bell was born in 1900?")
        self.assertEqual(steps, [BELL, BORN, ruled])

    def test_takes_whole_names_alone(self):
        other = item("Where was Thomas Miller Carew born?", "Thomas Miller Carew was born in Hull.", "Hull")
        self.assertEqual(Composer([BELL, other]).names, [])

    def test_finds_the_sentence_of_an_answer(self):
        self.assertEqual(sentence_of(BELL), "Thomas Miller cast the bell in 1811.")

    def test_knows_a_passage_again(self):
        text = "one two three four five six seven eight nine ten eleven"
        self.assertTrue(shingles(text) & shingles("Zero " + text.upper()))
        self.assertFalse(shingles(text) & shingles("ten nine eight seven six five four three two one zero"))


if __name__ == "__main__":
    unittest.main()
