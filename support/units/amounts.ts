/**
 * units: amounts branded by unit, so that drops are never added to wei; formats, JSON, waiting.
 * Imports nothing from the project or from packages.
 * Never here: floats, or anything that knows FAssets.
 */

declare const unit: unique symbol;
type Branded<Name extends string> = bigint & { readonly [unit]: Name };

/** Smallest unit of the underlying asset and of the FAsset; for XRP one drop, 10^-6 XRP. */
export type Uba = Branded<'UBA'>;
/** 10^-18 of the native coin, of wrapped native and of pool tokens. */
export type Wei = Branded<'wei'>;
/** Smallest unit of a vault collateral token; its decimals are the token's own. */
export type TokenUnits = Branded<'token units'>;
/** 1/10 000. */
export type Bips = Branded<'BIPS'>;

export const uba = (amount: bigint): Uba => amount as Uba;
export const wei = (amount: bigint): Wei => amount as Wei;
export const tokenUnits = (amount: bigint): TokenUnits => amount as TokenUnits;
export const bips = (amount: bigint): Bips => amount as Bips;

export const BIPS_ONE = 10_000n;

/** ⌊amount · share / 10 000⌋, rounded down as the protocol does (SafePct.mulBips). */
export function mulBips(amount: bigint, share: bigint): bigint {
  return mulDiv(amount, share, BIPS_ONE);
}

/** ⌊a · b / divisor⌋ for non-negative operands. */
export function mulDiv(a: bigint, b: bigint, divisor: bigint): bigint {
  return (a * b) / divisor;
}

/** ⌈a · b / divisor⌉ for non-negative operands. */
export function mulDivUp(a: bigint, b: bigint, divisor: bigint): bigint {
  return (a * b + divisor - 1n) / divisor;
}

export const minimum = (first: bigint, ...rest: bigint[]): bigint => rest.reduce((a, b) => (b < a ? b : a), first);
export const maximum = (first: bigint, ...rest: bigint[]): bigint => rest.reduce((a, b) => (b > a ? b : a), first);
