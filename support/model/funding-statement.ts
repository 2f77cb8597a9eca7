/**
 * The money of a whole run, by account: what users had and got, what acts and fees changed, what was returned.
 *
 * Closes when before + funded + own acts + others' acts − fees = returned + left, to the last unit, for every account.
 */
import { isOwnAccount } from './state.ts';
import type { Movement } from './statement.ts';

export interface UserMoney {
  readonly user: string;
  readonly before: Readonly<Record<string, bigint>>;
  readonly funded: Readonly<Record<string, bigint>>;
  readonly movements: readonly Movement[];
  readonly returned: Readonly<Record<string, bigint>>;
  /** Read after the collection. */
  readonly left: Readonly<Record<string, bigint>>;
}

export interface FundingLine {
  readonly account: string;
  readonly before: bigint;
  readonly funded: bigint;
  readonly own: bigint;
  readonly background: bigint;
  /** Not positive. */
  readonly fees: bigint;
  readonly returned: bigint;
  readonly left: bigint;
  /** What nothing explains; 0 when the line closes. */
  readonly difference: bigint;
}

export interface FundingStatement {
  readonly lines: readonly FundingLine[];
  readonly closes: boolean;
}

/** Sums over users, one line for each account in use. */
export function fundingStatement(users: readonly UserMoney[]): FundingStatement {
  const accounts = new Set(
    users.flatMap((user) => [
      ...[user.before, user.funded, user.returned, user.left].flatMap((amounts) => Object.keys(amounts)),
      ...user.movements.map(({ account }) => account),
    ]),
  );

  const lines = [...accounts]
    .filter(isOwnAccount)
    .map((account) => fundingLine(account, users))
    .filter((line) => !isEmpty(line));
  return { lines, closes: lines.every((line) => line.difference === 0n) };
}

function fundingLine(account: string, users: readonly UserMoney[]): FundingLine {
  const sum = (amountOf: (user: UserMoney) => bigint | undefined): bigint =>
    users.reduce((total, user) => total + (amountOf(user) ?? 0n), 0n);
  const moved = (cause: Movement['cause']): bigint =>
    sum((user) =>
      user.movements
        .filter((movement) => movement.account === account && movement.cause === cause)
        .reduce((total, movement) => total + movement.amount, 0n),
    );
  const line = {
    account,
    before: sum((user) => user.before[account]),
    funded: sum((user) => user.funded[account]),
    own: moved('own'),
    background: moved('background'),
    fees: moved('fee'),
    returned: sum((user) => user.returned[account]),
    left: sum((user) => user.left[account]),
  };
  const explained = line.before + line.funded + line.own + line.background + line.fees;
  return { ...line, difference: line.returned + line.left - explained };
}

function isEmpty({ account: _account, ...amounts }: FundingLine): boolean {
  return Object.values(amounts).every((amount) => amount === 0n);
}
