/**
 * sequence: bundles, steps, draws, turns, counterexamples, shrinking. This file: all that is played, as one value.
 * Imports units, files and model. Whatever plays takes the suite as an argument.
 * Never here: a client, a network, or the name of a bundle.
 */
import { type Bundle, MOST_CHOICES } from './bundle.ts';
import type { Refusal } from './refusal.ts';
import type { Scenario } from './scenario.ts';

export interface Suite<Actors> {
  /** Tried alone for each user, and drawn into sequences, in this order. */
  readonly bundles: readonly Bundle<Actors>[];
  /** Steps that only stories and arrangements use. */
  readonly steps: readonly Bundle<Actors>[];
  readonly scenarios: readonly Scenario<Actors>[];
  readonly refusals: readonly Refusal<Actors>[];
  /** Acts that are only simulated; played once each. */
  readonly probes: readonly Bundle<Actors>[];
  readonly windingUp: WindingUp<Actors>;
  /** What shrinking may put in place of two steps: the plainest bundles that do what others need several for. */
  readonly standIns: readonly Bundle<Actors>[];
  /** What users need to act at all, for the plan of their funding. */
  readonly reserves: Reserves;
  /** The file that runs this suite's programs by name, for programs that start others. */
  readonly programs: string;
}

/** How a user ends what they have open. */
export interface WindingUp<Actors> {
  /** End records whose next move is the user's. */
  readonly ends: readonly Bundle<Actors>[];
  /** Leave pools. */
  readonly leaves: readonly Bundle<Actors>[];
  /** Turns what was minted back into the underlying. */
  readonly spends: Bundle<Actors>;
  /** Waits for records whose next move is somebody else's. */
  readonly waits: Bundle<Actors>;
  /** Only compares the account. */
  readonly looks: Bundle<Actors>;
  /** Seconds of network time that others get for their part. */
  readonly patienceS: number;
}

export interface Reserves {
  /** XRP that a user keeps for fees besides the ledger's reserve, in drops. */
  readonly keepUba: bigint;
  /** Native coin that is kept from pools for later acts. */
  readonly poolKeepWei: bigint;
  /** Least that enters a pool. */
  readonly leastEntryWei: bigint;
}

/** Throws when two bundles share a name, an arrangement does not exist, or a bundle has more choices than a step carries. */
export function defineSuite<Actors>(suite: Suite<Actors>): Suite<Actors> {
  const all = [...suite.bundles, ...suite.steps, ...suite.probes];
  const names = new Set<string>();
  for (const { name, choices } of all) {
    if (names.has(name)) throw new Error(`two bundles are named ${name}`);
    names.add(name);
    if (choices.length > MOST_CHOICES)
      throw new Error(`${name} has ${choices.length} choices, but a drawn step carries ${MOST_CHOICES}`);
  }
  for (const { name, arrange } of all)
    for (const needed of arrange)
      if (!names.has(needed)) throw new Error(`${name} arranges ${needed}, which does not exist`);
  return suite;
}

/** The bundle or story step of this name, if there is one. */
export const findBundle = <Actors>(
  { bundles, steps, probes }: Suite<Actors>,
  name: string,
): Bundle<Actors> | undefined => [...bundles, ...steps, ...probes].find((bundle) => bundle.name === name);
