/**
 * money: funding, winding up, recovering, sweeping. This file: users are funded, and in the end collected and accounted for.
 * Imports users and the rooms below.
 * Never here: playing sequences, or a formula that a step is judged by.
 */
import type { Moved } from './transfer.ts';
import { type Allowance, give, giveBack } from './transfer.ts';
import { type FundingStatement, type UserMoney, fundingStatement } from '../model/funding-statement.ts';
import { type UserState, amountsOf, isOwnAccount } from '../model/state.ts';
import type { Movement } from '../model/statement.ts';
import { type Book, openBook } from '../sequence/runner.ts';
import { type RunHistory, accountsOf } from '../sequence/history.ts';
import type { UserSession } from '../users/session.ts';
import { isPartner } from '../keys/names.ts';
import type { World } from '../network/world.ts';
import { Troubles } from '../units/troubles.ts';

/** Money on a devnet. No round sums, so that rounding matters. Partners only need gas. */
const USER_ALLOWANCE: Allowance = { nativeWei: 2_000n * 10n ** 18n + 7n, drops: 1_000_000_013n };
const PARTNER_ALLOWANCE: Allowance = { nativeWei: 20n * 10n ** 18n + 3n, drops: 0n };

export const devnetAllowance = (user: string): Allowance => (isPartner(user) ? PARTNER_ALLOWANCE : USER_ALLOWANCE);

export interface Funding {
  readonly before: ReadonlyMap<string, UserState>;
  readonly funded: ReadonlyMap<string, Moved>;
}

/** Funds every user, one after the other, and opens their accounts in the history. `bookOf` is asked after funding. */
export async function fundUsers(
  world: World,
  funder: UserSession,
  users: readonly UserSession[],
  allowanceOf: (user: string) => Allowance,
  history: RunHistory,
  bookOf: (user: UserSession) => Promise<Book> = async (user) => openBook(await user.userState([])),
): Promise<Funding> {
  const before = new Map<string, UserState>();
  const funded = new Map<string, Moved>();
  await runAs(world, funder, async () => {
    for (const user of users) {
      before.set(user.user, await user.userState([]));
      funded.set(user.user, await give(funder.hands, user.who, allowanceOf(user.user)));
    }
  });
  for (const user of users) {
    const book = await bookOf(user);
    history.add({ type: 'funded', user: user.user, state: book.state });
    if (Object.keys(book.state.records).length > 0 || Object.keys(book.timelocks).length > 0)
      history.add({ type: 'closed', user: user.user, movements: [], book });
  }
  return { before, funded };
}

export interface Collection {
  readonly statement: FundingStatement;
  readonly money: readonly UserMoney[];
  /** The funder's balance changes that its own transfers and fees do not explain; empty when all is explained. */
  readonly funderDifferences: Readonly<Record<string, bigint>>;
  /** What could not be read or sent, by user; the statement shows their money as unexplained. */
  readonly troubles: Troubles;
}

/**
 * Sends everything back to the funder and draws up the statement of the whole run. Users for whom `keepsNative` is true
 * keep their native coin. One user's trouble does not stop the collection of others.
 */
export async function collect(
  world: World,
  funder: UserSession,
  users: readonly UserSession[],
  funding: Funding,
  history: RunHistory,
  keepsNative: (user: string) => boolean = () => false,
): Promise<Collection> {
  const accounts = accountsOf(history.read());
  const troubles = new Troubles();
  const funderState = () => troubles.attempt(funder.user, () => funder.userState([]));
  const funderBefore = await funderState();
  const tokens = collectableTokens(world);
  const money: UserMoney[] = [];
  for (const user of users) {
    const mark = user.costMark();
    const look = () => troubles.attempt(user.user, () => user.userState([]));
    const has = await look();
    const returned =
      has &&
      (await troubles.attempt(user.user, () =>
        runAs(world, user, () =>
          giveBack(
            user.hands,
            user.user,
            funder.who,
            tokens,
            has.balances,
            world.ledger,
            troubles,
            keepsNative(user.user),
          ),
        ),
      ));
    money.push({
      user: user.user,
      before: ownAmounts(funding.before.get(user.user)),
      funded: funding.funded.get(user.user) ?? {},
      movements: [...(accounts.get(user.user)?.movements ?? []), ...user.costsSince(mark)],
      returned: returned ?? {},
      left: ownAmounts(await look()),
    });
  }
  const funderAfter = await funderState();
  return {
    statement: fundingStatement(money),
    money,
    funderDifferences: funderBefore && funderAfter ? differences(funderBefore, money, funderAfter) : {},
    troubles,
  };
}

function ownAmounts(state: UserState | undefined): Record<string, bigint> {
  if (state === undefined) return {};
  return Object.fromEntries(Object.entries(amountsOf(state)).filter(([account]) => isOwnAccount(account)));
}

function collectableTokens(world: World): Record<string, string> {
  const { fAsset, wNat, collateralTypes } = world.contracts;
  const vaultTokens = collateralTypes
    .filter((type) => !type.isPool)
    .map((type) => [`vault token ${type.token.toLowerCase()}`, type.token]);
  return { fAsset, wNat, ...Object.fromEntries(vaultTokens) };
}

function differences(before: UserState, money: readonly UserMoney[], after: UserState): Record<string, bigint> {
  const found = Object.keys(after.balances).map((account): [string, bigint] => {
    const returned = money.reduce((sum, user) => sum + (user.returned[account] ?? 0n), 0n);
    return [account, (after.balances[account] ?? 0n) - (before.balances[account] ?? 0n) - returned];
  });
  return Object.fromEntries(found.filter(([, difference]) => difference !== 0n));
}

export function movementsOf(lines: readonly { readonly movements: readonly Movement[] }[]): Movement[] {
  return lines.flatMap((line) => line.movements);
}

/** Lets one user act alone and returns the result. */
async function runAs<T>(world: World, user: UserSession, act: () => Promise<T>): Promise<T> {
  let acting: Promise<T> | undefined;
  await world.run(
    [
      {
        name: user.user,
        run: async (waiter) => {
          user.enterLane(waiter);
          acting = act();
          await acting;
        },
      },
    ],
    [],
  );
  if (acting === undefined) throw new Error(`${user.user} never had a turn`);
  return acting;
}
