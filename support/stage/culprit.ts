/**
 * Whose step brought about what another one was the first to meet: an agent's event on a request comes when the step that
 * made the request is over, and whoever acts next looks at the whole protocol.
 */
import type { Actors } from '../actors/actors.ts';
import { type Session, mismatchFailure } from '../sequence/runner.ts';
import { type ExecutedStep, StepFailed } from '../sequence/step.ts';

/** The steps of a play as they begin, with what their users' books held then. */
export class BegunSteps {
  readonly #begun: { readonly step: ExecutedStep; readonly session: BooksOf; readonly mark: number }[] = [];

  add(step: ExecutedStep, session: BooksOf): void {
    this.#begun.push({ step, session, mark: session.costMark() });
  }

  /** The same failure, named after the step that brought it about where that is another one. */
  blame(error: StepFailed): StepFailed {
    const { failure, result } = error;
    const { statement } = failure;
    const origins = statement?.mismatches[0]?.origins ?? [];
    const culprit = origins.map((origin) => this.#stepOf(origin)).find((step) => step !== undefined);
    if (statement === undefined || culprit === undefined || culprit === result.step) return error;
    const named = mismatchFailure(culprit.user, culprit.bundle, statement);
    if (named === undefined) return error;
    const noticed = `; met first by ${result.step.user}, ${result.step.bundle}`;
    const blamed = { ...failure, ...named, sentence: `${named.sentence}${noticed}` };
    return new StepFailed({ ...result, failure: blamed }, blamed);
  }

  /** The last step to begin before its user sent this transaction. */
  #stepOf(transaction: string): ExecutedStep | undefined {
    return this.#begun.findLast(({ session, mark }) =>
      session.costsSince(mark).some(({ source }) => source === transaction),
    )?.step;
  }
}

type BooksOf = Pick<Session<Actors>, 'costMark' | 'costsSince'>;
