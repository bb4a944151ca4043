/**
 * Weights of a candidate's features, fitted by training/reason/fit.ts (soft-max over the candidates of a question) on
 * reading and multi-hop questions. Every feature is in 0…1, so that they can be read against each other.
 */
export const WEIGHTS: Readonly<Record<string, number>> = {
  rank: 0.51, // retrieval score of the segment
  similarity: 0.51, // likeness of the sentence and the question
  nestedRank: 0.0, // the same two for a question in a question, whose answer stands in a less similar place
  nestedSimilarity: -0.14,
  nestedTopic: 0.53, // … and what its sentence itself says of the question
  reached: 0.73, // share of the question that only the chain says
  supported: 1.01, // the chain goes to another segment
  direct: 0.02, // share of the question said in the sentence, outside the candidate
  near: 0.28, // share of the question word's own clause said in the sentence
  topic: 0.91, // share said by the sentence and its title
  chain: 2.1, // share said by the sentence and those it shares a name with
  verb: 0.15, // the main verb is said in the sentence
  verbMissing: -0.15, // … is not
  verbCloseness: 0.92, // … and how near the candidate
  steps: -1.74, // facts the chain needs, over three
  coherence: 4.25, // share of what the sentence leaves open that one passage says
  closeness: 0.3, // how near the candidate the question's words stand
  nearCloseness: 3.24, // the same for the question word's clause
  type: 2.83, // the kind that was asked for
  maybe: 1.24, // a name of unknown kind where a name was asked for
  typeClash: -2.01, // certainly another kind
  loose: -0.69, // a common noun where a name or number was asked for
  untypedNumber: -0.03, // a number where the question tells no kind
  untypedName: 0.34, // a name where the question tells no kind
  headInside: 2.69, // "which river": the candidate has the word ("River Esk")
  headBeside: 0.76, // … or stands next to it ("the river Esk")
  isHead: 1.22, // … or is said to be one ("the Esk is a river")
  unit: 1.54, // "how many sailors": the number counts them
  fullDate: 0.61, // when: day, month and year
  yearForYear: 0.39, // what year: a year
  measured: 0.07, // how long: a number with its unit
  yearForCount: -1.35, // how many: a number that looks like a year
  bare: -1.33, // "one", "two": mostly not meant as a number
  asked: -0.72, // share of its words that the question has
  given: -2.19, // the question names it
  bridge: 0.22, // it is what joins the chain
  topicName: 0.31, // it is the title, or what the pronoun means
  pointed: 4.0, // it is said of what the asked picture shows; set by hand, as the questions of the fit have no pictures
  complement: 0.51, // what: "was X"
  relation: 1.11, // subject or object of the relation that is asked for
  byAgent: 0.85, // who: "by X"
  actsNext: 0.5, // who: "X built"
  undergoes: -1.0,
  placed: 1.82, // where: "in X"
  appositive: 0.46, // between commas or brackets
  followsNear: 0.24, // right behind what is asked ("the river Esk", "was built by X")
  subject: 0.91, // begins the sentence
  firstSentence: 0.41, // in the first sentence, that says what a thing is
  repeated: -0.24, // found in many sentences
  length: 1.6, // words, up to five
  isName: 0.28,
  isConcept: -1.11,
  cutName: -0.51, // a part of a longer name
  cutConcept: -0.26, // a phrase with a capital word
  cutNumber: -1.6, // a part of a longer date or quantity
};

/** Weights of an answer's signals in its confidence: logistic regression on right and wrong answers, and on passages that lack the answer. */
export const CONFIDENCE: Readonly<Record<string, number>> = {
  bias: -5.41,
  probability: 4.23, // share of the soft-max
  chain: 1.76, // share of the question that the chain says
  near: 0.31, // share of the question word's clause said in the sentence
  type: -0.01, // the kind that was asked for
  names: 1.12, // share of the question's names that the chain says
  verbMissing: 0.18,
};
