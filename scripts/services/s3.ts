import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { answers, detach, freePort, isInstalled, isRunning, output, until } from './process.ts';
import type { Running, Service } from './service.ts';

/** Speaks S3 over a folder, signatures, conditions and ranges included (Apache-2.0). Built from source, once: minutes. */
const PACKAGE = 'github.com/versity/versitygw/cmd/versitygw';
const VERSION = 'v1.8.0';
const USER = 'sensegraph';
const BUCKET = 'sensegraph';
const START_SECONDS = 60;

export const s3: Service = {
  name: 's3',

  async missing() {
    return (await isInstalled('go', ['version'])) ? undefined : 'Go 1.25 or later (go)';
  },

  async install(folder) {
    const program = programOf(folder);
    if (existsSync(program)) return;
    const draft = join(folder, 'draft');
    rmSync(draft, { recursive: true, force: true });
    const env = { ...process.env, GOBIN: draft };
    await output('go', ['install', '-ldflags=-s -w', `${PACKAGE}@${VERSION}`], { cwd: folder, env });
    renameSync(join(draft, 'versitygw'), program);
    rmSync(draft, { recursive: true });
  },

  async launch(folder, password): Promise<Running> {
    // What a filesystem's extended attributes would hold lies beside the data: not every filesystem has them.
    const [data, meta] = [join(folder, 'data'), join(folder, 'meta')];
    for (const path of [data, meta]) mkdirSync(path, { recursive: true });
    const port = await freePort(Number(process.env['SENSEGRAPH_SERVICES_S3_PORT'] ?? 17_070));
    const log = join(folder, 'server.log');
    const env = { ...process.env, ROOT_ACCESS_KEY: USER, ROOT_SECRET_KEY: password };
    const args = ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--sidecar', meta, data];
    const pid = detach(programOf(folder), args, { log, cwd: folder, env });
    await until(
      `The S3 server (see ${log})`,
      START_SECONDS,
      () => answers(port),
      () => isRunning(pid, folder),
    );
    const endpoint = `http://127.0.0.1:${port}`;
    if (!existsSync(join(data, BUCKET))) await makeBucket(endpoint, password, BUCKET);
    return {
      pid,
      environment: {
        SENSEGRAPH_S3_ENDPOINT: endpoint,
        SENSEGRAPH_S3_BUCKET: BUCKET,
        AWS_ACCESS_KEY_ID: USER,
        AWS_SECRET_ACCESS_KEY: password,
      },
      note: `port ${port}, bucket ${BUCKET}`,
    };
  },

  async end(folder, { pid }) {
    process.kill(pid, 'SIGTERM');
    await until(
      'The S3 server',
      START_SECONDS,
      async () => !(await isRunning(pid, folder)),
      async () => true,
    );
  },
};

/** A bucket of that name on the service. */
export async function makeBucket(endpoint: string, password: string, name: string): Promise<void> {
  const credentials = { accessKeyId: USER, secretAccessKey: password };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } finally {
    client.destroy();
  }
}

function programOf(folder: string): string {
  return join(folder, `versitygw-${VERSION}`);
}
