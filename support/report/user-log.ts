/** A log for each user under reports/logs: what was done, what it came to, the whole statement, in order. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '../sequence/step.ts';
import { accountAmountText } from '../units/format.ts';

export class UserLogs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  note(user: string, text: string): void {
    appendFileSync(join(this.#folder, `${user}.log`), `${text}\n`);
  }

  step({ step, statement, failure, transactions, tookMs, startedAtS }: StepResult): void {
    const plan = Object.entries(step.plan).map(([name, value]) => `${name}=${value}`);
    const at = new Date(startedAtS * 1000).toISOString();
    const verdict = failure === undefined ? 'right' : `${failure.verdict.toUpperCase()}: ${failure.sentence}`;
    const movements = (statement?.lines ?? []).flatMap((line) =>
      line.movements.map(
        ({ amount, cause, text, source }) =>
          `    ${line.account}: ${accountAmountText(line.account, amount)} (${cause}) ${text}${cause === 'background' && source !== undefined ? ` [${source}]` : ''}`,
      ),
    );
    this.note(
      step.user,
      [
        `${at} ${step.bundle} ${plan.join(' ')} → ${verdict} (${Math.round(tookMs)} ms)`,
        ...movements,
        ...(transactions.length === 0 ? [] : [`    transactions ${transactions.join(' ')}`]),
      ].join('\n'),
    );
  }
}
