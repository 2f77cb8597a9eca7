/**
 * One lane of the campaign: runs that are killed one after the other in their own workspace, and the sweeps in between (the
 * next run, or `npm run collect`).
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CHOICE_MAX, choose } from '../../sequence/bundle.ts';
import type { World } from '../../network/world.ts';
import type { Phase } from './acts.ts';
import { drawsOf } from './draws.ts';
import { EvidenceReader } from './evidence.ts';
import { type Evidence, type Verdict, judge } from './verdict.ts';
import { runAndKill, startProgram } from './victim.ts';
import type { Workspace } from './workspace.ts';

/** Seconds for an agent's part, or for a default after it did nothing. */
const PATIENCE_S = 300;

/** What one kill led to. */
export interface KillRecord {
  readonly phase: Phase;
  readonly inDoubt: number;
  readonly mintings: number;
  readonly redemptions: number;
  readonly leftovers: number;
  /** Lines of the audit that were not there before. */
  readonly differences: number;
}

export interface LaneResult {
  readonly kills: readonly KillRecord[];
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  /** Programs of the suite that failed though nobody killed them. */
  readonly failures: readonly string[];
}

export interface LaneOptions {
  /** The file that runs a program by its name. */
  readonly programs: string;
  readonly runs: number;
  readonly seed: number;
  readonly name: string;
  readonly tell: (line: string) => void;
}

/** Where kills are aimed at: a phase, and how many transactions it usually has in a run of this size. */
const AIMS: readonly { readonly phase: Phase; readonly transactions: number }[] = [
  { phase: 'funding', transactions: 6 },
  { phase: 'minting', transactions: 12 },
  { phase: 'redemption', transactions: 3 },
  { phase: 'collection', transactions: 6 },
  { phase: 'fee bump', transactions: 3 },
];

export async function killInLane(world: World, workspace: Workspace, options: LaneOptions): Promise<LaneResult> {
  const reader = await EvidenceReader.begin(world, workspace.group, workspace.market);
  const kills: KillRecord[] = [];
  const failures: string[] = [];
  let known = 0;
  for (let attempt = 1; kills.length < options.runs; attempt += 1) {
    const draw = drawsOf(`${options.seed} ${options.name} ${attempt}`);
    // Half of the kills come right after a signature, when it is open whether the transaction has been sent.
    const delayMs = draw(2) === 0 ? draw(40) : draw(2500);
    const log = `run-${attempt}.log`;
    const { phase, transactions } = choose(AIMS, draw(CHOICE_MAX + 1));
    const moment = { phase, signed: 1 + draw(transactions), delayMs };
    const killed = await runAndKill(workspace, draw(2 ** 31), moment, log);
    reader.told(killed.fates);
    if (!killed.wasKilled && killed.exitCode !== 0)
      failures.push(`run ${attempt} ended with ${killed.exitCode}: ${join(workspace.folder, log)}`);
    const isCollected = draw(2) === 0 || kills.length + 1 >= options.runs;
    if (isCollected) await collect(options.programs, workspace, attempt, failures);
    const swept = takeSwept(workspace);
    const { lines } = judge(await reader.read(), false);
    const differences = isCollected ? lines.length - known : 0;
    if (isCollected) known = lines.length;
    const after = isCollected ? 'collected' : 'left to the next run';
    if (killed.wasKilled) kills.push({ phase: killed.phase, inDoubt: killed.inDoubt, differences, ...swept });
    options.tell(
      `${options.name}, ${kills.length} of ${options.runs}: ${killed.wasKilled ? 'killed' : 'ended by itself'} in ${killed.phase} ` +
        `after ${killed.signed} transactions, ${killed.inDoubt} in doubt; ${after}` +
        (differences === 0 ? '' : `; ${lines.join('; ')}`),
    );
  }
  const evidence = await reader.read();
  await reader.close();
  return { kills, evidence, verdict: judge(evidence, true), failures };
}

async function collect(programs: string, workspace: Workspace, attempt: number, failures: string[]): Promise<void> {
  const log = `collect-${attempt}.log`;
  const args = [programs, 'collect', '--patience', String(PATIENCE_S)];
  const exitCode = await startProgram(workspace, args, {}, log).ended;
  if (exitCode !== 0) failures.push(`collect ${attempt} ended with ${exitCode}: ${join(workspace.folder, log)}`);
}

const sweptSchema = z.object({
  users: z.array(z.object({ mintings: z.number(), redemptions: z.number(), leftovers: z.array(z.string()) })),
});

/** What the last sweep found, if one came to its end since this was asked last. The reserve of an account is no leftover. */
function takeSwept({ folder }: Workspace): Pick<KillRecord, 'mintings' | 'redemptions' | 'leftovers'> {
  const path = join(folder, 'reports', 'swept.json');
  if (!existsSync(path)) return { mintings: 0, redemptions: 0, leftovers: 0 };
  const { users } = sweptSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  rmSync(path);
  const sum = (amountOf: (user: (typeof users)[number]) => number) =>
    users.reduce((all, user) => all + amountOf(user), 0);
  return {
    mintings: sum(({ mintings }) => mintings),
    redemptions: sum(({ redemptions }) => redemptions),
    leftovers: sum(({ leftovers }) => leftovers.filter((line) => !line.includes('reserve of')).length),
  };
}
