/**
 * What a user reads when a step fails: one sentence, the command that repeats it, the sequence, the statement, the
 * transactions, hints. The same text goes to the terminal, JUnit and the vitest UI.
 */
import type { Counterexample } from '../sequence/counterexample.ts';
import type { Failure } from '../sequence/step.ts';
import { mismatchText } from './statement-text.ts';

export interface FailureReport {
  readonly failure: Failure;
  readonly counterexample: Counterexample;
  /** Path of the counterexample file. */
  readonly path: string;
  /** Settings besides REPLAY that the failure hangs on, as NAME=value. */
  readonly settings: readonly string[];
}

export function replayCommand(path: string, settings: readonly string[]): string {
  return [...settings, `REPLAY=${path}`, 'npx vitest run'].join(' ');
}

export function failureText({ failure, counterexample, path, settings }: FailureReport): string {
  const { steps, failedStep } = counterexample;
  const sequence = steps.map((step, index) => {
    const plan = Object.entries(step.plan).map(([name, value]) => `${name} ${value}`);
    return `  ${index === failedStep ? '→' : ' '} ${index + 1}. ${step.user} ${step.bundle} (${plan.join(', ')})`;
  });
  return [
    failure.sentence,
    '',
    `replay: ${replayCommand(path, settings)}`,
    '',
    `sequence of ${steps.length} step${steps.length === 1 ? '' : 's'}, seed ${counterexample.seed}:`,
    ...sequence,
    ...(failure.statement === undefined ? [] : ['', 'statement of account:', mismatchText(failure.statement)]),
    ...(failure.transactions.length === 0 ? [] : ['', `transactions: ${failure.transactions.join(' ')}`]),
    '',
    `failure id: ${failure.id}`,
    ...hints(failure).map((hint) => `hint: ${hint}`),
  ].join('\n');
}

function hints(failure: Failure): string[] {
  if (failure.verdict === 'unknown')
    return [
      'nobody can tell whether the act happened: look at the services first, this is not a finding about the protocol',
    ];
  if (failure.statement === undefined) return ['the act itself was refused; the custom error names the rule'];
  return [];
}
