"""python -m unittest test_yes_no"""
import random, unittest

from yes_no import kind, shifted, yes_no


class YesNoQuestions(unittest.TestCase):
    def test_puts_the_answer_where_it_was_asked_for(self):
        random.seed(1)
        for question, answer, asked in (
            ("When was the bell cast?", "1811", "Was the bell cast in 1811?"),
            ("When did it sink?", "4 May 1890", "Did it sink on 4 May 1890?"),
            ("Where was Ann born?", "Hull", "Was Ann born in Hull?"),
            ("What year was it founded?", "1790", "Was it founded in 1790?"),
            ("In what city did Ann live?", "Hull", "Did Ann live in Hull?"),
            ("How many children did Ann have?", "three", "Did Ann have three children?"),
            ("Who was the first keeper?", "Ann Hill", "Was Ann Hill the first keeper?"),
            ("What was Ann known for?", "her bells", "Was Ann known for her bells?"),
            ("Which album did Ann release?", "Tides", "Did Ann release Tides?"),
            ("Why did it sink?", "ice", None),
        ):
            self.assertEqual(yes_no(question, answer), asked)
        self.assertIn(yes_no("Who wrote Tides?", "Ann"), ("Did Ann write Tides?", "Is it true that Ann wrote Tides?"))

    def test_knows_the_kind_of_an_answer(self):
        self.assertEqual([kind(x) for x in ("in 1811", "30 miles", "Ann Hill", "her bells")], ["time", "number", "name", "words"])

    def test_shifts_a_number(self):
        self.assertNotEqual(shifted("in 1811"), "in 1811")
        self.assertIsNone(shifted("Ann"))


if __name__ == "__main__":
    unittest.main()
