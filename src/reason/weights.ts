import type { Way } from '../domain.ts';
import type { Calibration } from './calibrate.ts';
/**
 * Weights of a candidate's features, fitted by training/reason/fit.ts (soft-max over the candidates of a question) on
 * reading and multi-hop questions. Every feature is in 0…1, so that they can be read against each other.
 */
export const WEIGHTS: Readonly<Record<string, number>> = {
  rank: 0.51, // retrieval score of the segment
  similarity: 0.51, // likeness of the sentence and the question
  // Of a question in a question; those that begin with `nested` by training/reason/fit-nested.ts, on what retrieval finds.
  nestedRank: 4.57, // the same two, of what may stand in a less similar place
  nestedSimilarity: -1.06,
  nestedOwn: 2.9, // share of what the sentence leaves open that its own passage says; by hand, as passages of the fit are a sentence or two
  nestedTopic: 0.57, // … and what its sentence itself says of the question
  reached: 0.89, // share of the question that only the chain says
  supported: 0.89, // the chain goes to another segment
  direct: 0.02, // share of the question said in the sentence, outside the candidate
  near: 0.21, // share of the question word's own clause said in the sentence
  topic: 0.95, // share said by the sentence and its title
  chain: 2.32, // share said by the sentence and those it shares a name with
  verb: 0.14, // the main verb is said in the sentence
  verbMissing: -0.14, // … is not
  verbCloseness: 0.89, // … and how near the candidate
  steps: -1.76, // facts the chain needs, over three
  coherence: 4.53, // share of what the sentence leaves open that one passage says
  closeness: 0.37, // how near the candidate the question's words stand
  nearCloseness: 3.25, // the same for the question word's clause
  type: 2.64, // the kind that was asked for
  maybe: 1.05, // a name of unknown kind where a name was asked for
  typeClash: -2.01, // certainly another kind
  loose: -0.96, // a common noun where a name or number was asked for
  untypedNumber: -0.2, // a number where the question tells no kind
  untypedName: 0.39, // a name where the question tells no kind
  headInside: 2.69, // "which river": the candidate has the word ("River Esk")
  headBeside: 0.75, // … or stands next to it ("the river Esk")
  isHead: 1.22, // … or is said to be one ("the Esk is a river")
  unit: 1.56, // "how many sailors": the number counts them
  fullDate: 0.71, // when: day, month and year
  yearForYear: 0.44, // what year: a year
  measured: 0.0, // how long: a number with its unit
  yearForCount: -1.49, // how many: a number that looks like a year
  bare: -1.22, // "one", "two": mostly not meant as a number
  readClose: 24, // the span reader's score, beside its best; chosen by the answers on questions that were new to it
  nestedReadClose: 8.39, // the same where the way may lead through several texts, of which it reads one at a time
  nestedReadShare: 2.46, // the phrase's share of all that was found
  nestedReadSure: 1.05,
  nestedReadNear: 0.92, // it overlaps with what was found
  nestedReadFirst: 0.84, // it is the best of its passage
  nestedReadLeft: 10.1, // … and where it was asked what the sub-answer leaves of the question: one step, which it sees whole
  asked: -0.71, // share of its words that the question has
  given: -2.23, // the question names it
  bridge: 0.18, // it is what joins the chain
  topicName: 0.33, // it is the title, or what the pronoun means
  pointed: 4.0, // it is said of what the asked picture shows; set by hand, as the questions of the fit have no pictures
  complement: 0.5, // what: "was X"
  relation: 1.09, // subject or object of the relation that is asked for
  byAgent: 0.8, // who: "by X"
  actsNext: 0.5, // who: "X built"
  undergoes: -1.0,
  placed: 1.84, // where: "in X"
  appositive: 0.46, // between commas or brackets
  followsNear: 0.24, // right behind what is asked ("the river Esk", "was built by X")
  subject: 0.91, // begins the sentence
  firstSentence: 0.42, // in the first sentence, that says what a thing is
  repeated: -0.22, // found in many sentences
  length: 1.58, // words, up to five
  isName: 0.07,
  isConcept: -1.27,
  cutName: -0.53, // a part of a longer name
  cutConcept: -0.27, // a phrase with a capital word
  cutNumber: -1.51, // a part of a longer date or quantity
};

/** Weights of an answer's signals in its confidence: logistic regression on right and wrong answers, and on passages that lack the answer. */
export const CONFIDENCE: Readonly<Record<string, number>> = {
  bias: -6.21,
  probability: 1.75, // share of the soft-max
  chain: 1.77, // share of the question that the chain says
  near: 0.85, // share of the question word's clause said in the sentence
  type: -0.19, // the kind that was asked for
  names: 0.64, // share of the question's names that the chain says
  verbMissing: -0.5, // a common verb of a simple question is not said in the sentence
  lifeMissing: -2, // that verb is a birth or a death; set by hand, as the fit has few of them
  readSure: 2.83, // the span reader's score over its score for "not here"
  readShare: 1.83, // the phrase's share of what the reader found
  readNear: -0.93, // … of what it found that overlaps with the phrase: where it said another, that is no support
};

/** The same for a question in a question, whose way may lead through several texts; by training/reason/fit-nested-confidence.ts. */
export const CONFIDENCE_NESTED: Readonly<Record<string, number>> = {
  bias: -8.34,
  probability: 1.94,
  chain: 3.89,
  near: 0.6,
  type: -0.78,
  names: 0.51,
  verbMissing: 0.0,
  readSure: 1.98,
  readShare: -1.15,
  readNear: 1.51,
  lifeMissing: -2, // by hand, as above
};

/** The same where nothing was read: fitted on answers without the span reader. */
export const CONFIDENCE_UNREAD: Readonly<Record<string, number>> = {
  bias: -5.76,
  probability: 3.39,
  chain: 2.02,
  near: 0.57,
  type: 0.3,
  names: 1.06,
  verbMissing: -0.49,
  lifeMissing: -2,
};

/**
 * See calibrate.ts. CHOICE: 50 textbook questions, whose best choice stood out too much. SPAN is left as it is: a line fitted
 * on questions that all have answers (slope 0.79, bias 0.35) made it answer 25 and 52 % of those whose answer was taken out
 * instead of 12 and 29 %. The others have too few answers to fit; TABLE's own measure is one (answer-table.ts).
 */
export const CALIBRATION: Partial<Record<Way, Calibration>> = { CHOICE: { slope: 0.41, bias: 0.05 } };

/**
 * Log-odds of yes: what the reader makes of it beside what the words come to (answer-statement.ts). By
 * training/reason/fit-yes-no.ts; as many yes as no were expected there, which few people's questions have: no bias. `another` is set by hand: it is rare there.
 */
export const YES_NO = {
  read: 0.98,
  ruled: {
    says: 0.14,
    mostlySays: 0.03,
    hardlySays: -0.13,
    instead: -0.38,
    denies: 0.02,
    opposite: 0.02,
    another: -2.2,
  },
} as const;
