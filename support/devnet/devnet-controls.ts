/**
 * What can be done to a running devnet, in process and through the control server alike.
 */
import type { EvmAccount } from '../clients/flare/account.ts';
import type { Agents } from './agents/employment.ts';
import type { Restorable } from './clock.ts';
import type { ControlTarget } from './control-server.ts';
import type { DevnetTime } from './devnet-time.ts';
import { type LiveFaults, applyFaultPlan } from './fault-plan.ts';
import { shiftedPrice } from './price-jumps.ts';
import { type DeployedProtocol, PRICES } from './protocol.ts';
import { Snapshots } from './snapshots.ts';
import type { ClockKind } from './timings.ts';

export interface DevnetParts {
  readonly clock: ClockKind;
  readonly time: DevnetTime;
  /** Whatever has a state, besides time and agents. */
  readonly services: readonly Restorable[];
  /** Whoever sends transactions, besides the agents. */
  readonly accounts: readonly EvmAccount[];
  readonly agents: Agents;
  readonly deployed: DeployedProtocol;
  readonly faults: LiveFaults;
}

/** A month: nothing here is waited for as long, and all that is due on the way is done. */
const LONGEST_MOVE_S = 31 * 86_400;

/** In real time, moving time, snapshots and restores throw. */
export function devnetControls(parts: DevnetParts): ControlTarget {
  const { time, agents, deployed, faults } = parts;
  const snapshots = snapshotsOf(parts);
  const virtual = async () => {
    if (snapshots === undefined) throw new Error('a devnet in real time cannot be put back, nor its time be moved');
    return snapshots;
  };
  return {
    now: () => time.clock.nowS(),
    advanceTo: async (atS) => {
      await virtual();
      const nowS = time.clock.nowS();
      if (atS > nowS + LONGEST_MOVE_S)
        throw new Error(`time moves ${LONGEST_MOVE_S} seconds at once at most: from ${nowS} not to ${atS}`);
      await time.waitUntil(atS);
      return time.clock.nowS();
    },
    snapshot: async () => (await virtual()).take(),
    restore: async (id) => (await virtual()).restore(id),
    publishPrice: (shiftBips) => deployed.protocol.setPrice('testXRP', shiftedPrice(PRICES.testXRP, BigInt(shiftBips))),
    announceSetting: (change) => agents.service.announce(change),
    setBaseFee: async (wei) => {
      await time.rpc.call('anvil_setNextBlockBaseFeePerGas', [`0x${wei.toString(16)}`]);
      // Whoever looks at the newest block sees it at once: a fee comes from nowhere on no chain.
      await time.rpc.call('evm_mine');
    },
    setFaults: (plan) => applyFaultPlan(plan, faults),
    describe: () => ({
      clock: parts.clock,
      protocol: { kind: deployed.protocol.kind, version: deployed.protocol.version },
      agents: agents.onboarded,
      problems: agents.service.problems(),
    }),
  };
}

function snapshotsOf({ time, services, accounts, agents }: DevnetParts): Snapshots | undefined {
  if (time.restorables === undefined) return undefined;
  const owners = agents.agents.map(({ owner }) => owner);
  return new Snapshots(time.rpc, [...time.restorables, ...services, agents.service], [...accounts, ...owners]);
}
