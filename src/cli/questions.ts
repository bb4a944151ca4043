import { defineCommand } from 'citty';
import { entityNamed } from './entity-named.ts';
import { dataOptions, wholeNumberWithin } from './options.ts';
import { questionsJson, questionsText } from './print-exploration.ts';
import { reading } from './reading.ts';

export const questions = defineCommand({
  meta: {
    name: 'questions',
    description: 'Questions to go on with from an entity or an answer, which the graph can answer',
  },
  args: {
    ...dataOptions,
    from: { type: 'positional', description: 'Name or id of an entity, or id of an answer', required: true },
    first: { type: 'string', description: 'How many at most', default: '5', valueHint: 'N' },
  },
  async run({ args }) {
    const first = wholeNumberWithin('--first', args.first, 1, 12);
    await reading(args, async (application) => {
      const id = args.from.startsWith('Answer:') ? args.from : (await entityNamed(args.from, application)).id;
      const found = await application.nextQuestions(id, first);
      console.log(args.json ? JSON.stringify(questionsJson(found)) : questionsText(found));
    });
  },
});
