/** Faults of the collateral pool and its token (protocol facts 4). */
import type { PlantedFault } from './planted-fault.ts';

const POOL = 'pool/CollateralPool.sol';
const FEES = 'pool/PoolFees.sol';
const TOKEN = 'pool/CollateralPoolToken.sol';

const ENTER_TOKENS = 'supplyWei.mulDiv(msg.value, totalCollateral)';
const ENTER_DEBT = 'totalVirtualFees().mulDiv(tokensWei, supplyWei)';
const EXIT_COLLATERAL = 'totalCollateral.mulDiv(tokensWei, supplyWei)';

/** Of `payFAssetFeeDebt`. */
const PAID_DEBT = `_removeFeeDebt(msg.sender, amountUba);
        totalFAssetFees += amountUba;`;

export const poolFaults: readonly PlantedFault[] = [
  {
    name: 'entry-priced-after-itself',
    story: 'pool tokens are priced with the collateral that is just being put in',
    patches: [{ file: POOL, find: ENTER_TOKENS, replace: 'supplyWei.mulDiv(msg.value, totalCollateral + msg.value)' }],
    check: 'balance of shared pool token supply',
    steps: 1,
  },
  {
    name: 'entry-rounded-up',
    story: 'the tokens of an entry are rounded up instead of down',
    patches: [
      { file: POOL, find: ENTER_TOKENS, replace: 'supplyWei.mulDiv(msg.value, totalCollateral, Math.Rounding.Up)' },
    ],
    check: 'balance of shared pool token supply',
    steps: 2,
  },
  {
    name: 'entry-without-fee-debt',
    story: 'an entry takes a share of fees that were earned before it',
    patches: [{ file: POOL, find: '_addFeeDebt(msg.sender, debtUba);', replace: '' }],
    check: 'balance of shared pool fee debt',
    steps: 2,
  },
  {
    name: 'entry-fee-debt-rounded-up',
    story: 'the fee debt of an entry is rounded up instead of down',
    patches: [
      { file: POOL, find: ENTER_DEBT, replace: 'totalVirtualFees().mulDiv(tokensWei, supplyWei, Math.Rounding.Up)' },
    ],
    check: 'balance of shared pool fee debt',
    steps: 2,
  },
  {
    name: 'entry-debt-charged-to-agent-too',
    story: "the agent's vault is charged with the fee debt of every entry as well",
    patches: [
      {
        file: POOL,
        find: '_addFeeDebt(msg.sender, debtUba);',
        replace: '_addFeeDebt(msg.sender, debtUba); fAssetFeeDebtOf[agentVault] += int256(debtUba);',
      },
    ],
    check: 'invariant: fee debts add up',
    steps: 2,
  },
  {
    name: 'entry-debt-credited-to-agent',
    story: "the agent's vault may claim the fee debt of every entry",
    patches: [
      {
        file: POOL,
        find: '_addFeeDebt(msg.sender, debtUba);',
        replace: '_addFeeDebt(msg.sender, debtUba); fAssetFeeDebtOf[agentVault] -= int256(debtUba);',
      },
    ],
    check: 'invariant: fees cover all claims',
    steps: 2,
  },
  {
    name: 'first-entry-counted-twice',
    story: 'what the first entry brings is counted as collateral twice',
    patches: [
      {
        file: POOL,
        find: `_addFeeDebt(msg.sender, debtUba);
        _wrap();`,
        replace: `_addFeeDebt(msg.sender, debtUba);
        if (supplyWei == 0) totalCollateral += msg.value;
        _wrap();`,
      },
    ],
    check: 'invariant: a pool has what it counts',
    steps: 1,
  },
  {
    name: 'first-entry-in-billionths',
    story: 'the first to enter a pool gets a billionth of the tokens',
    patches: [
      {
        file: POOL,
        find: 'supplyWei == 0 ? msg.value : supplyWei.mulDiv',
        replace: 'supplyWei == 0 ? msg.value / 1 gwei : supplyWei.mulDiv',
      },
    ],
    check: 'invariant: a pool is empty or has a whole unit',
    steps: 1,
  },
  {
    name: 'pool-tokens-of-nobody',
    story: 'each entry makes a unit of pool tokens more, which the token itself holds',
    patches: [
      {
        file: TOKEN,
        find: `_mint(account, amountWei);
        uint256 durationS`,
        replace: `_mint(account, amountWei);
        _mint(address(this), 1);
        uint256 durationS`,
      },
    ],
    check: 'invariant: pool tokens add up',
    steps: 1,
  },
  {
    name: 'exit-keeps-fee-debt',
    story: "an exit does not lower the holder's fee debt",
    patches: [{ file: POOL, find: '_removeFeeDebt(msg.sender, virtualFeesOfTokens(tokensWei));', replace: '' }],
    check: 'probe: CollateralPool.totalFAssetFeeDebt of all, a fifth left',
    steps: 1,
  },
  {
    name: 'exit-from-wrong-total',
    story: 'an exit is paid by the supply that is left, not by the supply before it',
    patches: [{ file: POOL, find: EXIT_COLLATERAL, replace: 'totalCollateral.mulDiv(tokensWei, supplyLeftWei)' }],
    check: 'balance of native',
    steps: 3,
  },
  {
    name: 'exit-rounded-up',
    story: 'what an exit pays is rounded up instead of down',
    patches: [
      { file: POOL, find: EXIT_COLLATERAL, replace: 'totalCollateral.mulDiv(tokensWei, supplyWei, Math.Rounding.Up)' },
    ],
    check: 'probe: CollateralPool.totalCollateral of all, a fifth left',
    steps: 1,
  },
  {
    name: 'exit-event-wrong-amount',
    story: 'CPExited tells one wei more than was paid',
    patches: [
      {
        file: POOL,
        find: 'emit CPExited(msg.sender, tokensWei, natWei);',
        replace: 'emit CPExited(msg.sender, tokensWei, natWei + 1);',
      },
    ],
    check: 'CPExited receivedNatWei',
    steps: 3,
  },
  {
    name: 'withdrawal-without-fee-debt',
    story: "withdrawing fees does not raise the holder's fee debt",
    patches: [{ file: POOL, find: '_addFeeDebt(msg.sender, amountUba);', replace: '' }],
    check: 'balance of shared pool fee debt',
    steps: 3,
  },
  {
    name: 'withdrawn-fees-still-counted',
    story: 'withdrawn fees stay among the fees of the pool',
    patches: [{ file: POOL, find: 'totalFAssetFees -= amountUba;', replace: '' }],
    check: 'balance of shared pool fees',
    steps: 3,
  },
  {
    name: 'fee-claim-ignores-debt',
    story: 'the view of the fees that a holder may withdraw forgets the fee debt',
    patches: [
      {
        file: FEES,
        find: 'virtualFAssetOf(account).toInt256() - fAssetFeeDebtOf[account]',
        replace: 'virtualFAssetOf(account).toInt256()',
      },
    ],
    check: 'balance of pool fees',
    steps: 3,
  },
  {
    name: 'timelock-one-second-short',
    story: 'entered tokens are free one second too early',
    patches: [{ file: TOKEN, find: 'block.timestamp + durationS;', replace: 'block.timestamp + durationS - 1;' }],
    check: 'CPEntered timelockExpiresAt',
    steps: 1,
  },
  {
    name: 'timelock-one-second-long',
    story: 'entered tokens are still locked in the second in which their timelock ends',
    patches: [
      {
        file: TOKEN,
        find: 'queue.entries[i].endTimeS > block.timestamp',
        replace: 'queue.entries[i].endTimeS >= block.timestamp',
      },
    ],
    check: 'balance of pool transferable',
    steps: 2,
  },
  {
    name: 'fee-debt-payment-not-counted',
    story: 'what a holder pays for their fee debt does not become fees of the pool',
    patches: [{ file: POOL, find: PAID_DEBT, replace: PAID_DEBT.replace('totalFAssetFees += amountUba;', '') }],
    check: 'balance of shared pool fees',
    steps: 3,
  },
  {
    name: 'fee-debt-payment-forgives-half',
    story: 'what a holder pays lowers their fee debt by half of it only',
    patches: [{ file: POOL, find: PAID_DEBT, replace: PAID_DEBT.replace('amountUba);', 'amountUba / 2);') }],
    check: 'balance of shared pool fee debt',
    steps: 3,
  },
];
