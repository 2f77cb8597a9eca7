/**
 * A step as a list of figures that must be the same on two devnets: outcome, plan, market, accounts, records, claims.
 *
 * What gas cost is left out, since it differs by contract: native balances are those of a user to whom gas is given back.
 */
import type { Market } from '../../model/market.ts';
import type { Timelocks } from '../../model/pool-replay.ts';
import type { UserState } from '../../model/state.ts';
import type { Expectation, Movement, Statement, StatementLine } from '../../model/statement.ts';
import type { ExecutedStep, Failure } from '../../sequence/step.ts';
import type { Names } from './names.ts';

/** What one side saw of one decision, in its own addresses and ids. */
export interface SeenStep {
  readonly user: string;
  /** The market it began with. */
  readonly market: Market | undefined;
  /** Absent when nothing was enabled. */
  readonly step: ExecutedStep | undefined;
  readonly notEnabled: string | undefined;
  readonly failure: Failure | undefined;
  readonly statement: Statement | undefined;
  readonly expectation: Expectation | undefined;
  readonly closing: UserState | undefined;
  readonly timelocks: Timelocks | undefined;
  /** Gas the user had paid since the play began, at the last closing and at this one. */
  readonly gasWei: { readonly opening: bigint; readonly closing: bigint };
}

export interface Figure {
  /** What it belongs to, for example `account fAsset`; figures of one group stand together. */
  readonly group: string;
  readonly name: string;
  readonly value: string;
}

/** The entry of a user's costs that a contract's code decides. */
export const isGas = ({ account, cause, text }: Movement): boolean =>
  account === 'native' && cause === 'fee' && text.startsWith('gas of ');

/** Every figure of the step, in a fixed order, with names for addresses and ids. */
export function figuresOf(seen: SeenStep, names: Names): Figure[] {
  const { step, market, statement, expectation, closing, failure, timelocks } = seen;
  const raw = [
    ...figures('outcome', {
      user: seen.user,
      bundle: step?.bundle ?? 'none',
      notEnabled: seen.notEnabled ?? 'none',
      verdict: failure?.verdict ?? 'right',
      failure: failure?.id ?? 'none',
      sentence: failure?.sentence ?? 'none',
    }),
    ...figures('plan', step?.plan),
    ...(market === undefined ? [] : marketFigures(market)),
    ...(statement?.lines ?? []).flatMap((line) => lineFigures(line, seen.gasWei)),
    ...figures('records at the end', closing?.records),
    ...figures('records expected', expectation?.records),
    ...figures('notes', expectation?.notes),
    ...(expectation?.claims ?? []).flatMap((claim) =>
      figures('claims', { [claim.what]: [claim.expected, claim.actual] }),
    ),
    ...figures('timelocks', timelocks),
  ];
  return raw.map(({ group, name, value }) => ({
    group: names.in(group),
    name: names.in(name),
    value: names.in(value),
  }));
}

/** Blocks are left out: two protocols take different numbers of transactions to deploy. */
function marketFigures({ point, queue, ...market }: Market): Figure[] {
  return [
    ...figures('point', { ledger: point.ledger, timeS: point.timeS }),
    ...figures('market', market),
    ...figures(
      'queue',
      queue.map(({ id, ...ticket }) => ({ id: `ticket ${id}`, ...ticket })),
    ),
  ];
}

function lineFigures(line: StatementLine, gasWei: SeenStep['gasWei']): Figure[] {
  const isNative = line.account === 'native';
  const [before, after] = isNative ? [gasWei.opening, gasWei.closing] : [0n, 0n];
  const movements = line.movements.filter((movement) => !isGas(movement));
  return [
    ...figures(`account ${line.account}`, { opening: line.opening + before }),
    ...movements.flatMap(({ cause, text, amount }) =>
      figures(`account ${line.account}`, { [`${cause} ${text}`]: amount }),
    ),
    ...figures(`account ${line.account}`, { expected: line.expected + after, actual: line.actual + after }),
  ];
}

/** Every value inside, each under the path that leads to it. */
function figures(group: string, value: unknown, path: readonly string[] = []): Figure[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => figures(group, inner, [...path, key]));
  return isPlain(value) ? [{ group, name: path.join(' '), value: String(value) }] : [];
}

const isPlain = (value: unknown): value is string | number | bigint | boolean =>
  ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
