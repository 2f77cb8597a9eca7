/**
 * faults: misbehaviour around a correct protocol, as data. A new one is one file, and one line here.
 * Imports clients and devnet, besides units and files.
 * Never here: faults of the protocol itself (see planted), or what becomes of a step.
 */
import { agentLate } from './agent-late.ts';
import { agentPaymentFails } from './agent-payment-fails.ts';
import { agentPaysTooLittle } from './agent-pays-too-little.ts';
import { agentPaysTwice } from './agent-pays-twice.ts';
import { agentPaysWithoutMemo } from './agent-pays-without-memo.ts';
import { agentSilent } from './agent-silent.ts';
import { chainFeeJumps } from './chain-fee-jumps.ts';
import { dataAvailabilityLate } from './data-availability-late.ts';
import { fdcRequestLeftOut } from './fdc-request-left-out.ts';
import { fdcRoundSkipped } from './fdc-round-skipped.ts';
import { ledgerBusy } from './ledger-busy.ts';
import { ledgerSwapsPayments } from './ledger-swaps-payments.ts';
import { ledgerStalls } from './ledger-stalls.ts';
import { pricePublishedLate } from './price-published-late.ts';
import { pricesJump } from './prices-jump.ts';
import { strangers } from './strangers.ts';
import { transactionDelayed } from './transaction-delayed.ts';
import { transactionDropped } from './transaction-dropped.ts';
import { verifierIndeterminate } from './verifier-indeterminate.ts';
import type { Fault, OddPayments } from './fault.ts';

export const faults: readonly Fault[] = [
  agentSilent,
  agentLate,
  agentPaysTooLittle,
  agentPaysTwice,
  agentPaysWithoutMemo,
  agentPaymentFails,
  ledgerStalls,
  ledgerBusy,
  ledgerSwapsPayments,
  fdcRoundSkipped,
  fdcRequestLeftOut,
  dataAvailabilityLate,
  verifierIndeterminate,
  pricesJump,
  pricePublishedLate,
  strangers,
  chainFeeJumps,
  transactionDelayed,
  transactionDropped,
];

export const faultNames: readonly string[] = faults.map(({ name }) => name);

/** Throws for a name that no fault has. */
export function findFault(name: string): Fault {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  return fault;
}

/** All odd payments that these faults may lead to. */
export const oddPaymentsOf = (names: readonly string[]): OddPayments =>
  Object.assign({}, ...names.map((name) => findFault(name).payments ?? {}));
