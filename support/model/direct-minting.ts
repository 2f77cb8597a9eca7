/**
 * What a direct minting gives: a payment to the core vault becomes FAssets for whom its memo names, without an agent
 * (DirectMintingFacet, v1.3).
 */
import { type Uba, maximum, minimum, mulBips, uba } from '../units/amounts.ts';

export interface DirectMintingTerms {
  /** The core vault's account on the ledger. */
  readonly paymentAddress: string;
  readonly feeBips: bigint;
  readonly minimumFeeUba: bigint;
  readonly executorFeeUba: bigint;
  /** From this amount on a minting is put off, whatever else was minted. */
  readonly largeUba: bigint;
  readonly limits: readonly MintingLimit[];
  readonly tags: MintingTags;
}

/** A limit of what is minted directly in a window of time, as it was last counted. */
export interface MintingLimit {
  readonly limitUba: bigint;
  readonly windowS: bigint;
  /** When its window began, Unix seconds. */
  readonly startS: bigint;
  readonly usedUba: bigint;
}

/** Destination tags, each reserved by somebody for whom payments with it are minted. */
export interface MintingTags {
  readonly feeWei: bigint;
  /** The tag that is given out next. */
  readonly next: bigint;
}

/**
 * Least amount that would be put off at this time (MintingRateLimiter): with each window that is over a limit's worth of what was
 * used is forgotten, and a minting that reaches a limit waits.
 */
export function putOffFromUba({ largeUba, limits }: DirectMintingTerms, nowS: bigint): bigint {
  const room = limits.map(({ limitUba, windowS, startS, usedUba }) => {
    const windowsOver = maximum(nowS - startS, 0n) / windowS;
    return limitUba - maximum(usedUba - windowsOver * limitUba, 0n);
  });
  return room.reduce((least, uba) => minimum(least, uba), largeUba);
}

export interface DirectMintingAmounts {
  /** For the recipient. */
  readonly mintedUba: Uba;
  /** For the protocol's fee receiver. */
  readonly feeUba: Uba;
  /** For whoever executes. */
  readonly executorFeeUba: Uba;
}

/**
 * DirectMintingFacet._computeFees: fee = max(⌊received·fee/10^4⌋, minimum), at most all that was received; the executor gets
 * theirs from what is left, the recipient the rest.
 */
export function directMintingAmounts(receivedUba: bigint, terms: DirectMintingTerms): DirectMintingAmounts {
  const feeUba = minimum(maximum(mulBips(receivedUba, terms.feeBips), terms.minimumFeeUba), receivedUba);
  const executorFeeUba = minimum(terms.executorFeeUba, receivedUba - feeUba);
  return {
    feeUba: uba(feeUba),
    executorFeeUba: uba(executorFeeUba),
    mintedUba: uba(receivedUba - feeUba - executorFeeUba),
  };
}

const DIRECT_MINTING_REFERENCE = 0x4642505266410018n;

/** Memo that names the recipient (EVM address): type in the high 8 bytes, the address in the low 20; hex without 0x. */
export const directMintingReference = (recipient: string): string =>
  ((DIRECT_MINTING_REFERENCE << 192n) | BigInt(recipient)).toString(16).padStart(64, '0');
