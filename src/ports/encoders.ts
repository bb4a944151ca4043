import type { Locator, Space, Span } from '../domain.ts';

/** What every encoder tells of itself. */
export interface ModelInfo {
  readonly id: string;
  readonly version: string;
  readonly licence: string;
  /** Execution provider really used, e.g. `cpu`, `cuda`; `not loaded` before first use. */
  readonly device: string;
}

export interface EmbeddedText {
  /** Float32Array [dimension], unit norm. */
  readonly vector: Float32Array;
  /** One unit-norm vector for each span asked for: the mean of that span's token outputs in the same pass ("late chunking"). */
  readonly spanVectors: readonly Float32Array[];
}

export interface TextInput {
  readonly text: string;
  readonly spans?: readonly Span[];
}

export interface TextEmbedder {
  readonly info: ModelInfo;
  readonly space: Space;
  /** Same order as the input. `query` adds the model's query prefix. Throws MODEL_MISSING | MODEL_CORRUPT. */
  embed(inputs: readonly TextInput[], role: 'query' | 'passage', signal?: AbortSignal): Promise<EmbeddedText[]>;
}

/** 8-bit RGB, rows from the top, no padding: data.length = width · height · 3. Upright (EXIF applied), alpha on white. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface ClassifiedImage {
  /** Probability per label, sums to 1. */
  readonly scores: Float32Array;
  /** Pooled feature, not normalised. */
  readonly feature: Float32Array;
  /** Where asked for: the features of a square grid over the picture, [side² × feature], rows from the top; their mean is `feature`. */
  readonly cells?: Float32Array;
}

export interface ImageLabel {
  readonly index: number;
  readonly label: string;
  readonly synonyms: readonly string[];
  /** Byte offset of the synset in WordNet 3.1's data.noun. */
  readonly synset: number;
}

export interface ImageEncoder {
  readonly info: ModelInfo;
  readonly space: Space;
  readonly labels: readonly ImageLabel[];
  /** One result per picture; each is resized whole to the model's square input. Crops are the caller's. */
  classify(
    images: readonly RgbImage[],
    signal?: AbortSignal,
    options?: { readonly cells?: boolean },
  ): Promise<ClassifiedImage[]>;
}

export interface ReadLine {
  readonly text: string;
  readonly score: number;
  /** Pixels of the given picture. */
  readonly box: Extract<Locator, { type: 'ImageRegion' }>;
  /** Where the reader tells: number of its column or other part of the page, and of its row there; one row's lines stand side by side. */
  readonly region?: number;
  readonly row?: number;
}

export interface TextReader {
  readonly info: ModelInfo;
  /** Lines in reading order: column by column, top to bottom, left to right. */
  read(image: RgbImage, signal?: AbortSignal): Promise<ReadLine[]>;
}

export interface TranscribedSpan {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0…1: exp of the mean token log-probability, or 1 where the model gives none. */
  readonly score: number;
  /** Where the model gives them, in order. */
  readonly words?: readonly TranscribedWord[];
}

export interface Transcriber {
  readonly info: ModelInfo;
  /** Its spans are whole utterances, not to be joined any more. */
  readonly givesUtterances?: boolean;
  /** `samples`: mono, 16 kHz, −1…1. */
  transcribe(samples: Float32Array, signal?: AbortSignal): Promise<TranscribedSpan[]>;
}

/** A stretch of a recording in which someone speaks. */
export interface SpeechStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface SpeechDetector {
  readonly info: ModelInfo;
  /** `samples`: mono, 16 kHz, −1…1. In order, apart, within the recording; none where nobody speaks. */
  detectSpeech(samples: Float32Array, signal?: AbortSignal): Promise<SpeechStretch[]>;
}

/** One word heard, with its own time and confidence. */
export interface TranscribedWord {
  readonly text: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0…1: the mean probability of the word's tokens. */
  readonly score: number;
}

