import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SensegraphError } from '../../errors.ts';
import { dtypeOrder, SUFFIX, TASKS, type FileDtype, type HubTask } from './tasks.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A model's folder, looked through: everything that its task needs is there. */
export interface HubFolder {
  readonly task: HubTask;
  /** `org/name`. */
  readonly name: string;
  /** Holds `org/name/`. */
  readonly root: string;
  readonly path: string;
  /** config.json. */
  readonly config: Json;
  /** Number format of each ONNX file. */
  readonly dtypes: Readonly<Record<string, FileDtype>>;
  /** Changes with the files: 12 hex digits over their contents (the weights' beginnings and ends). */
  readonly version: string;
}

export interface HubFolderRequest {
  readonly task: HubTask;
  readonly name: string;
  readonly root: string;
  readonly dtype: FileDtype | 'auto';
  readonly device: string;
}

/** Throws MODEL_MISSING with the path expected, MODEL_CORRUPT with the path of what is no such file. */
export async function openHubFolder({ task, name, root, dtype, device }: HubFolderRequest): Promise<HubFolder> {
  const path = join(root, name);
  const { files, optional, sessions, types } = TASKS[task];
  const hash = createHash('sha256');
  const texts = new Map<string, Json>();
  for (const file of files) {
    const found = await readJson(join(path, file));
    if (!found) throw missing(join(path, file), task, name);
    texts.set(file, found.json);
    hash.update(found.text);
  }
  for (const file of optional) hash.update((await readJson(join(path, file)))?.text ?? '');
  const config = texts.get('config.json') ?? {};
  const type = config['model_type'];
  if (types && !types.includes(String(type)))
    throw new SensegraphError(
      'MODEL_CORRUPT',
      `${join(path, 'config.json')} says model_type ${String(type)}; ${TASKS[task].variable} takes ${types.join(' or ')}.`,
    );
  const dtypes: Record<string, FileDtype> = {};
  for (const session of sessions) {
    const order = dtypeOrder(dtype, device);
    const chosen = await firstThere(order, (one) => join(path, weightsFile(session, one)));
    if (!chosen) {
      const [first = 'fp32', ...others] = order;
      const rest = others.map((one) => `${session}${SUFFIX[one]}.onnx`);
      throw missing(
        join(path, weightsFile(session, first)) + (rest.length > 0 ? ` (or ${rest.join(', ')})` : ''),
        task,
        name,
      );
    }
    dtypes[session] = chosen;
    for (const file of [weightsFile(session, chosen), ...externalFiles(config, session, chosen)]) {
      hash.update(file);
      hash.update(await ends(join(path, file), task, name));
    }
  }
  return { task, name, root, path, config, dtypes, version: hash.digest('hex').slice(0, 12) };
}

/** `onnx/<session><ending>.onnx`. */
export function weightsFile(session: string, dtype: FileDtype): string {
  return `onnx/${session}${SUFFIX[dtype]}.onnx`;
}

/** Files that hold weights outside the ONNX file, as config.json tells (`transformers.js_config`). */
export function externalFiles(config: Json, session: string, dtype: FileDtype): string[] {
  const told = (config['transformers.js_config'] as Json | undefined)?.['use_external_data_format'];
  const file = `${session}${SUFFIX[dtype]}.onnx`;
  const chunks = typeof told === 'object' && told !== null ? ((told as Json)[file] ?? (told as Json)[session]) : told;
  return Array.from({ length: Number(chunks ?? 0) }, (_, i) => `onnx/${file}_data${i === 0 ? '' : `_${i}`}`);
}

/** A JSON file; undefined where there is none. Throws MODEL_CORRUPT where it is no JSON object. */
export async function readJson(path: string): Promise<{ readonly text: string; readonly json: Json } | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return undefined;
    throw error;
  }
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('no JSON object');
    return { text, json: json as Json };
  } catch (cause) {
    throw new SensegraphError('MODEL_CORRUPT', `${path} is damaged: it holds no JSON object. Get the model again.`, {
      cause,
    });
  }
}

async function firstThere(
  order: readonly FileDtype[],
  pathOf: (dtype: FileDtype) => string,
): Promise<FileDtype | undefined> {
  for (const dtype of order) if (await stat(pathOf(dtype)).catch(() => undefined)) return dtype;
  return undefined;
}

const END_BYTES = 1 << 20;

/** Size, first and last MiB of a file: hashing gigabytes at every start would take many seconds. */
async function ends(path: string, task: HubTask, name: string): Promise<Buffer> {
  const file = await open(path).catch(() => {
    throw missing(path, task, name);
  });
  try {
    const { size } = await file.stat();
    if (size === 0) throw new SensegraphError('MODEL_CORRUPT', `${path} is empty. Get the model again.`);
    const bytes = Buffer.alloc(8 + Math.min(size, 2 * END_BYTES));
    bytes.writeDoubleLE(size);
    const first = Math.min(size, END_BYTES);
    await file.read(bytes, 8, first, 0);
    const rest = bytes.length - 8 - first;
    if (rest > 0) await file.read(bytes, 8 + first, rest, size - rest);
    return bytes;
  } finally {
    await file.close();
  }
}

function missing(path: string, task: HubTask, name: string): SensegraphError {
  return new SensegraphError(
    'MODEL_MISSING',
    `${path} is missing: ${TASKS[task].variable} is ${name}. Put the model's files into <SENSEGRAPH_HUB_DIR>/${name}, ` +
      'or set SENSEGRAPH_HUB_DOWNLOAD=on.',
  );
}
