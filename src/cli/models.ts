import { defineCommand } from 'citty';
import { listModels, verifyModels } from '../adapters/onnx/lock.ts';
import { migrate } from './migrate.ts';
import { configure, dataOptions } from './options.ts';

const list = defineCommand({
  meta: { name: 'list', description: 'The models of the pack, with their source and licence' },
  args: { json: dataOptions.json },
  async run({ args }) {
    const models = await listModels(configure({}).modelsDir);
    if (args.json) return console.log(JSON.stringify(models));
    for (const model of models) {
      const megabytes = model.files.reduce((sum, file) => sum + file.bytes, 0) / 1e6;
      console.log(
        `${model.id.padEnd(22)} ${model.task.padEnd(20)} ${megabytes.toFixed(1).padStart(6)} MB  ${model.licence.padEnd(14)} ${model.source.registry}:${model.source.package}@${model.source.version}`,
      );
    }
  },
});

const verify = defineCommand({
  meta: { name: 'verify', description: 'Check every file of the pack against its SHA-256' },
  args: { json: dataOptions.json },
  async run({ args }) {
    const results = await verifyModels(configure({}).modelsDir);
    const bad = results.filter((result) => result.status !== 'ok');
    if (args.json) console.log(JSON.stringify({ ok: bad.length === 0, files: results }));
    else {
      for (const { path, status } of results) console.log(`${status.padEnd(8)} ${path}`);
      console.log(
        bad.length === 0
          ? `All ${results.length} files are as the lock file says.`
          : `${bad.length} of ${results.length} files are missing or changed: get them again from the package or the repository.`,
      );
    }
    if (bad.length > 0) process.exitCode = 1;
  },
});

export const models = defineCommand({
  meta: { name: 'models', description: 'List, verify or change the models' },
  subCommands: { list, verify, migrate },
});
