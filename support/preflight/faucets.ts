/**
 * Where a test network's funder gets money: XRP from the testnet faucet's API, native coin by hand on a page. How much is
 * needed is decided elsewhere.
 */
import { z } from 'zod';
import type { Waiter } from '../units/waiter.ts';

/** The faucet refused or gave nothing; the message is one line. */
export class FaucetFailed extends Error {
  override name = 'FaucetFailed';
}

const grant = z.object({ account: z.object({ address: z.string() }) });
const TIMEOUT_MS = 30_000;

/** Asks once for XRP; it arrives in a later ledger. Throws FaucetFailed. */
export async function askFaucet(url: string, ledgerAddress: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ destination: ledgerAddress }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new FaucetFailed(`${url}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const text = await response.text();
  if (!response.ok) throw new FaucetFailed(`${url}: HTTP ${response.status} ${text.slice(0, 200)}`);
  if (!grant.safeParse(safeJson(text)).success) throw new FaucetFailed(`${url}: the answer names no account`);
}

/** Polls until `balance` is above `before`, and returns it. Throws FaucetFailed when it is not within `patienceS`. */
export async function awaitMore(
  balance: () => Promise<bigint>,
  before: bigint,
  waiter: Waiter,
  { lookS, patienceS }: { readonly lookS: number; readonly patienceS: number },
): Promise<bigint> {
  const deadlineS = (await waiter.nowS()) + patienceS;
  for (;;) {
    const now = await balance();
    if (now > before) return now;
    if ((await waiter.nowS()) > deadlineS) throw new FaucetFailed(`nothing arrived in ${patienceS} s`);
    await waiter.sleepS(lookS);
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema
  }
}
