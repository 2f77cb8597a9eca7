/** A probe: an act that must end in one way, and what is said of it. */
import type { Interface } from 'ethers';
import type { Claim } from '../model/statement.ts';
import { answerParts } from './answer-parts.ts';
import type { Outcome, Play } from './simulation.ts';

export type Must =
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'through' }
  /** Goes through, and this event tells how. */
  | { readonly kind: 'tells'; readonly event: string; readonly contract: Interface }
  /** A view that answers this; `view` tells its parts by their names, of which only `parts` count where they are given. */
  | { readonly kind: 'gives'; readonly returned: string; readonly view?: View; readonly parts?: readonly string[] }
  /** Whatever comes of it, that error does not: whoever may act gets past the check. */
  | { readonly kind: 'passes'; readonly error: string };

/** A view by its contract's interface. */
export interface View {
  readonly contract: Interface;
  readonly name: string;
}

export interface Probe {
  /** Who tries what, for people; the same in every run. */
  readonly name: string;
  readonly play: Play;
  readonly must: Must;
}

/** Of an answer that differs in many parts, so many are told. */
const MOST_TOLD = 6;

export const refused = (error: string): Must => ({ kind: 'refused', error });
export const THROUGH: Must = { kind: 'through' };
export const passes = (error: string): Must => ({ kind: 'passes', error });

/** Name of a probe's claim. */
export const claimName = (probe: string): string => `probe: ${probe}`;

/** A probe's claim, with a sentence for people where it does not hold. */
export function judge({ name, must }: Pick<Probe, 'name' | 'must'>, outcome: Outcome): Claim {
  const isRight = holds(must, outcome);
  const told = !isRight && must.kind === 'gives' && outcome.kind === 'through' ? differing(must, outcome.returned) : [];
  const expected = told.length === 0 ? expectedText(must) : `give ${told.map((part) => part.expected).join(', ')}`;
  const wrong = told.length === 0 ? actualText(must, outcome) : `gave ${told.map((part) => part.actual).join(', ')}`;
  const actual = isRight ? expected : wrong;
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
      if (outcome.kind !== 'through') return false;
      return (
        outcome.returned === must.returned ||
        (must.parts !== undefined && differing(must, outcome.returned).length === 0)
      );
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
      return must.view === undefined || must.returned.length === 66
        ? `give ${plain(must.returned)}`
        : 'be answered rightly';
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

/** The parts of an answer that are not as they must be, by name. */
function differing(
  { returned, view, parts }: Extract<Must, { kind: 'gives' }>,
  actual: string,
): { readonly expected: string; readonly actual: string }[] {
  if (view === undefined) return [];
  const [right, told] = [answerParts(view, returned), answerParts(view, actual)];
  const names = parts ?? [...new Set([...right.keys(), ...told.keys()])];
  const off = names.filter((name) => right.get(name) !== told.get(name));
  const text = (all: ReadonlyMap<string, string>, name: string): string =>
    `${name} ${all.get(name) ?? 'nowhere'}`.trim();
  return off.slice(0, MOST_TOLD).map((name) => ({ expected: text(right, name), actual: text(told, name) }));
}

/** One word of an answer as a number, longer ones as they are. */
const plain = (returned: string): string => (returned.length === 66 ? BigInt(returned).toString() : returned);
