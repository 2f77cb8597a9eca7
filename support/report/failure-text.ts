/**
 * report: statements and failures as text. This file: what the terminal, JUnit and the vitest UI show of a failed step.
 * Imports model and sequence, besides units and files.
 * Never here: reading a network, or deciding a verdict.
 */
import { relative } from 'node:path';
import type { Counterexample } from '../sequence/counterexample.ts';
import type { Failure } from '../sequence/step.ts';
import { mismatchText } from './statement-text.ts';

/** Settings besides REPLAY that a failure depends on, as NAME=value. */
export interface FailureSettings {
  /** Which network it was met on. */
  readonly network: readonly string[];
  readonly others: readonly string[];
}

export interface FailureReport {
  readonly failure: Failure;
  readonly counterexample: Counterexample;
  /** Path of the counterexample file. */
  readonly path: string;
  readonly settings: FailureSettings;
  /** In front of the sentence: what the failure means to a replay. */
  readonly preface?: string;
  /** Lines after the sequence: how it was shortened. */
  readonly remarks?: readonly string[];
  /** What went wrong after it, in cleaning up or with other users. */
  readonly troubles?: readonly string[];
}

/** To be pasted into a shell at the top of the project. */
export function replayCommand(path: string, { network, others }: FailureSettings): string {
  const settings = [...network, ...others, `REPLAY=${nearPath(path)}`];
  return [...settings.map(assignment), 'npx vitest run'].join(' ');
}

/** Shrinks the file on an embedded devnet of its own, so the network it was found on is not among the settings. */
export function shrinkCommand(path: string, { others }: FailureSettings): string {
  return [...others.map(assignment), 'npm run shrink --', quoted(nearPath(path))].join(' ');
}

export const stepsText = (count: number): string => `${count} step${count === 1 ? '' : 's'}`;

/** Relative where it is below the current folder. */
function nearPath(path: string): string {
  const near = relative('', path);
  return near.startsWith('..') ? path : near;
}

/** NAME=value for a POSIX shell; a quoted name would be run as a program. */
function assignment(setting: string): string {
  const [name, ...value] = setting.split('=');
  return `${name}=${quoted(value.join('='))}`;
}

/** A word as a POSIX shell reads it back. */
function quoted(word: string): string {
  return /^[\w./:=@,+-]*$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export function failureText(report: FailureReport): string {
  const { failure, counterexample, path, settings, preface, remarks = [], troubles = [] } = report;
  return [
    preface === undefined ? failure.sentence : `${preface}: ${failure.sentence}`,
    '',
    `replay: ${replayCommand(path, settings)}`,
    '',
    `sequence of ${stepsText(counterexample.steps.length)}${shrunkText(counterexample)}, seed ${counterexample.seed}:`,
    ...sequenceLines(counterexample),
    ...remarks,
    ...statementLines(failure),
    ...(failure.transactions.length === 0 ? [] : ['', `transactions: ${failure.transactions.join(' ')}`]),
    '',
    `failure id: ${failure.id}`,
    ...hints(failure).map((hint) => `hint: ${hint}`),
    ...troubles.map((trouble) => `besides: ${trouble}`),
  ].join('\n');
}

function statementLines({ statement }: Failure): string[] {
  const text = statement === undefined ? '' : mismatchText(statement);
  return text === '' ? [] : ['', 'statement of account:', text];
}

const shrunkText = ({ steps, shrunk }: Counterexample): string =>
  shrunk === undefined || shrunk.fromSteps === steps.length ? '' : `, shrunk from ${shrunk.fromSteps}`;

/** One step a line, with the faults that were on above them, and between them where winding up began. */
function sequenceLines({ steps, failedStep, faults = [], settledFrom }: Counterexample): string[] {
  const lines = steps.map((step, index) => {
    const plan = Object.entries(step.plan).map(([name, value]) => `${name} ${value}`);
    return `  ${index === failedStep ? '→' : ' '} ${index + 1}. ${step.user} ${step.bundle} (${plan.join(', ')})`;
  });
  if (settledFrom !== undefined)
    lines.splice(settledFrom, 0, '       then every fault is healed, and users end what is open:');
  const lasting = faults
    .filter(({ fromStep, toStep }) => fromStep < Math.min(toStep, steps.length))
    .map(({ fault, fromStep, toStep }) => `${fault} (steps ${fromStep + 1} to ${Math.min(toStep, steps.length)})`);
  return [...(lasting.length === 0 ? [] : [`    with the faults ${lasting.join(', ')}`]), ...lines];
}

function hints(failure: Failure): string[] {
  if (failure.verdict === 'unknown')
    return [
      'nobody can tell whether the act happened: look at the services first, this is not a finding about the protocol',
    ];
  if (failure.statement === undefined) return ['the act itself was refused; the custom error names the rule'];
  return [];
}
