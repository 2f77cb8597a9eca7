/**
 * A run of the suite that is killed: starts it, watches what it signs, and ends it with -9 at the drawn moment. What it left
 * in doubt is counted from its journals, nothing is repaired.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { TransactionFate } from '../../clients/journal.ts';
import { FUNDER_NAME } from '../../keys/names.ts';
import { type Phase, phaseOf } from './acts.ts';
import type { Workspace } from './workspace.ts';

const CHECKOUT = resolve(import.meta.dirname, '../../..');
const VITEST = join(CHECKOUT, 'node_modules/vitest/vitest.mjs');
const TEST = ['run', '--root', CHECKOUT, '--reporter=default', 'scenarios/sequences', '-t', 'all users'];
const LOOK_MS = 5;

/** When to kill: so long after so many transactions of a phase have been signed, by whomever. */
export interface Moment {
  readonly phase: Phase;
  readonly signed: number;
  readonly delayMs: number;
}

export interface Killed {
  /** False when the run ended before its moment came. */
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
  readonly phase: Phase;
  readonly signed: number;
  /** Transactions whose fate the journals do not know. */
  readonly inDoubt: number;
  /** What the journals said became of transactions, by hash, as far as they were read in time. */
  readonly fates: ReadonlyMap<string, TransactionFate>;
}

/** Runs the suite in the workspace up to the moment. Its output goes into `log` there. */
export async function runAndKill(workspace: Workspace, seed: number, moment: Moment, log: string): Promise<Killed> {
  const watch = new JournalWatch(workspace);
  const run = startProgram(workspace, [VITEST, ...TEST], { SEED: String(seed) }, log);
  const isOver = () => run.child.exitCode !== null || run.child.signalCode !== null;
  while (!isOver() && watch.look(moment.phase) < moment.signed) await pause(LOOK_MS);
  if (!isOver()) await Promise.race([pause(moment.delayMs), run.ended]);
  const wasKilled = !isOver() && run.child.kill('SIGKILL');
  const exitCode = await run.ended;
  watch.look(moment.phase);
  return { wasKilled, exitCode, phase: watch.phase, signed: watch.signed, inDoubt: watch.inDoubt, fates: watch.fates };
}

/** Starts a program of the suite in the workspace; nothing is inherited but what node needs. */
export function startProgram(
  { folder, environment }: Workspace,
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  log: string,
) {
  const output = openSync(join(folder, log), 'w');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { PATH, HOME, NO_COLOR: '1', ...environment, ...settings },
    stdio: ['ignore', output, output],
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  return { child, ended };
}

const lineSchema = z.object({
  line: z.string(),
  hash: z.string().optional(),
  chain: z.enum(['evm', 'ledger']).optional(),
  raw: z.string().optional(),
  account: z.string().optional(),
  sequence: z.number().optional(),
  fate: z.enum(['done', 'failed', 'dead']).optional(),
});

/** What has been signed since the watch began, from the journals' lines; they may be emptied meanwhile. */
class JournalWatch {
  readonly #workspace: Workspace;
  readonly #known = new Set<string>();
  /** Accounts with a nonce or sequence that something was signed for in this run. */
  readonly #places = new Set<string>();
  readonly fates = new Map<string, TransactionFate>();
  #signed = new Map<Phase, number>();
  phase: Phase = 'start';
  inDoubt = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.look('start');
    this.#signed.clear();
    this.phase = 'start';
  }

  get signed(): number {
    return [...this.#signed.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Looks again; gives how many of this phase have been signed. */
  look(phase: Phase): number {
    const { keys, funder } = this.#workspace;
    let open = 0;
    for (const file of readdirSync(keys).filter((name) => name.endsWith('.journal.jsonl'))) {
      const pending = new Set<string>();
      const actor = file.slice(0, file.indexOf('.'));
      for (const text of readFileSync(join(keys, file), 'utf8').split('\n').slice(0, -1)) {
        const { line, hash = '', chain, raw, account, sequence, fate } = lineSchema.parse(JSON.parse(text));
        if (line === 'final') pending.delete(hash);
        if (fate !== undefined) this.fates.set(hash, fate);
        if (line !== 'signed' || chain === undefined || raw === undefined) continue;
        pending.add(hash);
        if (this.#known.has(hash)) continue;
        this.#known.add(hash);
        const place = `${chain} ${account} ${sequence}`;
        const isRival = chain === 'evm' && this.#places.has(place);
        this.#places.add(place);
        this.phase = isRival ? 'fee bump' : phaseOf(actor, chain, raw, { name: FUNDER_NAME, who: funder });
        this.#signed.set(this.phase, (this.#signed.get(this.phase) ?? 0) + 1);
      }
      open += pending.size;
    }
    this.inDoubt = open;
    return this.#signed.get(phase) ?? 0;
  }
}

const pause = (durationMs: number): Promise<void> => new Promise((done) => setTimeout(done, durationMs));
