/** What a model from the hub is used for. */
export type HubTask = 'text' | 'imageText' | 'soundText' | 'transcriber' | 'captioner';

export interface TaskFiles {
  /** The variable that names the model. */
  readonly variable: string;
  /** `model_type` of config.json that the adapter knows; any where it is not given. */
  readonly types?: readonly string[];
  /** Files that must be there besides the weights. */
  readonly files: readonly string[];
  /** Files that are read where they are there. */
  readonly optional: readonly string[];
  /** ONNX files under `onnx/`, without the ending that tells their number format. */
  readonly sessions: readonly string[];
}

const TOKENIZER = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** What each task needs of a model's folder. */
export const TASKS: Readonly<Record<HubTask, TaskFiles>> = {
  text: {
    variable: 'SENSEGRAPH_TEXT_MODEL',
    files: TOKENIZER,
    optional: ['1_Pooling/config.json', 'config_sentence_transformers.json'],
    sessions: ['model'],
  },
  imageText: {
    variable: 'SENSEGRAPH_IMAGE_MODEL',
    types: ['clip', 'siglip'],
    files: [...TOKENIZER, 'preprocessor_config.json'],
    optional: [],
    sessions: ['text_model', 'vision_model'],
  },
  soundText: {
    variable: 'SENSEGRAPH_SOUND_MODEL',
    types: ['clap'],
    files: [...TOKENIZER, 'preprocessor_config.json'],
    optional: [],
    sessions: ['text_model', 'audio_model'],
  },
  transcriber: {
    variable: 'SENSEGRAPH_TRANSCRIBER_MODEL',
    types: ['whisper'],
    files: [...TOKENIZER, 'preprocessor_config.json', 'generation_config.json'],
    optional: [],
    sessions: ['encoder_model', 'decoder_model_merged'],
  },
  captioner: {
    variable: 'SENSEGRAPH_CAPTIONER_MODEL',
    types: ['idefics3', 'smolvlm'],
    files: [...TOKENIZER, 'preprocessor_config.json', 'processor_config.json'],
    optional: ['generation_config.json'],
    sessions: ['embed_tokens', 'vision_encoder', 'decoder_model_merged'],
  },
};

/** Number formats and the endings that transformers.js gives their files. */
export const SUFFIX = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const;
export type FileDtype = keyof typeof SUFFIX;

/** Formats in the order in which they are taken, the best for the device first. */
export function dtypeOrder(dtype: FileDtype | 'auto', device: string): readonly FileDtype[] {
  if (dtype !== 'auto') return [dtype];
  return device === 'cuda'
    ? ['fp16', 'fp32', 'q4f16', 'q8', 'q4', 'int8', 'uint8', 'bnb4']
    : ['q8', 'fp32', 'int8', 'uint8', 'q4', 'fp16', 'q4f16', 'bnb4'];
}
