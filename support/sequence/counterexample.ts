/**
 * A counterexample as a file: the executed steps and the schedule that led to a failure, with everything needed to run them
 * again. Written at the first failure, before anything else is tried; a shrunk one is a file beside it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { schemaReference } from '../files/schemas.ts';
import { writeWhole } from '../files/whole.ts';
import { toJson } from '../units/json.ts';
import { utf8Text } from '../units/utf8.ts';
import { CHOICE_MAX } from './bundle.ts';

export const COUNTEREXAMPLE_FORMAT = 1;
/** A hundred shards of a hundred users. */
const MOST_USERS = 10_000;

const stepSchema = z.strictObject({
  user: z.string(),
  bundle: z.string(),
  choices: z.array(z.number().int().min(0).max(CHOICE_MAX)),
  params: z.record(z.string(), z.string()).exactOptional(),
  lane: z.string().exactOptional(),
  plan: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const userNumber = z.number().int().min(1).max(MOST_USERS);

/** A fault that was on from the beginning of the step `fromStep` to that of `toStep`, counted as in `steps`. */
const faultWindowSchema = z.strictObject({
  fault: z.string(),
  fromStep: z.number().int().nonnegative(),
  toStep: z.number().int().nonnegative(),
});
export type FaultWindow = z.infer<typeof faultWindowSchema>;

/** Strict: unknown fields of another version would be dropped, and something else replayed. */
export const counterexampleSchema = z
  .strictObject({
    /** For editors. */
    $schema: z.string().exactOptional(),
    format: z.literal(COUNTEREXAMPLE_FORMAT),
    /** Names files, so nothing but letters, digits and hyphens. */
    id: z.string().regex(/^[a-zA-Z0-9-]+$/),
    failure: z.strictObject({ verdict: z.enum(['wrong', 'unknown']), id: z.string(), sentence: z.string() }),
    /** Test that found it, for people. */
    foundBy: z.string(),
    seed: z.number().int().nonnegative(),
    network: z.string(),
    protocol: z.strictObject({ kind: z.string(), version: z.string() }),
    plantedFault: z.string().optional(),
    /** A number of users from the first on, or these numbers: a schedule counts all of them. */
    users: z.union([userNumber, z.array(userNumber).min(1)]),
    /** In the order in which they began. */
    steps: z.array(stepSchema).min(1),
    /** Index of the step that failed. */
    failedStep: z.number().int().nonnegative(),
    /** Drawn numbers of the hand-overs, see takeTurns. */
    schedule: z.array(z.number().int().nonnegative()),
    /** Faults that were on; the settings must name them too. */
    faults: z.array(faultWindowSchema).exactOptional(),
    /** Index of the first step of the winding up, which begins when all others are over and every fault is healed. */
    settledFrom: z.number().int().nonnegative().exactOptional(),
    versions: z.record(z.string(), z.string()),
    /** The number of steps before shrinking, and the plays that shrinking took so far. */
    shrunk: z
      .strictObject({ fromSteps: z.number().int().positive(), plays: z.number().int().nonnegative() })
      .optional(),
  })
  .refine(({ steps, failedStep }) => failedStep < steps.length, {
    error: 'there is no such step',
    path: ['failedStep'],
  })
  .refine(({ steps, settledFrom = 0 }) => settledFrom <= steps.length, {
    error: 'there is no such step',
    path: ['settledFrom'],
  })
  .transform(({ $schema: _schema, ...counterexample }) => counterexample);

export type Counterexample = z.output<typeof counterexampleSchema>;

/** The file cannot be run as it stands: neither a pass nor a failure. */
export class NotReplayable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`not replayable: ${reason}`, options);
    this.name = 'NotReplayable';
  }
}

/** A name made of what failed and how: the same failure of the same run gives the same file. */
export function counterexampleId(content: Omit<Counterexample, 'id'>): string {
  const words = content.failure.id.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return `${words}-${createHash('sha256').update(toJson(content)).digest('hex').slice(0, 8)}`;
}

/** Writes the file whole or not at all; gives its path. A shrunk one does not replace the one it was made from. */
export function writeCounterexample(folder: string, counterexample: Counterexample): string {
  const path = join(folder, `${counterexample.id}${counterexample.shrunk === undefined ? '' : '.shrunk'}.json`);
  mkdirSync(folder, { recursive: true });
  writeWhole(path, `${toJson({ $schema: schemaReference(path, 'counterexample'), ...counterexample }, 2)}\n`);
  return path;
}

/** Throws NotReplayable when the file is not there, not JSON, of another format, or not a counterexample. */
export function readCounterexample(path: string): Counterexample {
  let content: unknown;
  try {
    content = JSON.parse(utf8Text(readFileSync(path)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotReplayable(`${path} cannot be read: ${reason}`, { cause: error });
  }
  const { data: head } = z.object({ format: z.number() }).safeParse(content);
  if (head !== undefined && head.format !== COUNTEREXAMPLE_FORMAT)
    throw new NotReplayable(`${path} is of format ${head.format}, and only ${COUNTEREXAMPLE_FORMAT} can be read`);
  const parsed = counterexampleSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' ');
  throw new NotReplayable(`${path} is not a counterexample: ${problems}`);
}

/** The smaller file beside the given one, if shrinking left one; otherwise the given one. */
export function readSmallest(path: string): Counterexample {
  const given = readCounterexample(path);
  const smaller = join(dirname(path), `${given.id}.shrunk.json`);
  return existsSync(smaller) ? readCounterexample(smaller) : given;
}
