/**
 * An action bundle: what is drawn, when it may be done, how it is done, what must come of it. One value in one file.
 *
 * `run` acts and reports what it observed; `expected` is pure and computes amounts from what was read before the act. They
 * never call each other. The type knows nothing of chains: `Actors` is whatever the suite's bundles act with.
 */
import type { OddPayments } from '../model/background.ts';
import type { Market } from '../model/market.ts';
import type { RecordFields, RecordId, UserState } from '../model/state.ts';
import type { Timelocks } from '../model/pool-replay.ts';
import type { Expectation, Notes } from '../model/statement.ts';

/** Somebody else's record that the user can end as its executor. */
export interface Entrusted {
  readonly record: RecordId;
  readonly fields: RecordFields;
  /** A minting's payment in full, once it was made. */
  readonly paymentHash: string | undefined;
  /** A redemption whose window is over and which was not paid. */
  readonly isOverdue: boolean;
}

/** What conditions can see, read when the step begins. */
export interface View {
  readonly user: UserState;
  readonly market: Market;
  /** What the user knows of their records beyond what the protocol stores. */
  readonly notes: Notes;
  readonly timelocks: Timelocks;
  /** Redemptions whose payment has arrived; absent where nobody looked. */
  readonly paid?: ReadonlySet<string>;
  /** EVM addresses, lower-case, of who may be named as executor: the user, the partner, others in this run. */
  readonly executors?: readonly string[];
  /** Open records of others that name the user as executor. */
  readonly entrusted?: readonly Entrusted[];
  /** How agents may pay in this run besides as they must, where they are made to misbehave. */
  readonly oddPayments?: OddPayments;
}

/** What is fixed instead of drawn, by name, for example `agent`; empty for most bundles. */
export type Params = Readonly<Record<string, string>>;

/**
 * What a bundle needs beyond what every network has: faults on demand, a function of newer releases, money that may be spent
 * for good in every run, a devnet, which no executors of others watch, or eth_simulateV1.
 */
export type Need = 'canInjectFaults' | 'redeemAmount' | 'directMinting' | 'madeUpMoney' | 'ownDevnet' | 'canSimulate';

/** Drawn numbers, one for each name in `choices`, each 0 to CHOICE_MAX. */
export type Choices = readonly number[];
export const CHOICE_MAX = 9_999;
/** Most choices that a drawn step carries. */
export const MOST_CHOICES = 4;

/** The concrete step as JSON: what the choices came to. */
export type Plan = Readonly<Record<string, string | number | boolean>>;

export interface BundleDefinition<Actors, P extends Plan, Observed> {
  readonly name: string;
  /** One sentence for people: what the user does. */
  readonly story: string;
  /** Names of what is drawn. */
  readonly choices: readonly string[];
  /** Names of parameters it takes. */
  readonly params?: readonly string[];
  readonly needs?: readonly Need[];
  /** Bundles that are run first, in this order, when this one is tried alone and is not enabled. */
  readonly arrange: readonly string[];
  /** Tried alone, it is the partner's, for whom the user arranges: `executor` is the partner where that is a parameter. */
  readonly triedByPartner?: boolean;
  /** Reserves a minting and pays for it: funding plans for that. */
  readonly mints?: boolean;
  /** Puts native coin into pools: funding plans for that. */
  readonly entersPools?: boolean;
  /** Moves money of the partner's: their account is compared with the step. */
  readonly reachesPartner?: boolean;
  /** Lets something happen that is no user's act: what it does to users is found by the steps after it. */
  readonly isHappening?: boolean;
  /** True, or why not. Pure. */
  enabled(view: View, params: Params): true | string;
  /** Choices against the view: the concrete step. Pure; only called when enabled. */
  resolve(view: View, choices: Choices, params: Params): P;
  run(plan: P, actors: Actors, view: View): Promise<Observed>;
  /**
   * The custom error that the first transaction must get in this view, since others may have acted after the plan was made.
   * Pure.
   */
  refusedWith?(met: View, plan: P): string | undefined;
  /** Movements and record changes, fees left out (the runner takes those from the receipts). Pure. */
  expected(view: View, plan: P, observed: Observed): Expectation;
}

/** A bundle as the runner sees it, without the types of its plan and observations. */
export interface Bundle<Actors> {
  readonly name: string;
  readonly story: string;
  readonly choices: readonly string[];
  readonly params: readonly string[];
  readonly needs: readonly Need[];
  readonly arrange: readonly string[];
  readonly triedByPartner: boolean;
  readonly mints: boolean;
  readonly entersPools: boolean;
  readonly reachesPartner: boolean;
  readonly isHappening: boolean;
  enabled(view: View, params: Params): true | string;
  /** Throws for more or fewer choices than the bundle names, so that nothing drawn or saved is ignored or made up. */
  resolve(view: View, choices: Choices, params: Params): BoundStep<Actors>;
}

/** A resolved step, ready to run once. */
export interface BoundStep<Actors> {
  readonly plan: Plan;
  /**
   * Acts. Returns the expectation as a function of the view that the act met, so that nothing is judged while acting. That
   * is the step's view, or a later one where others acted before the act's first transaction.
   */
  run(actors: Actors): Promise<(met: View) => Expectation>;
  /** The custom error with which the protocol must refuse the act in that view, if it must. */
  refusedWith(met: View): string | undefined;
}

export function defineBundle<Actors, P extends Plan, Observed>(
  definition: BundleDefinition<Actors, P, Observed>,
): Bundle<Actors> {
  const { name, story, choices, params = [], needs = [], arrange } = definition;
  const { mints = false, entersPools = false, reachesPartner = false, isHappening = false } = definition;
  const { triedByPartner = false } = definition;
  return {
    name,
    story,
    choices,
    params,
    needs,
    arrange,
    triedByPartner,
    mints,
    entersPools,
    reachesPartner,
    isHappening,
    enabled: (view, given) => definition.enabled(view, given),
    resolve(view, drawn, given) {
      if (drawn.length !== choices.length)
        throw new Error(`${name} takes ${choices.length} choices, but ${drawn.length} are given`);
      const plan = definition.resolve(view, drawn, given);
      return {
        plan,
        run: async (actors) => {
          const observed = await definition.run(plan, actors, view);
          return (met) => definition.expected(met, plan, observed);
        },
        refusedWith: (met) => definition.refusedWith?.(met, plan),
      };
    },
  };
}

/** The element a drawn number points at; CHOICE_MAX reaches the last. Throws on an empty list. */
export function choose<T>(options: readonly T[], choice: number): T {
  const picked = options[Math.floor((choice * options.length) / (CHOICE_MAX + 1))];
  if (picked === undefined) throw new Error('nothing to choose from');
  return picked;
}

/** A whole amount from `low` to `high`, both reachable: 0 gives low, CHOICE_MAX gives high; rounded down between. */
export function chooseAmount(low: bigint, high: bigint, choice: number): bigint {
  return low + ((high - low) * BigInt(choice)) / BigInt(CHOICE_MAX);
}
