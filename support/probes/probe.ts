/** A probe: an act that must end in one way, and what is said of it. */
import type { Interface } from 'ethers';
import type { Claim } from '../model/statement.ts';
import type { Outcome, Play } from './simulation.ts';

export type Must =
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'through' }
  /** Goes through, and this event tells how. */
  | { readonly kind: 'tells'; readonly event: string; readonly contract: Interface }
  /** A view that answers this. */
  | { readonly kind: 'gives'; readonly returned: string }
  /** Whatever comes of it, that error does not: whoever may act gets past the check. */
  | { readonly kind: 'passes'; readonly error: string };

export interface Probe {
  /** Who tries what, for people; the same in every run. */
  readonly name: string;
  readonly play: Play;
  readonly must: Must;
}

export const refused = (error: string): Must => ({ kind: 'refused', error });
export const THROUGH: Must = { kind: 'through' };
export const passes = (error: string): Must => ({ kind: 'passes', error });

/** Name of a probe's claim. */
export const claimName = (probe: string): string => `probe: ${probe}`;

/** A probe's claim, with a sentence for people where it does not hold. */
export function judge({ name, must }: Pick<Probe, 'name' | 'must'>, outcome: Outcome): Claim {
  const expected = expectedText(must);
  const actual = holds(must, outcome) ? expected : actualText(must, outcome);
  return { what: claimName(name), expected, actual, sentence: `${name} ${actual}, must ${expected}` };
}

function holds(must: Must, outcome: Outcome): boolean {
  switch (must.kind) {
    case 'refused':
      return outcome.kind === 'refused' && (outcome.revert.name ?? outcome.revert.text) === must.error;
    case 'through':
      return outcome.kind === 'through';
    case 'tells':
      return outcome.kind === 'through' && eventsIn(must.contract, outcome).includes(must.event);
    case 'gives':
      return outcome.kind === 'through' && outcome.returned === must.returned;
    case 'passes':
      return outcome.kind === 'through' || (outcome.kind === 'refused' && outcome.revert.name !== must.error);
  }
}

function expectedText(must: Must): string {
  switch (must.kind) {
    case 'refused':
      return `be refused with ${must.error}`;
    case 'through':
      return 'go through';
    case 'tells':
      return `end with ${must.event}`;
    case 'gives':
      return `give ${plain(must.returned)}`;
    case 'passes':
      return `not be refused with ${must.error}`;
  }
}

function actualText(must: Must, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'refused':
      return `was refused with ${outcome.revert.name ?? outcome.revert.text}`;
    case 'unprepared':
      return `could not be tried: call ${outcome.call + 1} before it was refused with ${outcome.revert.name ?? outcome.revert.text}`;
    case 'through':
      if (must.kind === 'gives') return `gave ${plain(outcome.returned)}`;
      if (must.kind === 'tells') return `ended with ${eventsIn(must.contract, outcome).join(', ') || 'no event'}`;
      return 'went through';
  }
}

function eventsIn(contract: Interface, { logs }: Extract<Outcome, { kind: 'through' }>): string[] {
  return logs.flatMap(({ topics, data }) => contract.parseLog({ topics: [...topics], data })?.name ?? []);
}

/** One word of an answer as a number, longer ones as they are. */
const plain = (returned: string): string => (returned.length === 66 ? BigInt(returned).toString() : returned);
