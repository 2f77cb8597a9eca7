/** The form of reports/run.json. What is written and what the run report reads is held to it; the package's schema is made of it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { utf8Text } from '../units/utf8.ts';

const count = z.number().int().nonnegative();
/** Smallest units of its account, as text: more than a JSON number holds. */
const amount = z.string().regex(/^-?\d+$/);
const moment = z.iso.datetime();

const moneyLine = z.strictObject({
  account: z.string(),
  before: amount,
  funded: amount,
  own: amount,
  background: amount,
  fees: amount,
  returned: amount,
  left: amount,
  difference: amount.describe('what nothing explains; 0 when the line closes'),
});

const userFigures = z.strictObject({
  steps: count,
  wrong: count,
  unknown: count,
  successRate: z.number().min(0).max(1).nullable().describe('right steps of all; null without a step'),
  fees: z.record(z.string(), amount).describe('what the user paid in fees in the whole run, by account'),
  money: z.array(moneyLine).describe('the statement of the user since the last play began'),
});

const bundleFigures = z.strictObject({
  executed: count,
  notEnabled: count,
  refused: count.describe('acts that were refused as they had to be'),
  mismatched: count,
  medianMs: count,
  percentile95Ms: count,
});

const failure = z.strictObject({
  id: z.string(),
  sentence: z.string(),
  replay: z.string().exactOptional().describe('command that repeats it'),
  tests: z.array(z.string()).describe('tests that met it'),
});

export const runJsonSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  verdict: z
    .enum(['right', 'wrong', 'unknown', 'failed'])
    .describe('failed: nothing is wrong or unknown, but a test or the closing failed'),
  startedAt: moment,
  endedAt: moment,
  tookS: z.number().nonnegative(),
  commit: z
    .strictObject({ hash: z.string(), isChanged: z.boolean().describe('files of the checkout differ from it') })
    .nullable()
    .describe("of the suite's checkout; null when it is none"),
  interrupted: z.boolean().describe('not all tests were done'),
  cancelledBy: z.string().exactOptional(),
  seed: count,
  network: z.string(),
  protocol: z.strictObject({ kind: z.string(), version: z.string() }),
  users: count,
  plantedFault: z.string().exactOptional(),
  faults: z.array(z.string()).describe('faults that were drawn into sequences'),
  actions: count,
  mismatches: count,
  unknown: count,
  problems: z.array(z.string()),
  tests: z.strictObject({ passed: count, failed: count, skipped: count, undone: count }),
  failures: z.array(failure).describe('each distinct failure of a test once'),
  states: z.record(z.string(), count),
  bundles: z.record(z.string(), bundleFigures),
  byUser: z.record(z.string(), userFigures),
  funding: z.strictObject({
    closes: z.boolean(),
    lines: z.array(moneyLine),
    funderDifferences: z.record(z.string(), amount),
  }),
  digest: z.string(),
  versions: z.record(z.string(), z.string()),
});

export type RunJson = z.infer<typeof runJsonSchema>;
export type BundleFigures = z.infer<typeof bundleFigures>;
export type UserFigures = z.infer<typeof userFigures>;
export type RunVerdict = RunJson['verdict'];

/** Throws an error that names the file and what is wrong with it. */
export function readRunJson(path: string): RunJson {
  let content: unknown;
  try {
    content = JSON.parse(utf8Text(readFileSync(path)));
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const parsed = runJsonSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ');
  throw new Error(`${path} is not the run.json of a run of this version: ${problems}`);
}
