/**
 * An agent's answer to a reservation that nobody pays: when its payment window is over, prove it and take the fee.
 *
 * A reservation that was paid but not executed is left to its minter.
 */
import { ZeroHash, keccak256, toUtf8Bytes } from 'ethers';
import type { MintingDefaultTask } from './tasks.ts';
import { type Progress, type Workshop, confirmedIndex, proveAndCall } from './workshop.ts';

export async function workOnMintingDefault(workshop: Workshop, task: MintingDefaultTask): Promise<Progress> {
  const { stopConfirming = false, leaveUnpaidMintings = false } = workshop.faults;
  if (stopConfirming || leaveUnpaidMintings || !windowIsProvablyOver(workshop, task)) return 'open';
  return proveAndCall(workshop, task, {
    type: 'ReferencedPaymentNonexistence',
    body: {
      minimalBlockNumber: BigInt(task.firstLedger),
      deadlineBlockNumber: BigInt(task.lastLedger),
      deadlineTimestamp: BigInt(task.lastTimeS),
      destinationAddressHash: keccak256(toUtf8Bytes(task.paymentAddress)),
      amount: task.dueDrops,
      standardPaymentReference: task.reference,
      checkSourceAddresses: false,
      sourceAddressesRoot: ZeroHash,
    },
    functionName: 'mintingPaymentDefault',
    argumentsAfter: [task.reservationId],
    finalStatus: /REFERENCED TRANSACTION EXISTS/,
  });
}

/** A ledger that the verifier shows lies behind both deadlines. */
function windowIsProvablyOver(workshop: Workshop, task: MintingDefaultTask): boolean {
  const confirmed = workshop.ledger.history.ledgerByIndex(confirmedIndex(workshop));
  return confirmed !== undefined && confirmed.index > task.lastLedger && confirmed.closeTimeS > task.lastTimeS;
}