export interface SoundLabel {
  readonly index: number;
  /** As the AudioSet ontology names it: "Bark", "Rain". */
  readonly label: string;
  /** SPEECH: someone talks, which a transcript tells better. QUALITY: how it sounds ("Inside, small room", "Noise"), no event. */
  readonly says?: 'SPEECH' | 'QUALITY';
  /** What sounds, where the label means a thing: "dog" for "Bark", with its noun synset in WordNet 3.1. */
  readonly thing?: { readonly name: string; readonly synset: number };
}

/** What one window of a recording sounds like. */
export interface HeardWindow {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Probability of each label by itself: a window may hold several sounds. */
  readonly scores: Float32Array;
  /** Float32Array [dimension], unit norm. */
  readonly vector: Float32Array;
}

export interface SoundEncoder {
  readonly info: ModelInfo;
  readonly space: Space;
  readonly labels: readonly SoundLabel[];
  /** `samples`: mono, 16 kHz, −1…1. Windows in order; a recording shorter than one window is padded with silence. */
  listen(samples: Float32Array, signal?: AbortSignal): Promise<HeardWindow[]>;
}

export interface VoiceEncoder {
  readonly info: ModelInfo;
  readonly space: Space;
  /**
   * Who speaks in mono 16 kHz samples, as a unit-norm vector; null where there is too little speech to tell: by default
   * less than is enough to link people by it; never with `leastSeconds` 0.
   */
  embedVoice(samples: Float32Array, signal?: AbortSignal, leastSeconds?: number): Promise<Float32Array | null>;
}

export interface SpokenText {
  /** Mono, −1…1. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly words: readonly { readonly text: string; readonly startSeconds: number; readonly endSeconds: number }[];
}

export interface Speaker {
  readonly info: ModelInfo;
  /** English. Throws BAD_INPUT on text without a word. */
  speak(text: string, signal?: AbortSignal): Promise<SpokenText>;
}

/** Pictures and words in one space. */
export interface ImageTextEncoder {
  readonly info: ModelInfo;
  readonly space: Space;
  /** Float32Array [dimension] each, unit norm. */
  embedImages(images: readonly RgbImage[], signal?: AbortSignal): Promise<Float32Array[]>;
  embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** Where the encoder stands on the image encoder and the detector: what they saw already, so that nothing is seen twice. */
  embedSeen?(seen: SeenImage, signal?: AbortSignal): Promise<Float32Array>;
  /** Where the encoder can tell: the place of the picture that fits each phrase most, whether or not it shows such a thing. */
  place?(seen: SeenCells, phrases: readonly string[], signal?: AbortSignal): Promise<PlacedPhrase[]>;
}

/** One picture as the image encoder saw it, cell by cell. */
export interface SeenCells {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** As cropImage cuts them, with their cells. */
  readonly crops: readonly ClassifiedImage[];
}

/** Where a phrase fits a picture most. */
export interface PlacedPhrase {
  /** Pixels of the picture. */
  readonly box: Extract<Locator, { type: 'ImageRegion' }>;
  /** Cosine of the phrase and the crop that fits it most, −1…1: how much the picture shows it at all. */
  readonly fit: number;
}

/** What the image encoder and the detector made of one picture. */
export interface SeenImage {
  /** The whole first, then its parts. */
  readonly crops: readonly ClassifiedImage[];
  /** As DetectedThings.scores. */
  readonly objects: Float32Array;
}

export interface ThingLabel {
  readonly index: number;
  readonly label: string;
  /** Byte offset of the synset in WordNet 3.1's data.noun. */
  readonly synset: number;
}

export interface DetectedThing {
  readonly label: ThingLabel;
  /** 0…1. */
  readonly score: number;
  /** Pixels of the given picture. */
  readonly box: Extract<Locator, { type: 'ImageRegion' }>;
}

export interface DetectedThings {
  /** Strongest first; one a thing, overlapping boxes thinned out. */
  readonly things: readonly DetectedThing[];
  /** Greatest score of each label in the order of `labels`; 0 where it was not found. */
  readonly scores: Float32Array;
}

