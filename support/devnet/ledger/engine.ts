/**
 * The transaction engine: judges one signed transaction against a state and applies it.
 *
 * A pure function of its arguments. The order of the checks is the ledger's own, since the first one that fails
 * names the result. What a type does is in its transactor; holding, closing and hashing are the ledger's.
 */
import { accountDelete } from './transactors/account-delete.ts';
import { accountSet } from './transactors/account-set.ts';
import { type Environment, judgeAdmission } from './admission.ts';
import { isSignedWithMasterKey } from './authority.ts';
import { depositPreauth } from './transactors/deposit-preauth.ts';
import { isTec } from './engine-result.ts';
import { type AccountRoot, indexOf } from './entries.ts';
import type { LedgerFaults } from './faults.ts';
import { ticketIndex } from './hashing.ts';
import { removeFromDirectory } from './owner-directory.ts';
import { payment } from './transactors/payment.ts';
import { setRegularKey } from './transactors/set-regular-key.ts';
import { signerListSet } from './transactors/signer-list-set.ts';
import { Sandbox, type State, accountIn } from './state.ts';
import { ticketCreate } from './transactors/ticket-create.ts';
import { type TransactionJson, nativeDrops } from './transaction-json.ts';
import type { SignedTransaction } from './transaction.ts';
import { type Effect, type Transactor, referenceFee } from './transactors/transactor.ts';

const transactors: Readonly<Record<string, Transactor>> = {
  AccountDelete: accountDelete,
  AccountSet: accountSet,
  DepositPreauth: depositPreauth,
  Payment: payment,
  SetRegularKey: setRegularKey,
  SignerListSet: signerListSet,
  TicketCreate: ticketCreate,
};

/** Types that deal in what this ledger does not hold: judged like any other, then refused. */
const unknownHere: Transactor = {
  flags: 0x7fffffff,
  feeDrops: referenceFee,
  check: () => 'temDISABLED',
  apply: () => ({ result: 'temDISABLED' }),
};

/** What a transaction is judged and applied by. */
export const transactorOf = ({ TransactionType: type }: TransactionJson): Transactor =>
  transactors[type] ?? unknownHere;

/** What came of one transaction; without a sandbox the state stays as it is. */
export interface Verdict extends Effect {
  readonly sandbox?: Sandbox;
}

/** Judges and, if the result is tes or tec, applies a transaction in a sandbox over `state`. */
export function applyTransaction(state: State, signed: SignedTransaction, environment: Environment): Verdict {
  const transactor = transactorOf(signed.json);
  const admission = judgeAdmission(state, signed.json, transactor, environment);
  return admission === 'tesSUCCESS' ? charge(state, signed, transactor, environment) : { result: admission };
}

/** Takes the fee and does what the transaction says; if that fails, only the fee stays taken. */
function charge(state: State, signed: SignedTransaction, transactor: Transactor, environment: Environment): Verdict {
  const { json: transaction } = signed;
  const before = accountIn(state, transaction.Account);
  if (before === undefined) return { result: 'terNO_ACCOUNT' };
  const { rules, openIndex, faults } = environment;
  const isPayment = transaction.TransactionType === 'Payment';
  const planted = isPayment ? faults.failPaymentsWith?.(transaction) : undefined;
  if (planted !== undefined) return { result: planted, sandbox: takeFee(state, before, signed, faults) };
  const sandbox = takeFee(state, before, signed, faults);
  trackHash(sandbox, signed);
  const effect = transactor.apply({
    transaction,
    sandbox,
    rules,
    openIndex,
    feeDrops: nativeDrops(transaction.Fee) ?? 0n,
    balanceBeforeFeeDrops: before.balanceDrops,
    signedWithMasterKey: isSignedWithMasterKey(transaction),
    faults,
  });
  if (isTec(effect.result)) return { ...effect, sandbox: takeFee(state, before, signed, faults) };
  if (isPayment) withhold(sandbox, transaction, faults);
  return { ...effect, sandbox };
}

/** The sandbox in which the fee is paid and the sequence number or ticket is used, and nothing else happened yet. */
function takeFee(state: State, before: AccountRoot, { json }: SignedTransaction, faults: LedgerFaults): Sandbox {
  const sandbox = new Sandbox(state);
  const isTwice = faults.chargeFeeTwice === true || faults.chargeFeeTwice === json.TransactionType;
  const feeDrops = (nativeDrops(json.Fee) ?? 0n) * (isTwice ? 2n : 1n);
  const payer = {
    ...before,
    balanceDrops: feeDrops < before.balanceDrops ? before.balanceDrops - feeDrops : 0n,
  };
  const ticket =
    json.TicketSequence === undefined ? undefined : state.get(ticketIndex(json.Account, json.TicketSequence));
  if (ticket === undefined) {
    sandbox.put({ ...payer, sequence: before.sequence + 1 });
  } else {
    sandbox.delete(ticket);
    if (ticket.type === 'Ticket') {
      const place = { owner: json.Account, page: ticket.ownerPage, index: indexOf(ticket) };
      removeFromDirectory(sandbox, place, 'keep');
    }
    sandbox.put({ ...payer, ownerCount: before.ownerCount - 1, ticketCount: before.ticketCount - 1 });
  }
  return sandbox;
}

/** An account that asked for it remembers its last transaction; one that failed leaves the memory as it was. */
function trackHash(sandbox: Sandbox, { json, hash }: SignedTransaction): void {
  const account = sandbox.account(json.Account);
  if (account?.settings.AccountTxnID === undefined) return;
  sandbox.put({ ...account, settings: { ...account.settings, AccountTxnID: hash } });
}

function withhold(sandbox: Sandbox, { Destination: address = '' }: TransactionJson, faults: LedgerFaults): void {
  const receiver = sandbox.account(address);
  if (receiver === undefined || faults.deliverShortByDrops === undefined) return;
  const left = receiver.balanceDrops - faults.deliverShortByDrops;
  sandbox.put({ ...receiver, balanceDrops: left > 0n ? left : 0n });
}
