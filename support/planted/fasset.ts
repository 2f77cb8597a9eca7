/** Faults of the FAsset itself. */
import type { PlantedFault } from './planted-fault.ts';

export const fassetFaults: readonly PlantedFault[] = [
  {
    name: 'transfer-keeps-a-unit',
    story: 'of FAssets that one person hands to another, a base unit stays with the token',
    patches: [
      {
        file: 'tokens/FAssetToken.sol',
        find: 'function burn(',
        replace: `function _afterTokenTransfer(address from, address to, uint256 amount) internal override {
        if (msg.sender == tx.origin && from == msg.sender && to != address(this) && amount > 0) _transfer(to, address(this), 1);
    }

    function burn(`,
      },
    ],
    check: 'balance of fAsset',
    steps: 2,
  },
];
