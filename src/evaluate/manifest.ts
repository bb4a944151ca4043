import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { SensegraphError } from '../errors.ts';

/** Lines of a JSONL manifest that have the wanted shape, and how many of each other `task` were passed over. BAD_INPUT names the line. */
export async function readManifest<T extends z.ZodType>(
  path: string,
  shape: T,
  wants: (line: Record<string, unknown>) => boolean = () => true,
): Promise<{ lines: z.infer<T>[]; skipped: Map<string, number> }> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SensegraphError('BAD_INPUT', `${path} can’t be read. Check the path.`, { cause });
  });
  const lines: z.infer<T>[] = [];
  const skipped = new Map<string, number>();
  for (const [number, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (cause) {
      throw new SensegraphError('BAD_INPUT', `${path}, line ${number + 1}, is no JSON.`, { cause });
    }
    const record = (value ?? {}) as Record<string, unknown>;
    if (!wants(record)) {
      const source = String(record['source'] ?? record['task'] ?? 'unknown');
      skipped.set(source, (skipped.get(source) ?? 0) + 1);
      continue;
    }
    const parsed = shape.safeParse(value);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new SensegraphError(
        'BAD_INPUT',
        `${path}, line ${number + 1}: ${issue?.path.join('.')}: ${issue?.message}`,
      );
    }
    lines.push(parsed.data);
  }
  return { lines, skipped };
}
