/** Every planted fault, by name. A new one is one entry here (or a file of its own) and must be found by the suite. */
import type { PlantedFault } from './planted-fault.ts';

const FACETS = 'asset-manager/facets';

const FAULTS: readonly PlantedFault[] = [
  {
    name: 'mint-one-drop-short',
    story: 'an executed minting gives the minter one base unit less than the value',
    patches: [
      {
        file: `${FACETS}/MintingFacet.sol`,
        find: 'Store.fAsset().mint(minter, valueAmg.uba());',
        replace: 'Store.fAsset().mint(minter, valueAmg.uba() - 1);',
      },
    ],
  },
  {
    name: 'redemption-fee-rounded-up',
    story: 'the redemption fee is rounded up instead of down',
    patches: [
      {
        file: 'asset-manager/library/Redemptions.sol',
        find: 'request.feeUba = request.valueUba.bips(Store.settings().redemptionFeeBIPS);',
        replace: 'request.feeUba = (request.valueUba * Store.settings().redemptionFeeBIPS + 9999) / 10000;',
      },
    ],
  },
  {
    name: 'pool-fee-not-minted',
    story: 'the pool is credited with its share of the minting fee, but the FAssets are never minted to it',
    patches: [
      {
        file: `${FACETS}/MintingFacet.sol`,
        find: 'Store.fAsset().mint(address(agent.pool), poolFeeUba);',
        replace: '',
      },
    ],
  },
  {
    name: 'agent-pays-one-drop-less',
    story: 'agents pay redemptions one drop short',
    services: { agents: { payLessDrops: '1' } },
  },
  {
    name: 'ledger-charges-fee-twice',
    story: 'the ledger takes the fee of every transaction twice',
    services: { ledger: { chargeFeeTwice: true } },
  },
];

export const plantedFaults: ReadonlyMap<string, PlantedFault> = new Map(FAULTS.map((fault) => [fault.name, fault]));
