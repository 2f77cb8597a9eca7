/**
 * For tests: a chain and a ledger of their own, and a record that leads to them through chaos.
 */
import { onTestFinished, vi } from 'vitest';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { startAnvil } from '../../devnet/chain/anvil.ts';
import { CHAIN_TERMS } from '../../devnet/chain/chain-terms.ts';
import { devnetRecord } from '../../devnet/devnet-record.ts';
import { startLedgerServer } from '../../devnet/ledger/server.ts';
import { fundedLedger } from '../../devnet/ledger/testing.ts';
import { HANG_MS } from '../../units/hang.ts';
import type { Ledger } from '../../devnet/ledger/ledger.ts';
import type { Wallet } from 'xrpl';
import { type Chaos, startChaos } from '../chaos.ts';
import type { ChaosKind, Service } from '../kinds.ts';

const NOBODY = 'http://127.0.0.1:9';

export const TERMS = { ...CHAIN_TERMS, receiptPollMs: 5 };
export const PATIENT = { tries: 8, neverBackward: true, timeoutMs: HANG_MS };
/** Where no answer comes only a limit in time can tell: asked again and again, so that a late answer does no harm. */
const LISTENING = { ...PATIENT, tries: 100, timeoutMs: 400 };
const UNANSWERED: readonly ChaosKind[] = ['socket-silent', 'foreign-answer'];
export const patienceWith = (kind: ChaosKind): typeof PATIENT => (UNANSWERED.includes(kind) ? LISTENING : PATIENT);

/**
 * Until the end of the test the clock by which clients wait moves with each look at it, by default not at all, and by what the
 * given function lets pass.
 */
export function timeInTheHand({ lookMs = 0 } = {}): (passedMs: number) => void {
  let nowMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += lookMs));
  onTestFinished(() => clock.mockRestore());
  return (passedMs) => (nowMs += passedMs);
}

/** A chain without a ledger. */
export async function startChain(): Promise<{ record: NetworkRecord; stop(): Promise<void> }> {
  const anvil = await startAnvil();
  return { record: recordOf(anvil.url, NOBODY.replace('http', 'ws')), stop: () => anvil.stop() };
}

/** A ledger without a chain. */
export async function startLedger(
  wallets: readonly Wallet[],
): Promise<{ ledger: Ledger; record: NetworkRecord; stop(): Promise<void> }> {
  const ledger = fundedLedger(wallets);
  const server = await startLedgerServer(ledger);
  return { ledger, record: recordOf(NOBODY, server.webSocketUrl), stop: () => server.stop() };
}

export function recordOf(chainUrl: string, webSocketUrl: string, restUrl = NOBODY): NetworkRecord {
  return devnetRecord('realtime', `0x${'11'.repeat(20)}`, {
    chainUrl,
    webSocketUrl,
    faucetUrl: NOBODY,
    verifierUrl: restUrl,
    dataAvailabilityUrl: restUrl,
    controlUrl: NOBODY,
    controlToken: '00'.repeat(32),
  });
}

/** Strikes every request that contains `text` by `kind`, up to `most` times. */
export const strike = (
  record: NetworkRecord,
  service: Service,
  kind: ChaosKind,
  { text = '', most = 1 }: { text?: string; most?: number } = {},
): Promise<Chaos> =>
  startChaos(record, {
    seed: 1,
    rates: { [service]: { [kind]: 100 } },
    most,
    mayStrike: (request) => request.includes(text),
  });
