/**
 * An error knows its verdict: whoever defines an error decides what it means for the act that met it. `wrong`: the protocol
 * or the ledger refused what must be allowed. `unknown`: what happened cannot be known. Errors without a verdict are
 * unknown.
 */
import { findingOf, troublesOf } from '../units/troubles.ts';

export interface Verdict {
  readonly verdict: 'wrong' | 'unknown';
  /** Stable across runs and amounts; part of a failure's id. */
  readonly kind: string;
}

export interface ToldVerdict extends Verdict {
  /** For people. */
  readonly text: string;
}

/** The verdict of anything thrown: of the first finding, with later troubles in its text. */
export function verdictOf(thrown: unknown): ToldVerdict {
  const { text, ...verdict } = verdictOfOne(findingOf(thrown));
  const lines = troublesOf(thrown).map((trouble) => `besides: ${verdictOf(trouble).text}`);
  return { ...verdict, text: [text, ...lines].join('; ') };
}

function verdictOfOne(thrown: unknown): ToldVerdict {
  if (!(thrown instanceof Error)) return { verdict: 'unknown', kind: 'error', text: String(thrown) };
  const text = 'told' in thrown && typeof thrown.told === 'string' ? thrown.told : thrown.message;
  const isJudged = 'verdict' in thrown && (thrown.verdict === 'wrong' || thrown.verdict === 'unknown');
  if (!isJudged || !('kind' in thrown) || typeof thrown.kind !== 'string')
    return { verdict: 'unknown', kind: thrown.name, text };
  return { verdict: thrown.verdict === 'wrong' ? 'wrong' : 'unknown', kind: thrown.kind, text };
}
