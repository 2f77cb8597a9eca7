/** What a transaction offers for a unit of gas: what the chain asks at the moment, up to a limit. */
import type { Verdict } from '../verdict.ts';
import type { JsonRpc } from './json-rpc.ts';

export interface FeeTerms {
  /** Offered at least: what is not needed comes back. */
  readonly maxFeePerGasWei: bigint;
  readonly maxPriorityFeePerGasWei: bigint;
  /** Offered at most. Without it the two above are offered, whatever the chain asks. */
  readonly feeCapWei?: bigint;
}

export interface GasFees {
  readonly maxFeePerGasWei: bigint;
  readonly maxPriorityFeePerGasWei: bigint;
}

/** The chain asks more than may be paid. Nothing was sent. */
export class GasTooDear extends Error implements Verdict {
  override name = 'GasTooDear';
  readonly verdict = 'unknown';
  readonly kind = 'GasTooDear';
}

/** For a base fee, with room for it to double before the transaction is in a block. Throws GasTooDear. */
export function feesFor(baseFeeWei: bigint, terms: FeeTerms): GasFees {
  const { maxFeePerGasWei: usualWei, maxPriorityFeePerGasWei: tipWei, feeCapWei } = terms;
  if (feeCapWei === undefined) return { maxFeePerGasWei: usualWei, maxPriorityFeePerGasWei: tipWei };
  if (baseFeeWei > feeCapWei)
    throw new GasTooDear(
      `the chain asks ${baseFeeWei} wei for a unit of gas, and GAS_FEE_CAP_WEI allows ${feeCapWei}: nothing was sent`,
    );
  const wantedWei = 2n * baseFeeWei + tipWei;
  const roomyWei = wantedWei > usualWei ? wantedWei : usualWei;
  const maxFeePerGasWei = roomyWei < feeCapWei ? roomyWei : feeCapWei;
  return { maxFeePerGasWei, maxPriorityFeePerGasWei: tipWei < maxFeePerGasWei ? tipWei : maxFeePerGasWei };
}

/** By the newest block. Throws GasTooDear. */
export async function readFees(rpc: Pick<JsonRpc, 'call'>, terms: FeeTerms): Promise<GasFees> {
  if (terms.feeCapWei === undefined) return feesFor(0n, terms);
  const head = await rpc.call<{ baseFeePerGas?: string } | null>('eth_getBlockByNumber', ['latest', false]);
  return feesFor(BigInt(head?.baseFeePerGas ?? 0), terms);
}

/** An eighth more, the least that nodes accept for a rival, and what the chain asks now; undefined above the limit. */
export function raisedFees(before: GasFees, now: GasFees, { feeCapWei }: FeeTerms): GasFees | undefined {
  const more = (feeWei: bigint, nowWei: bigint): bigint => {
    const raisedWei = (feeWei * 9n) / 8n + 1n;
    return raisedWei > nowWei ? raisedWei : nowWei;
  };
  const raised = {
    maxFeePerGasWei: more(before.maxFeePerGasWei, now.maxFeePerGasWei),
    maxPriorityFeePerGasWei: more(before.maxPriorityFeePerGasWei, now.maxPriorityFeePerGasWei),
  };
  return feeCapWei !== undefined && raised.maxFeePerGasWei > feeCapWei ? undefined : raised;
}
