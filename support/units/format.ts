/** Amounts for people: exact decimals, never rounded, with the unit's name. */

const DECIMALS: Readonly<Record<string, { decimals: number; symbol: string }>> = {
  native: { decimals: 18, symbol: 'native' },
  wNat: { decimals: 18, symbol: 'WNat' },
  xrp: { decimals: 6, symbol: 'XRP' },
  fAsset: { decimals: 6, symbol: 'FAsset' },
};

/** Accounts of pools by how their names end. */
const POOL_UNITS: readonly { ending: string; decimals: number; symbol: string }[] = [
  { ending: ' tokens', decimals: 18, symbol: 'pool tokens' },
  { ending: ' token supply', decimals: 18, symbol: 'pool tokens' },
  { ending: ' transferable', decimals: 18, symbol: 'pool tokens' },
  { ending: ' collateral', decimals: 18, symbol: 'WNat' },
  { ending: ' WNat held', decimals: 18, symbol: 'WNat' },
  { ending: ' fees', decimals: 6, symbol: 'FAsset' },
  { ending: ' fee debt', decimals: 6, symbol: 'FAsset' },
  { ending: ' FAsset held', decimals: 6, symbol: 'FAsset' },
];

/** `123456789`, 6 → `123.456789`; trailing zeros are left out. */
export function decimalText(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** An amount of one of a user's accounts: with its decimals where the account has fixed ones, else in smallest units. */
export function accountAmountText(account: string, amount: bigint): string {
  const known = DECIMALS[account];
  if (known !== undefined) return `${decimalText(amount, known.decimals)} ${known.symbol}`;
  const ofPool = POOL_UNITS.find(({ ending }) => account.includes('pool ') && account.endsWith(ending));
  return ofPool === undefined ? `${amount} units` : `${decimalText(amount, ofPool.decimals)} ${ofPool.symbol}`;
}
