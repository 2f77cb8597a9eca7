/** Faults of what a redeemer is paid in collateral when the agent did not pay (protocol facts 3.4). */
import type { PlantedFault } from './planted-fault.ts';

const DEFAULTS = 'asset-manager/library/RedemptionDefaults.sol';
const COLLATERAL = 'asset-manager/library/Collateral.sol';

const PREMIUM = 'vaultWei = vaultWei.bips(Store.settings().redemptionDefaultFactorVaultCollateralBIPS);';

export const redemptionDefaultFaults: readonly PlantedFault[] = [
  {
    name: 'default-without-premium',
    story: 'a default pays the plain value, without the premium',
    patches: [{ file: DEFAULTS, find: PREMIUM, replace: '' }],
    check: 'balance of vault token',
    steps: 3,
  },
  {
    name: 'default-premium-rounded-up',
    story: 'what a default pays with the premium is rounded up instead of down',
    patches: [
      {
        file: DEFAULTS,
        find: PREMIUM,
        replace: 'vaultWei = (vaultWei * Store.settings().redemptionDefaultFactorVaultCollateralBIPS + 9999) / 10000;',
      },
    ],
    check: 'balance of vault token',
    steps: 3,
  },
  {
    name: 'default-of-net-value',
    story: 'a default pays for the value with the redemption fee taken off',
    patches: [
      {
        file: DEFAULTS,
        find: 'uint256 valueAmg = request.valueAmg;',
        replace: 'uint256 valueAmg = (request.valueUba - request.feeUba).amg();',
      },
    ],
    check: 'balance of vault token',
    steps: 3,
  },
  {
    name: 'default-paid-by-pool-first',
    story: 'the pool pays a default although the vault could',
    patches: [
      {
        file: DEFAULTS,
        find: 'uint256 maxVaultWei = vault.maxPayoutWei(agent, valueAmg);',
        replace: 'uint256 maxVaultWei = 0;',
      },
    ],
    check: 'balance of wNat',
    steps: 3,
  },
  {
    name: 'default-vault-share-too-small',
    story: 'the share of the collateral that a default may take is a tenth of what it should be',
    patches: [
      {
        file: COLLATERAL,
        find: 'holding.fullWei.mulDiv(valueAmg, _backedAmg(agent, holding.kind))',
        replace: 'holding.fullWei.mulDiv(valueAmg, 10 * _backedAmg(agent, holding.kind))',
      },
    ],
    check: 'balance of wNat',
    steps: 3,
  },
  {
    name: 'default-pays-owner-too',
    story: "with each default the agent's owner takes a unit of vault collateral",
    patches: [
      {
        file: DEFAULTS,
        find: 'Payouts.tryFromVault(agent, request.redeemer, vaultWei)',
        replace: `(Payouts.tryFromVault(agent, agent.ownerManagementAddress, 1) &&
            Payouts.tryFromVault(agent, request.redeemer, vaultWei))`,
      },
    ],
    check: 'invariant: a vault pays only for defaults',
    steps: 3,
  },
  {
    name: 'default-paid-to-agent',
    story: "the vault's part of a default goes to the agent's owner",
    patches: [
      {
        file: DEFAULTS,
        find: 'Payouts.tryFromVault(agent, request.redeemer, vaultWei)',
        replace: 'Payouts.tryFromVault(agent, agent.ownerManagementAddress, vaultWei)',
      },
    ],
    check: 'balance of vault token',
    steps: 3,
  },
  {
    name: 'default-pool-part-with-premium',
    story: "the pool's part of a default is a twentieth too high",
    patches: [
      {
        file: DEFAULTS,
        find: 'Prices.tokenWei(uncoveredAmg, pool.amgPrice)',
        replace: '(Prices.tokenWei(uncoveredAmg, pool.amgPrice) * 21) / 20',
      },
    ],
    check: 'balance of wNat',
    steps: 4,
  },
  {
    name: 'default-no-pool-part',
    story: 'a vault that is short pays what it has, and the pool nothing',
    patches: [
      {
        file: DEFAULTS,
        find: 'if (poolWei > 0) Payouts.fromPool(agent, request.redeemer, poolWei);',
        replace: 'poolWei = 0;',
      },
    ],
    check: 'balance of wNat',
    steps: 4,
  },
  {
    name: 'pool-payout-told-one-more',
    story: 'a pool tells that it paid one wei more for its agent than it did',
    patches: [
      {
        file: 'pool/CollateralPool.sol',
        find: 'emit CPPaidOut(recipient, amountWei, burnedWei);',
        replace: 'emit CPPaidOut(recipient, amountWei + 1, burnedWei);',
      },
    ],
    check: 'CPPaidOut paidNatWei',
    steps: 4,
  },
];
