import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { qaItem, type QaItem } from '../evaluate/qa-item.ts';
import { QaLine } from '../evaluate/qa-line.ts';
import { repeated } from './eval-options.ts';
import { locateLines, pictureEval, pictureOptions, readPicture } from './eval-pictures.ts';
import { answerAll, type QaEval } from './eval-qa-answers.ts';
import { evalReport, type Report } from './eval-report.ts';

export const qa = defineCommand({
  meta: {
    name: 'qa',
    description: 'Questions about texts, tables, pictures or a whole corpus: free words, given answers, yes or no',
  },
  args: {
    ...pictureOptions,
    corpus: {
      type: 'string',
      description:
        'JSONL of passages {id, title, text} or figures {id, file, caption} for questions that bring no text of their own; may be repeated',
      valueHint: 'FILE',
    },
    spoken: {
      type: 'boolean',
      description: 'Let the own voice speak each question, and ask what is heard of it',
    },
    results: { type: 'string', description: 'Write each answer there, as JSONL', valueHint: 'FILE' },
    manifest: {
      type: 'string',
      description:
        'JSONL of {id, task, question | statement, file | context | passages, choices, answer | answers | answer_index, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateQa({
      ...pictureEval(args, rawArgs),
      corpora: repeated('corpus', rawArgs),
      data: args.data,
      results: args.results,
      spoken: args.spoken === true,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Asks every question of the manifests and reports by source. BAD_INPUT without a line. */
export async function evaluateQa(options: QaEval): Promise<Report> {
  const started = performance.now();
  const { lines, skipped } = await locateLines(options, QaLine);
  if (lines.length === 0) throw new SensegraphError('BAD_INPUT', 'The manifests hold no line.');
  const asked: { item: QaItem; path: string | undefined }[] = [];
  const readable = new Map<string, boolean>();
  let unreadable = 0;
  for (const { line, path } of lines) {
    const item = qaItem(line);
    if (typeof item === 'string') skipped.set(line.source, item);
    else if (item.place.kind === 'CORPUS' && item.place.brings.length === 0 && options.corpora.length === 0)
      skipped.set(line.source, 'its answer is in no text of the line: give --corpus FILE');
    else if (item.place.kind === 'PICTURE' && path === undefined) skipped.set(line.source, 'its picture is not there');
    else {
      const isPicture = item.place.kind === 'PICTURE' && path !== undefined;
      if (isPicture && !readable.has(path)) readable.set(path, (await readPicture(path, line.id)) !== null);
      if (isPicture && !readable.get(path)) unreadable++;
      else asked.push({ item, path });
    }
  }
  const said = asked.length > 0 ? await answerAll(asked, options) : undefined;
  const sources = said?.sources ?? {};
  return evalReport('qa', said?.model || 'none', options, started, { unreadable, sources, skipped });
}
