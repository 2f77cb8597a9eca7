/** Moves money between the funder and a user, and says exactly what was moved. How much to move is decided elsewhere. */
import type { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import type { Hands } from '../actors/hands.ts';
import type { Who } from '../readers/informer.ts';
import { type Troubles } from '../units/troubles.ts';

/** What was moved, by account name, in smallest units, without fees. */
export type Moved = Readonly<Record<string, bigint>>;

export interface Allowance {
  readonly nativeWei: bigint;
  readonly drops: bigint;
}

/** Gives a user native coin and XRP; amounts of 0 are not sent. */
export async function give(funder: Hands, to: Who, allowance: Allowance): Promise<Moved> {
  if (allowance.nativeWei > 0n) await funder.send('funding with native coin', to.evmAddress, '0x', allowance.nativeWei);
  if (allowance.drops > 0n)
    await funder.pay('funding with XRP', { destination: to.ledgerAddress, amountDrops: allowance.drops });
  return { native: allowance.nativeWei, xrp: allowance.drops };
}

/**
 * Sends back everything a user has: tokens, XRP down to the reserve, then native coin, since it pays for the rest. Returns
 * what was moved. What cannot be sent is noted in `troubles` under the user's name and stops nothing else. `tokens` are
 * ERC-20 contracts by account name. Users who still have something to do, or could not send everything, keep the native
 * coin for gas.
 */
export async function giveBack(
  user: Hands,
  name: string,
  to: Who,
  tokens: Readonly<Record<string, string>>,
  balances: Readonly<Record<string, bigint>>,
  ledger: LedgerClient,
  troubles: Troubles,
  keepsNative = false,
): Promise<Moved> {
  const moved: Record<string, bigint> = {};
  for (const [account, token] of Object.entries(tokens)) {
    const amount = balances[account] ?? 0n;
    if (amount === 0n) continue;
    await troubles.attempt(name, async () => {
      await user.transferToken(`collection of ${account}`, token, to.evmAddress, amount);
      moved[account] = amount;
    });
  }
  await troubles.attempt(name, async () => {
    // The fee may be paid out of the reserve, so everything above it can go.
    const drops = (balances['xrp'] ?? 0n) - (await ledger.baseReserveDrops());
    if (drops <= 0n) return;
    await user.pay('collection of XRP', { destination: to.ledgerAddress, amountDrops: drops });
    moved['xrp'] = drops;
  });
  if (keepsNative || troubles.have(name)) return moved;
  await troubles.attempt(name, async () => {
    moved['native'] = (await user.sweepNative('collection of native coin', to.evmAddress)) ?? 0n;
  });
  return moved;
}
