#!/usr/bin/env node
import { defineCommand, runCommand, showUsage, type SubCommandsDef } from 'citty';
import { asSensegraphError } from '../errors.ts';
import { packageVersion } from '../config.ts';

const load: SubCommandsDef = {
  serve: async () => (await import('./serve.ts')).serve,
  worker: async () => (await import('./worker.ts')).worker,
  ingest: async () => (await import('./ingest.ts')).ingest,
  ask: async () => (await import('./ask.ts')).ask,
  explain: async () => (await import('./explain.ts')).explain,
  compare: async () => (await import('./compare.ts')).compare,
  timeline: async () => (await import('./timeline.ts')).timeline,
  paths: async () => (await import('./paths.ts')).paths,
  communities: async () => (await import('./communities.ts')).communities,
  questions: async () => (await import('./questions.ts')).questions,
  conversations: async () => (await import('./conversations.ts')).conversations,
  verify: async () => (await import('./verify.ts')).verify,
  ground: async () => (await import('./ground.ts')).ground,
  look: async () => (await import('./look.ts')).look,
  delete: async () => (await import('./delete.ts')).remove,
  export: async () => (await import('./export.ts')).exportAll,
  import: async () => (await import('./import.ts')).importAll,
  models: async () => (await import('./models.ts')).models,
  graph: async () => (await import('./graph.ts')).graph,
  tenants: async () => (await import('./tenants.ts')).tenants,
  doctor: async () => (await import('./doctor.ts')).doctor,
  speak: async () => (await import('./speak.ts')).speak,
  eval: async () => (await import('./eval.ts')).evaluate,
  demo: async () => (await import('./demo.ts')).demo,
};

const main = defineCommand({
  meta: {
    name: 'sensegraph',
    version: packageVersion,
    description: 'Pictures, sound and text in one knowledge graph; answers with evidence you can check.',
  },
  subCommands: load,
});

/** 2 = the call was wrong, 1 = it failed; the message says what to do next. */
async function run(rawArgs: string[]): Promise<void> {
  const [name] = rawArgs;
  if (name === '--version') {
    console.log(packageVersion);
    return;
  }
  const command = name === undefined ? undefined : await resolve(load[name]);
  if (!command || rawArgs.includes('--help') || rawArgs.includes('-h')) {
    const sub = command && rawArgs[1] ? await resolve((await resolve(command.subCommands))?.[rawArgs[1]]) : undefined;
    await (command ? (sub ? showUsage(sub, command) : showUsage(command, main)) : showUsage(main));
    if (name && !command && !name.startsWith('-')) {
      console.error(`There is no command "${name}".`);
      process.exitCode = 2;
    }
    return;
  }
  await runCommand(command, { rawArgs: rawArgs.slice(1) });
}

/** citty lets a definition be given as itself, a promise or a function. */
async function resolve<T>(given: T | Promise<T> | (() => T | Promise<T>)): Promise<T> {
  return typeof given === 'function' ? (given as () => T | Promise<T>)() : given;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const known = asSensegraphError(error);
  const usage = error instanceof Error && error.constructor.name === 'CLIError';
  console.error(usage ? known.message : `${known.code}: ${known.message}`);
  if (known.code === 'INTERNAL' && !usage) console.error(known.cause);
  process.exitCode = usage || known.code === 'BAD_INPUT' ? 2 : 1;
}
