/**
 * The clock of a devnet joined to its chain: virtual (both stand still until moved) or real.
 */
import { EvmAccount } from '../clients/flare/account.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { HANG_MS } from '../units/hang.ts';
import { type ChainActivity, ChainTime, ServiceRpc } from './chain/chain-time.ts';
import { CHAIN_TERMS } from './chain/chain-terms.ts';
import { ServiceAccount } from './chain/service-account.ts';
import { type Rehearsal, RehearsedRpc } from './chain/rehearsed-chain.ts';
import type { Clock, Restorable } from './clock.ts';
import { RealtimeClock } from './realtime-clock.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface DevnetTime {
  readonly clock: Clock;
  /** The services' connection to the chain. */
  readonly rpc: JsonRpc;
  readonly activity: ChainActivity;
  /** An account that sends over this connection. */
  account(privateKey: string): EvmAccount;
  /** Comes back when it is `atS` and every job due until then has run; real time cannot be hurried. */
  waitUntil(atS: number): Promise<void>;
  /** What to put back, in this order; undefined for real time. */
  readonly restorables?: readonly Restorable[];
  stop(): Promise<void>;
}

export function virtualTime(chainUrl: string, startS: number, rehearsal: Rehearsal): DevnetTime {
  const control = new RehearsedRpc(chainUrl, rehearsal, { timeoutMs: HANG_MS });
  const chainTime = new ChainTime(control, startS);
  const clock = new VirtualClock({
    startS,
    onMoveStart: () => chainTime.touched(),
    show: (atS) => chainTime.show(atS),
  });
  const rpc = new ServiceRpc(chainUrl, rehearsal, () => chainTime.beforeSend(clock.nowS()));
  return {
    clock,
    rpc,
    activity: chainTime,
    account: (privateKey) => new ServiceAccount(rpc, privateKey),
    waitUntil: async (atS) => void (await clock.advanceTo(atS)),
    restorables: [clock, chainTime],
    stop: async () => {
      control.close();
      rpc.close();
    },
  };
}

export function realTime(chainUrl: string, onFailure: (error: Error) => void): DevnetTime {
  const clock = new RealtimeClock({ onFailure });
  const rpc = new JsonRpc(chainUrl, { timeoutMs: HANG_MS });
  let looks = 0;
  return {
    clock,
    rpc,
    activity: { version: () => (looks += 1) },
    account: (privateKey) => new EvmAccount(rpc, privateKey, CHAIN_TERMS),
    waitUntil: (atS) => clock.waitUntil(atS),
    stop: async () => {
      await clock.stop();
      rpc.close();
    },
  };
}
