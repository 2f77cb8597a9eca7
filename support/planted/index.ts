/**
 * planted: faults that the suite must find, by name. A new one is one entry in its topic's file.
 * Imports clients and devnet, besides units and files.
 * Never here: how a fault is found.
 */
import { capacityFaults } from './capacity.ts';
import { directMintingFaults } from './direct-minting.ts';
import { executorFaults } from './executors.ts';
import { fassetFaults } from './fasset.ts';
import { followedEventFaults } from './followed-events.ts';
import { mintingFaults } from './minting.ts';
import { endingFaults } from './endings.ts';
import { missingRefusals } from './missing-refusals.ts';
import type { PlantedFault } from './planted-fault.ts';
import { poolEventFaults } from './pool-events.ts';
import { poolFaults } from './pool.ts';
import { redemptionDefaultFaults } from './redemption-default.ts';
import { redemptionFaults } from './redemption.ts';
import { serviceFaults } from './services.ts';
import { uncheckedFaults } from './unchecked.ts';
import { viewFaults } from './views.ts';

const FAULTS: readonly PlantedFault[] = [
  ...mintingFaults,
  ...directMintingFaults,
  ...redemptionFaults,
  ...redemptionDefaultFaults,
  ...endingFaults,
  ...poolFaults,
  ...executorFaults,
  ...fassetFaults,
  ...capacityFaults,
  ...poolEventFaults,
  ...followedEventFaults,
  ...missingRefusals,
  ...uncheckedFaults,
  ...viewFaults,
  ...serviceFaults,
];

export const plantedFaults: ReadonlyMap<string, PlantedFault> = new Map(FAULTS.map((fault) => [fault.name, fault]));
if (plantedFaults.size < FAULTS.length) throw new Error('two planted faults share a name');
