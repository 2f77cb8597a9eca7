/**
 * Stands between the runner and one user for one play, and keeps what passes: markets, expectations, closing states.
 *
 * It changes one thing: a user is shown the native balance they would have if gas cost nothing, so that what they decide
 * does not hang on how much gas a contract takes.
 */
import type { Actors } from '../../actors/actors.ts';
import type { Market } from '../../model/market.ts';
import type { UserState } from '../../model/state.ts';
import type { Expectation } from '../../model/statement.ts';
import type { Bundle, View } from '../../sequence/bundle.ts';
import { type Book, type Decide, type Session, runStep } from '../../sequence/runner.ts';
import { type ExecutedStep, StepFailed } from '../../sequence/step.ts';
import { type Offer, drawnDecision } from '../../sequence/draw.ts';
import type { Sequence } from './sequences.ts';
import { type SeenStep, isGas } from './figures.ts';

/** Kept from the user's sight, 20 coins: what they are shown they must really have, and gas comes out of this. */
const GAS_RESERVE_WEI = 20n * 10n ** 18n;

export class Witness {
  readonly #session: Session<Actors>;
  readonly #mark: number;
  #book: Book;
  #market: Market | undefined;
  #expectation: Expectation | undefined;
  #closing: UserState | undefined;
  /** Gas paid up to the last closing. */
  #closedGasWei = 0n;

  /** Begins where the play begins: with the book of then. */
  constructor(session: Session<Actors>, book: Book) {
    this.#session = {
      ...session,
      view: async (current) => this.#show(await session.view(current)),
      userState: async (tracked) => (this.#closing = await session.userState(tracked)),
    };
    this.#mark = session.costMark();
    this.#book = book;
  }

  /** Does one drawn step and gives what was seen of it; a step that fails is seen like any other. */
  async step(
    drawn: Sequence['lanes'][number]['steps'][number],
    offers: readonly Offer<Actors>[],
    onBegin: (step: ExecutedStep) => void,
  ): Promise<SeenStep> {
    this.#market = undefined;
    this.#expectation = undefined;
    this.#closing = undefined;
    const decide: Decide<Actors> = drawnDecision(
      offers.map((offer) => ({ ...offer, bundle: this.#watched(offer.bundle) })),
      drawn,
    );
    const { user } = this.#session;
    try {
      const outcome = await runStep(this.#session, this.#book, decide, user, onBegin);
      if ('notEnabled' in outcome) return this.#seen({ notEnabled: outcome.notEnabled });
      this.#book = outcome.book;
      const { step, statement } = outcome.result;
      return this.#seen({ step, statement, timelocks: outcome.book.timelocks });
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      const { step, statement } = error.result;
      return this.#seen({ step, statement, failure: error.failure });
    }
  }

  #seen(of: Partial<SeenStep>): SeenStep {
    const gasWei = { opening: this.#closedGasWei, closing: this.#gasWei() };
    if (of.statement !== undefined) this.#closedGasWei = gasWei.closing;
    return {
      user: this.#session.user,
      market: this.#market,
      step: undefined,
      notEnabled: undefined,
      failure: undefined,
      statement: undefined,
      expectation: this.#expectation,
      closing: this.#closing,
      timelocks: undefined,
      gasWei,
      ...of,
    };
  }

  #show(view: View): View {
    this.#market = view.market;
    const gasWei = this.#gasWei();
    if (gasWei > GAS_RESERVE_WEI)
      throw new Error(`${this.#session.user} has paid ${gasWei} wei for gas: play less at once`);
    const { user } = view;
    const native = (user.balances['native'] ?? 0n) + gasWei - GAS_RESERVE_WEI;
    return { ...view, user: { ...user, balances: { ...user.balances, native } } };
  }

  #watched(bundle: Bundle<Actors>): Bundle<Actors> {
    return {
      ...bundle,
      resolve: (view, choices, params) => {
        const bound = bundle.resolve(view, choices, params);
        return {
          ...bound,
          run: async (actors) => {
            const expectationOf = await bound.run(actors);
            return (met) => (this.#expectation = expectationOf(met));
          },
        };
      },
    };
  }

  #gasWei(): bigint {
    const entries = this.#session.costsSince(this.#mark).filter(isGas);
    return entries.reduce((sum, { amount }) => sum - amount, 0n);
  }
}
