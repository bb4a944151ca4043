import { defineCommand } from 'citty';
import { openSensegraph } from '../main.ts';
import type { Verification } from '../reason/verify.ts';
import { configure, dataOptions, logger } from './options.ts';
import { STEP_NAMES } from './print-answer.ts';

export const verify = defineCommand({
  meta: {
    name: 'verify',
    description: 'Walk everything that an answer rests on again; exit 1 where it no longer stands',
  },
  args: {
    ...dataOptions,
    answer: { type: 'positional', description: 'Answer id, as `ask` prints it', required: true },
  },
  async run({ args }) {
    const config = configure(args);
    const application = await openSensegraph(config, logger(config, true));
    try {
      const verification = await application.verifyAnswer(args.answer);
      console.log(args.json ? JSON.stringify(verificationJson(verification)) : verificationText(verification));
      if (!verification.verified) process.exitCode = 1;
    } finally {
      await application.close();
    }
  },
});

function verificationJson({ answerId, verified, claims, paths, checkedAt }: Verification): object {
  return {
    answer: answerId,
    verified,
    checkedAt,
    claims: claims.map(({ step, text, holds, evidence }) => ({
      step,
      text,
      holds,
      evidence: evidence.map((one) => ({ id: one.evidence.id, holds: one.holds, problems: one.problems })),
    })),
    paths: paths.map(({ id, summary, holds, hops }) => ({
      id,
      summary,
      holds,
      hops: hops.map(({ hop, holds: there, problems }) => ({ edge: hop.edgeId, holds: there, problems })),
    })),
  };
}

function verificationText({ verified, claims, paths }: Verification): string {
  const lines: string[] = [];
  for (const { step, text, holds, evidence } of claims) {
    lines.push(`${holds ? 'stands' : 'FALLS '}  ${STEP_NAMES[step]}: ${text}`);
    for (const { evidence: one, problems } of evidence)
      if (problems.length > 0) lines.push(`        ${one.asset.title}: ${problems.join(', ')}`);
  }
  for (const { summary, holds, hops } of paths) {
    lines.push(`${holds ? 'stands' : 'FALLS '}  Path: ${summary}`);
    for (const { hop, problems } of hops)
      if (problems.length > 0) lines.push(`        ${hop.fromCaption} → ${hop.toCaption}: ${problems.join(', ')}`);
  }
  return [...lines, '', verified ? 'Verified: all of it stands.' : 'Not verified: see what falls.'].join('\n');
}
