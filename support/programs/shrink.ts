/**
 * `npm run shrink -- FILE`: shrinks a saved counterexample on an embedded devnet, wherever it was found.
 *
 * Continues from the smaller file beside FILE if there is one; the best so far is always on disk. Exit 0: it is as small as
 * it gets, or the budget is spent. 1: it does not fail in the same way. 2: it cannot be played.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import { type Program, say } from './program.ts';
import { plantedFaults } from '../planted/index.ts';
import { faultNames } from '../faults/index.ts';
import { type FailureReport, type FailureSettings, failureText, stepsText } from '../report/failure-text.ts';
import { type Counterexample, NotReplayable, readSmallest, writeCounterexample } from '../sequence/counterexample.ts';
import type { ShrinkOptions, Shrunk } from '../sequence/shrink.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { loadSettings } from '../settings/load.ts';
import { openRun } from '../run/open-run.ts';
import { EMBEDDED_DEVNET, replaySettingsOf } from '../settings/replay-settings.ts';
import { partsOf } from '../stage/replay.ts';
import { Rehearsal } from '../stage/rehearsal.ts';
import { userNames } from '../keys/names.ts';
import { wholeNumber } from './whole-number.ts';
import { cleaningUp } from '../units/troubles.ts';

const USAGE = 'usage: npm run shrink -- FILE [--plays NUMBER] [--seconds NUMBER] [--tries NUMBER]';

interface Request {
  readonly path: string;
  readonly budget: ShrinkOptions['budget'];
  readonly tries: number;
}

function readArguments(words: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      plays: { type: 'string' },
      seconds: { type: 'string' },
      tries: { type: 'string' },
    },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new SettingsError(USAGE);
  const atMost = 1_000_000;
  return {
    path,
    budget: {
      plays: wholeNumber('--plays', values.plays, 1, atMost) ?? 2_000,
      timeMs: (wholeNumber('--seconds', values.seconds, 1, atMost) ?? 600) * 1000,
    },
    tries: wholeNumber('--tries', values.tries, 1, atMost) ?? 1,
  };
}

/** Settings of the environment, with users, seed and planted fault of the file, on the embedded devnet. */
function settingsFor(
  suite: Suite<Actors>,
  { users, seed, plantedFault, steps, faults = [] }: Counterexample,
): Settings {
  const given = loadSettings(suite, { ...process.env, ...EMBEDDED_DEVNET });
  const fault = given.plantedFault ?? plantedFault;
  if (fault !== undefined && !plantedFaults.has(fault)) throw new NotReplayable(`there is no planted fault ${fault}`);
  const named = faults.map((window) => window.fault);
  const gone = named.find((name) => !faultNames.includes(name));
  if (gone !== undefined) throw new NotReplayable(`there is no fault ${gone}`);
  partsOf(suite, steps, userNames(users), () => {});
  return { ...given, users, seed, plantedFault: fault, faults: named };
}

/** The file, with the settings to play it. Throws SettingsError when it cannot be played. */
function playable(
  suite: Suite<Actors>,
  path: string,
): { readonly counterexample: Counterexample; readonly settings: Settings } {
  try {
    const counterexample = readSmallest(path);
    return { counterexample, settings: settingsFor(suite, counterexample) };
  } catch (error) {
    if (error instanceof NotReplayable) throw new SettingsError(error.message, { cause: error });
    throw error;
  }
}

export const run: Program = async (suite, words) => {
  const request = readArguments(words);
  const { counterexample, settings } = playable(suite, request.path);
  say(`${counterexample.failure.id}: ${stepsText(counterexample.steps.length)}, on an embedded devnet`);
  const scratch = mkdtempSync(join(tmpdir(), 'fassets-qa-shrink-'));
  const shrinkOn = async (): Promise<number> => {
    const opened = await openRun(suite, settings, join(scratch, 'history.jsonl'));
    const rehearse = async (): Promise<number> => {
      const rehearsal = await Rehearsal.open(suite, settings, opened.context);
      return cleaningUp(
        async () =>
          report(await shrinkSaved(request, counterexample, rehearsal), request.path, replaySettingsOf(settings)),
        () => rehearsal.close(),
      );
    };
    return cleaningUp(rehearse, () => opened.stop());
  };
  return cleaningUp(shrinkOn, () => rmSync(scratch, { recursive: true, force: true }));
};

function shrinkSaved(
  { path, budget, tries }: Request,
  counterexample: Counterexample,
  rehearsal: Rehearsal,
): Promise<Shrunk> {
  return rehearsal.shrink({
    counterexample,
    budget,
    tries,
    onBetter: ({ counterexample: better }) => {
      writeCounterexample(dirname(path), better);
      say(`play ${better.shrunk?.plays}: ${stepsText(better.steps.length)}`);
    },
  });
}

function report({ ended, plays, smallest }: Shrunk, path: string, settings: FailureSettings): number {
  if (smallest === undefined) {
    say(`not reproduced: the file does not fail in its way here (plays: ${plays})`);
    return 1;
  }
  const text: FailureReport = {
    ...smallest,
    path: writeCounterexample(dirname(path), smallest.counterexample),
    settings,
    remarks: [
      ended === 'minimal'
        ? `nothing can be left out (${plays} plays)`
        : `perhaps not the shortest: run it again to go on (${plays} plays)`,
    ],
  };
  say(`\n${failureText(text)}`);
  return 0;
}
