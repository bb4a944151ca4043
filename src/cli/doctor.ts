import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { defineCommand } from 'citty';
import { FfmpegDecoder } from '../adapters/ffmpeg/decoder.ts';
import { verifyModels } from '../adapters/onnx/lock.ts';
import { asSensegraphError } from '../errors.ts';
import { countGaps } from '../fill-spaces.ts';
import { openParts } from '../main.ts';
import { openProfile } from '../open-profile.ts';
import { openBytes } from '../open-bytes.ts';
import { openStores } from '../open-stores.ts';
import { checkGraph, checkGraphs, placeOf, verifyDeleted } from './doctor-stores.ts';
import { configure, dataOptions, logger } from './options.ts';
import { tryEncoders } from './try-encoders.ts';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export const doctor = defineCommand({
  meta: { name: 'doctor', description: 'Check this machine, the model pack and a data directory' },
  args: {
    ...dataOptions,
    repair: { type: 'boolean', description: 'Bring the graph to what the ledger says, where they differ' },
    'verify-deleted': {
      type: 'string',
      description: 'Only look whether anything is left of this asset, in any store',
      valueHint: 'ASSET',
    },
  },
  async run({ args }) {
    const config = configure(args);
    if (args['verify-deleted'] !== undefined) return verifyDeleted(config, args['verify-deleted'], args.json === true);
    const checks: Check[] = [];
    const check = async (name: string, look: () => Promise<string>) => {
      try {
        checks.push({ name, ok: true, detail: await look() });
      } catch (error) {
        const { code, message } = asSensegraphError(error);
        checks.push({ name, ok: false, detail: `${code}: ${message}` });
      }
    };
    await check(
      'node',
      async () => `${process.version}, ${availableParallelism()} cores, ${Math.round(freemem() / 1e6)} MB free`,
    );
    await check('models', async () => {
      const bad = (await verifyModels(config.modelsDir)).filter((file) => file.status !== 'ok');
      if (bad.length > 0)
        throw new Error(`${bad.map((file) => `${file.path} is ${file.status}`).join(', ')}. Get the pack again.`);
      return `every file of ${config.modelsDir} is as its lock file says`;
    });
    await check('films', async () => {
      const decoder = new FfmpegDecoder(config.ffmpeg);
      // Films are not what everybody has: to lack it is no fault of the machine.
      return decoder.version().then(
        (version) => `ffmpeg ${version}`,
        (error: unknown) => asSensegraphError(error).message,
      );
    });
    await check('encoders', async () => {
      const encoders = await openProfile(config, logger(config, true));
      try {
        const models = (await tryEncoders(encoders)).map(
          ({ use, info }) => `${use}: ${info.id} on ${info.device} (${info.version})`,
        );
        return `profile ${config.profile.kind}; ${models.join('; ')}`;
      } finally {
        await encoders.close();
      }
    });
    await check('bytes', async () => {
      const bytes = await openBytes(config);
      bytes.close();
      return `kept in ${bytes.place}`;
    });
    await check('data directory', async () => {
      const parts = await openParts(config, logger(config, true));
      try {
        const { ledger, graph } = await checkGraph(parts, args.repair === true);
        // With servers for everything there need not be a folder.
        const disk = await statfs(config.dataDir).catch(() => undefined);
        const free = disk ? `, ${Math.round((disk.bavail * disk.bsize) / 1e9)} GB of disk free` : '';
        const migration = await parts.migration.progress();
        const unfinished = (await parts.ledger.unfinishedJobs()).length;
        const gaps = [...(await countGaps(parts.encoders, parts))];
        return [
          `${placeOf(config)}: ${ledger.assets} assets, ${ledger.segments} segments, ${ledger.entities} entities, ${ledger.relations} relations`,
          graph,
          ...(migration
            ? [
                `a migration to ${migration.to.model} is at ${migration.done} of ${migration.total} assets: sensegraph models migrate --to ${migration.to.model}`,
              ]
            : []),
          ...gaps.map(
            ([space, count]) => `${count} pictures or sounds have no vector in ${space}: sensegraph models migrate`,
          ),
          `${unfinished} unfinished jobs${free}`,
        ].join('; ');
      } finally {
        await parts.closeAll();
      }
    });
    await check('other tenants', async () => {
      const stores = await openStores(config, logger(config, true));
      try {
        const found = await checkGraphs(stores, args.repair === true, config);
        return found.map(({ tenant, graph }) => `${tenant}: ${graph}`).join('; ') || 'none';
      } finally {
        await stores.close();
      }
    });
    const ok = checks.every((one) => one.ok);
    if (args.json) console.log(JSON.stringify({ ok, checks }));
    else for (const { name, ok: good, detail } of checks) console.log(`${good ? 'ok  ' : 'FAIL'} ${name}: ${detail}`);
    if (!ok) process.exitCode = 1;
  },
});
