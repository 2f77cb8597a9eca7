/** What a user cannot give back yet, in words: why, and from when it is free. Pure. */
import { claimableFeesUba } from '../model/pool.ts';
import type { Book } from '../sequence/runner.ts';
import { activeRecords, directMintingPayment, isMinting } from '../model/records.ts';

/** Open records and what is in pools, one line each; empty when the user has nothing left to do. */
export function unfinished({ state, timelocks, notes }: Book): string[] {
  const records = activeRecords(state.records).map((id) => {
    if (isMinting(id) || directMintingPayment(id) !== undefined) return `${id} is paid and not executed`;
    const { lastBlock = '?', lastTimestampS } = notes[id] ?? {};
    return `${id} may be paid until ${isoTime(lastTimestampS)} or ledger ${lastBlock}`;
  });
  const pools = Object.entries(state.pools).flatMap(([vault, { totals, holding, transferableWei }]) => {
    if (holding.tokensWei === 0n) return [];
    const until = (timelocks[vault] ?? []).map(({ endS }) => endS).toSorted((a, b) => (a < b ? 1 : -1))[0];
    const why = until === undefined ? 'the pool may not pay them out now' : `locked until ${isoTime(String(until))}`;
    const fees = claimableFeesUba(totals, holding);
    return [`${holding.tokensWei} tokens of pool ${vault} (${transferableWei} free, ${fees} UBA of fees): ${why}`];
  });
  return [...records, ...pools];
}

/** Money that stays although nothing is open. */
export function remains(balances: Readonly<Record<string, bigint>>, keepsNative: boolean): string[] {
  const native = keepsNative ? 'kept for the gas of what is open' : 'less than the gas of a transfer';
  const why: Readonly<Record<string, string>> = { xrp: 'reserve of the ledger account', native };
  return Object.entries(balances)
    .filter(([, amount]) => amount > 0n)
    .map(([account, amount]) => `${amount} of ${account}: ${why[account] ?? 'not collected'}`);
}

const isoTime = (seconds: string | undefined): string =>
  seconds === undefined ? 'an unknown time' : new Date(Number(seconds) * 1000).toISOString();
