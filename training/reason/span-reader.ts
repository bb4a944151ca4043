/** The pack's span reader, for fitting and measuring. */
import { join } from 'node:path';
import { pino } from 'pino';
import { ModelPack } from '../../src/adapters/onnx/pack.ts';
import { openSpanReader } from '../../src/adapters/onnx/span-reader.ts';

const modelsDir = process.env['SENSEGRAPH_MODELS'] ?? join(import.meta.dirname, '../../models');
const pack = new ModelPack({ modelsDir, device: 'cpu', threads: 0, log: pino({ level: 'warn' }) });
export const spanReader = openSpanReader(pack);
export const closeReader = (): Promise<void> => pack.close();
