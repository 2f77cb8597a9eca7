/**
 * Handles a play with a step that was not right: writes a counterexample file at once, and makes an error with everything
 * its reader needs.
 */
import { join } from 'node:path';
import { type FailureReport, failureText } from '../report/failure-text.ts';
import {
  COUNTEREXAMPLE_FORMAT,
  type Counterexample,
  type FaultWindow,
  counterexampleId,
  writeCounterexample,
} from '../sequence/counterexample.ts';
import type { ExecutedStep, StepFailed } from '../sequence/step.ts';
import { chosenUsers } from '../keys/names.ts';
import { replaySettingsOf } from '../settings/replay-settings.ts';
import { reasonOf } from '../units/troubles.ts';
import type { StageOptions } from './options.ts';
import { packageVersions } from '../report/versions.ts';

/** A failed play, with all that its reader needs in the message. */
export class PlayFailed extends Error {
  readonly report: FailureReport;
  constructor(report: FailureReport) {
    super(failureText(report));
    this.name = 'PlayFailed';
    this.report = report;
    this.foundIn('');
  }

  /** Points the stack at the test instead of the suite's own line; CI marks that line. */
  foundIn(lineOfStack: string): void {
    this.stack = [`${this.name}: ${this.message}`, lineOfStack].join('\n');
  }
}

/** A play up to its failing step. */
export interface Played {
  readonly foundBy: string;
  readonly begun: readonly ExecutedStep[];
  readonly schedule: readonly number[];
  readonly faults: readonly FaultWindow[];
  /** Index of the first step of the winding up; undefined when it was not reached, or there was none. */
  readonly settledFrom: number | undefined;
}

/** Writes the counterexample and gives the error that names it, with what went wrong after it. */
export function failedPlay(
  { context, settings, reportsFolder }: StageOptions,
  { failure, result }: StepFailed,
  { foundBy, begun, schedule, faults, settledFrom }: Played,
  troubles: readonly unknown[] = [],
): PlayFailed {
  const content: Omit<Counterexample, 'id'> = {
    format: COUNTEREXAMPLE_FORMAT,
    failure: { verdict: failure.verdict, id: failure.id, sentence: failure.sentence },
    foundBy,
    seed: context.seed,
    network: context.record.name,
    protocol: context.protocol,
    ...(settings.plantedFault === undefined ? {} : { plantedFault: settings.plantedFault }),
    users: chosenUsers(context.users),
    steps: begun.map((step) => ({ ...step, choices: [...step.choices] })),
    failedStep: begun.indexOf(result.step),
    schedule: [...schedule],
    ...(faults.length === 0 ? {} : { faults: [...faults] }),
    ...(settledFrom === undefined ? {} : { settledFrom }),
    versions: packageVersions(),
  };
  const counterexample = { ...content, id: counterexampleId(content) };
  const path = writeCounterexample(join(reportsFolder, 'counterexamples'), counterexample);
  return new PlayFailed({
    failure,
    counterexample,
    path,
    settings: replaySettingsOf(settings),
    troubles: troubles.map(reasonOf),
  });
}
