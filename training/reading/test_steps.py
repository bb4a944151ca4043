"""python -m unittest test_steps"""
import random, unittest

from composed import FIRST_STEP, Composer
from sources import is_like
from steps import Steps, stands_for, step_by_step
from test_composed import BELL, BORN

QUESTION = "Where was the man who cast the lantern bell born?"
CAST = "The lantern bell was cast by Thomas Miller."
TOWN = "Thomas Miller was born in Westbrook."


class StepByStep(unittest.TestCase):
    def test_tells_what_leads_on_from_what_answers(self):
        self.assertEqual(step_by_step(QUESTION, "Westbrook", [TOWN, CAST]), (QUESTION, "Westbrook", [CAST], [TOWN], "Thomas Miller"))

    def test_leaves_out_what_is_no_question_of_steps(self):
        self.assertIsNone(step_by_step("Was it cast in Hull or Westbrook?", "Westbrook", [CAST, TOWN]))
        self.assertIsNone(step_by_step(QUESTION, "yes", [CAST, TOWN]))
        self.assertIsNone(step_by_step(QUESTION, "Westbrook", [TOWN]))

    def test_finds_no_part_of_a_word_and_no_people(self):
        facts = ["Ali is an Afghan boxer.", "Ali fought in Afghanistan in 1980."]
        self.assertIsNone(step_by_step("When did he fight there?", "1980", ["Hale is an Afghan boxer.", facts[1]])[4])

    def test_takes_the_subject_of_a_fact(self):
        facts = ["France Štiglic is director of Deveti krug.", "1993 is date of death of France Štiglic."]
        self.assertEqual(step_by_step("When did the director of film Deveti Krug die?", "1993", facts)[4], "France Štiglic")

    def test_draws_a_step_with_its_answer_in_place(self):
        random.seed(3)
        steps = Steps(["It rained.", "A boat sank off Hull."], (1, [step_by_step(QUESTION, "Westbrook", [CAST, TOWN])]))
        seen = set()
        for _ in range(200):
            x = steps.draw()
            said = None if x["start"] is None else x["context"][x["start"] : x["start"] + len(x["answer"])]
            seen.add((x["question"].startswith(FIRST_STEP), said))
            if said == "Thomas Miller":
                self.assertNotIn(TOWN, x["context"])
        self.assertEqual(seen, {(True, "Thomas Miller"), (True, None), (False, "Westbrook"), (False, None)})


class StandsFor(unittest.TestCase):
    def test_finds_the_words_that_a_fact_stands_behind(self):
        facts = ["Edward A. Kull is director of Terror Trail.", "Hollywood is place of death of Edward A. Kull."]
        asked = "Where did the director of film Terror Trail (1921 Film) die?"
        self.assertEqual(stands_for(asked, "Hollywood", facts), (asked, "Edward A. Kull", facts[0], "the director of film Terror Trail (1921 Film)"))
        self.assertIsNone(stands_for("Who directed it?", "Edward A. Kull", facts[:1]))

    def test_is_the_phrase_that_was_put_in(self):
        random.seed(1)
        asked = "Where was the person who cast the lantern bell born?"
        told = "Thomas Miller cast the bell in 1811."
        self.assertEqual(Composer([BELL, BORN]).stands_for(), (asked, "Thomas Miller", told, "the person who cast the lantern bell"))


class Measuring(unittest.TestCase):
    def test_leaves_out_what_measures_in_other_words(self):
        measuring = [("in which hospital was the painter of the lighthouse treated", "oaklands")]
        self.assertTrue(is_like("Where was the lighthouse painter treated, in what hospital?", "Oaklands", measuring))
        self.assertFalse(is_like("Where was the lighthouse painter treated, in what hospital?", "Hull", measuring))
        self.assertFalse(is_like("Where did he die?", "Oaklands", measuring))


if __name__ == "__main__":
    unittest.main()