/** Finds things of a fixed list in pictures, each with its box. */
export interface ObjectDetector {
  readonly info: ModelInfo;
  readonly labels: readonly ThingLabel[];
  detect(image: RgbImage, signal?: AbortSignal): Promise<DetectedThings>;
  /** The best box of each label, from a much lower score on: for who knows what he is looking for. */
  search?(image: RgbImage, signal?: AbortSignal): Promise<DetectedThing[]>;
}

/** Sounds and words in one space. */
export interface SoundTextEncoder {
  readonly info: ModelInfo;
  readonly space: Space;
  /** Each sound: mono, 16 kHz, −1…1. Float32Array [dimension] each, unit norm. */
  embedSounds(sounds: readonly Float32Array[], signal?: AbortSignal): Promise<Float32Array[]>;
  embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** What the image encoder and the detector made of one picture, beside the picture itself. */
export interface PerceivedImage {
  readonly image: RgbImage;
  /** The whole first, then its parts, as src/encode/crops.ts cuts them. */
  readonly crops: readonly ClassifiedImage[];
  readonly found: DetectedThings;
}

/** Words with how likely the model holds them. */
export interface WrittenText {
  readonly text: string;
  /** The sum over all tokens, the closing one included; natural logarithm. */
  readonly logProbability: number;
  /** How many those are; exp(logProbability / tokens) is the geometric mean. */
  readonly tokens: number;
}

/** A vision-language model. It writes greedily or by beams: the same picture gives the same words. */
export interface Captioner {
  readonly info: ModelInfo;
  caption(image: RgbImage, signal?: AbortSignal): Promise<WrittenText>;
  /** Where the captioner stands on the image encoder and the detector: what they saw already, so that nothing is seen twice. */
  captionSeen?(seen: PerceivedImage, signal?: AbortSignal): Promise<WrittenText>;
  answer(image: RgbImage, question: string, signal?: AbortSignal): Promise<WrittenText>;
  /** `probabilities` sum to 1 over the choices; `index` is the likeliest. BAD_INPUT without a choice. */
  choose(
    image: RgbImage,
    question: string,
    choices: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ index: number; probabilities: readonly number[] }>;
  /** Probability that a statement about the picture is true, 0…1. */
  verify(image: RgbImage, statement: string, signal?: AbortSignal): Promise<number>;
  /** How likely each text is as the picture's caption, in the order given. */
  weigh(image: RgbImage, captions: readonly string[], signal?: AbortSignal): Promise<WrittenText[]>;
}

export interface Encoders {
  readonly text: TextEmbedder;
  readonly image: ImageEncoder;
  readonly reader: TextReader;
  readonly transcriber: Transcriber;
  /** The rest may be missing from a profile; what it would have read is then not read. */
  readonly sound?: SoundEncoder;
  readonly speechDetector?: SpeechDetector;
  readonly voice?: VoiceEncoder;
  readonly speaker?: Speaker;
  readonly detector?: ObjectDetector;
  readonly imageText?: ImageTextEncoder;
  readonly soundText?: SoundTextEncoder;
  readonly captioner?: Captioner;
  /** False: pictures are not captioned when they are ingested; the captioner answers questions alone. */
  readonly captions?: boolean;
  /** Ends worker threads and frees the sessions. */
  close(): Promise<void>;
}

/** Every model of the profile, as it is now. */
export function modelsOf(encoders: Encoders): ModelInfo[] {
  const { text, image, reader, transcriber, sound, speechDetector, voice, speaker, detector } = encoders;
  const { imageText, soundText, captioner } = encoders;
  const heard = [transcriber, sound, speechDetector, voice, speaker];
  const all = [text, image, reader, ...heard, detector, imageText, soundText, captioner];
  return all.flatMap((model) => (model ? [model.info] : []));
}
