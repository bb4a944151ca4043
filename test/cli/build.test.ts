import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';

const run = promisify(execFile);

describe('the published package', () => {
  it('is compiled, and ingests and answers as the sources do', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sensegraph-built-'));
    try {
      const options = { cwd: packageRoot };
      await run(
        process.execPath,
        [join(packageRoot, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
        options,
      );
      const command = join(packageRoot, 'dist/src/cli/main.js');
      const files = [
        'examples/recordings/lantern-bell.wav',
        'examples/texts/thomas-miller.md',
        'examples/documents/guide.pdf',
      ];
      await run(process.execPath, [command, 'ingest', ...files, '--data', data], options);
      const question = 'Where was the man who cast the lantern bell born?';
      const { stdout } = await run(process.execPath, [command, 'ask', question, '--data', data, '--json'], options);
      expect(JSON.parse(stdout)).toMatchObject({ answer: 'Westbrook' });
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  });
});
