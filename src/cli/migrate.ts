import { defineCommand } from 'citty';
import { profileText } from '../config-profile.ts';
import { openMigration } from '../main.ts';
import { migrateModel } from '../migrate-model.ts';
import type { MigrationProgress } from '../ports/space-migration.ts';
import { configure, dataOptions, interruption, logger, STOPPED } from './options.ts';
import { bar } from './progress.ts';

export const migrate = defineCommand({
  meta: {
    name: 'migrate',
    description:
      'Embed a data directory by the models of the profile, and by another text model where one is named. Ctrl-C stops, the same command goes on. With a server running: serve --migrate',
  },
  args: {
    ...dataOptions,
    to: {
      type: 'string',
      description: 'Text model (default: SENSEGRAPH_TEXT_MODEL, or the one that serves)',
      valueHint: 'MODEL',
    },
    'drop-old': { type: 'boolean', description: 'Then drop the vectors of models that serve no more' },
  },
  async run({ args }) {
    const base = configure(args);
    const textModel = args.to ?? profileText(base.profile) ?? base.textModel;
    // A model named here is the pack's, whatever the profile.
    const config =
      args.to === undefined ? base : { ...base, profile: { kind: 'embedded' } as const, textModel: args.to };
    const signal = interruption();
    const parts = await openMigration(config, logger(config, true));
    const started = performance.now();
    let last: MigrationProgress | undefined;
    let first = 0;
    const onProgress = (progress: MigrationProgress) => {
      if (last?.to.name !== progress.to.name) first = progress.done;
      last = progress;
      if (args.json) return;
      const seconds = (performance.now() - started) / 1000;
      const end = process.stderr.isTTY ? '\r' : '\n';
      process.stderr.write(
        `${bar(progress.done - first, progress.total - first, seconds)}  ${progress.to.model}${end}`,
      );
    };
    try {
      if (textModel !== undefined || !args['drop-old']) await migrateModel(parts.to, parts, { signal, onProgress });
      const dropped = args['drop-old'] ? await parts.migration.dropRetired() : [];
      const serving = await parts.migration.servingText();
      if (args.json) console.log(JSON.stringify({ state: 'DONE', serving, assets: last?.total ?? 0, dropped }));
      else {
        console.log(`${serving?.model ?? 'nothing'} ${serving?.version ?? ''} serves.`);
        if (dropped.length > 0) console.log(`Dropped: ${dropped.join(', ')}`);
        else console.log('The old vectors are kept until: sensegraph models migrate --drop-old');
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      process.exitCode = STOPPED;
      const { done = 0, total = 0 } = last ?? {};
      if (args.json) console.log(JSON.stringify({ state: 'STOPPED', done, total }));
      else console.log(`Stopped at ${done} of ${total} assets. The same command goes on from there.`);
    } finally {
      await parts.close();
    }
  },
});
