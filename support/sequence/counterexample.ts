/**
 * A counterexample as a file: the executed steps and the schedule that led to a failure, with all that is needed to run
 * them again. Written at the first failure, before anything else is tried.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { toJson } from '../units/json.ts';

export const COUNTEREXAMPLE_FORMAT = 1;

const stepSchema = z.object({
  user: z.string(),
  bundle: z.string(),
  choices: z.array(z.number().int().nonnegative()),
  plan: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const counterexampleSchema = z.object({
  format: z.literal(COUNTEREXAMPLE_FORMAT),
  id: z.string().min(1),
  failure: z.object({ verdict: z.enum(['wrong', 'unknown']), id: z.string(), sentence: z.string() }),
  /** Test that found it, for people. */
  foundBy: z.string(),
  seed: z.number().int().nonnegative(),
  network: z.string(),
  protocol: z.object({ kind: z.string(), version: z.string() }),
  plantedFault: z.string().optional(),
  users: z.number().int().positive(),
  /** In the order in which they began. */
  steps: z.array(stepSchema).min(1),
  /** Index of the step that failed. */
  failedStep: z.number().int().nonnegative(),
  /** Drawn numbers of the hand-overs, see takeTurns. */
  schedule: z.array(z.number().int().nonnegative()),
  versions: z.record(z.string(), z.string()),
});

export type Counterexample = z.infer<typeof counterexampleSchema>;

/** A name made of what failed and how: the same failure of the same run gives the same file. */
export function counterexampleId(content: Omit<Counterexample, 'id'>): string {
  const words = content.failure.id.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return `${words}-${createHash('sha256').update(toJson(content)).digest('hex').slice(0, 8)}`;
}

/** Writes the file whole or not at all; gives its path. */
export function writeCounterexample(folder: string, counterexample: Counterexample): string {
  const path = join(folder, `${counterexample.id}.json`);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${toJson(counterexample, 2)}\n`);
  renameSync(unfinished, path);
  return path;
}

/** Throws one clear line when the file is not there, not JSON, of another format, or not a counterexample. */
export function readCounterexample(path: string): Counterexample {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`REPLAY: ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const parsed = counterexampleSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  throw new Error(`REPLAY: ${path} is not a counterexample of format ${COUNTEREXAMPLE_FORMAT}: ${problems}`);
}
