/** The executor that an event names as it opens a record. */
import { type Result, ZeroAddress } from 'ethers';

/** The address lower-case, absent where nobody is named, and the fee that the event tells. */
export function namedIn({ executor, executorFeeNatWei }: Readonly<Record<string, unknown>> | Result): {
  readonly executor?: string;
  readonly executorFeeWei: bigint;
} {
  const address = String(executor);
  const executorFeeWei = BigInt(String(executorFeeNatWei));
  return address === ZeroAddress ? { executorFeeWei } : { executor: address.toLowerCase(), executorFeeWei };
}
