/**
 * An agent's answer to a redemption request: pay on the ledger, prove the payment, confirm it.
 *
 * A request whose payment window is over before it is paid is left alone; its redeemer defaults it.
 */
import { isValidClassicAddress } from 'ripple-address-codec';
import { ZeroAddress } from 'ethers';
import type { RedemptionTask } from './tasks.ts';
import { type Progress, type Workshop, agentOf, confirmedIndex, proveAndCall } from './workshop.ts';

export async function workOnRedemption(workshop: Workshop, task: RedemptionTask): Promise<Progress> {
  if (!isValidClassicAddress(task.paymentAddress)) return reject(workshop, task);
  if (task.payment === undefined) return pay(workshop, task);
  const { ledger, faults } = workshop;
  const found = ledger.history.transactionByHash(task.payment.hash);
  if (found === undefined) {
    if (ledger.history.lastIndex() >= task.payment.lastLedger) delete task.payment;
    return 'open';
  }
  if (faults.stopConfirming === true || found.ledgerIndex > confirmedIndex(workshop)) return 'open';
  return confirm(workshop, task, task.payment.hash);
}

function pay(workshop: Workshop, task: RedemptionTask): Progress {
  const { ledger, faults } = workshop;
  if (isSilent(workshop, task)) return 'open';
  const windowIsOver = ledger.openIndex() > task.lastLedger && workshop.nowS() > task.lastTimeS;
  if (faults.late === true && !windowIsOver) return 'open';
  if (faults.late !== true && windowIsOver) return 'over';
  const amountDrops = task.dueDrops - (faults.payLessDrops ?? 0n);
  if (amountDrops <= 0n) return 'open';
  const { wallet } = agentOf(workshop, task);
  const order = {
    destination: task.paymentAddress,
    amountDrops,
    ...(faults.withoutMemo !== true && { memos: [task.reference] }),
    ...(task.destinationTag !== undefined && { destinationTag: task.destinationTag }),
  };
  task.payment = wallet.pay(order);
  if (faults.payTwice === true) wallet.pay(order);
  return 'open';
}

/** A tag is not in the plain payment attestation, so a tagged request needs the XRP one. */
function confirm(workshop: Workshop, task: RedemptionTask, hash: string): Promise<Progress> {
  const transactionId = `0x${hash.toLowerCase()}`;
  const argumentsAfter = [task.requestId];
  if (task.destinationTag !== undefined) {
    return proveAndCall(workshop, task, {
      type: 'XRPPayment',
      body: { transactionId, proofOwner: ZeroAddress },
      functionName: 'confirmXRPRedemptionPayment',
      argumentsAfter,
    });
  }
  return proveAndCall(workshop, task, {
    type: 'Payment',
    body: { transactionId, inUtxo: 0n, utxo: 0n },
    functionName: 'confirmRedemptionPayment',
    argumentsAfter,
  });
}

/** An address that no payment can reach is proven invalid instead. */
function reject(workshop: Workshop, task: RedemptionTask): Promise<Progress> | Progress {
  if (workshop.faults.stopConfirming === true || isSilent(workshop, task)) return 'open';
  return proveAndCall(workshop, task, {
    type: 'AddressValidity',
    body: { addressStr: task.paymentAddress },
    functionName: 'rejectInvalidRedemption',
    argumentsAfter: [task.requestId],
  });
}

function isSilent({ faults }: Workshop, task: RedemptionTask): boolean {
  const { silent = false } = faults;
  return typeof silent === 'boolean' ? silent : silent.includes(String(task.requestId));
}
