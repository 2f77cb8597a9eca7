/**
 * Admission: may this transaction enter the open ledger at all?
 *
 * Everything here refuses without charging anything. The order of the checks is the ledger's own, since the first
 * one that fails names the result.
 */
import { judgeAuthority } from './authority.ts';
import type { EngineResult } from './engine-result.ts';
import type { AccountRoot } from './entries.ts';
import type { LedgerFaults } from './faults.ts';
import { ticketIndex, zeroHash } from './hashing.ts';
import { type State, accountIn } from './state.ts';
import { type TransactionJson, nativeDrops } from './transaction-json.ts';
import { type Rules, type Transactor, zeroAddress } from './transactors/transactor.ts';

export interface Environment {
  readonly rules: Rules;
  readonly openIndex: number;
  /** Load factor in units of 1/256. */
  readonly loadFactor256: bigint;
  readonly faults: LedgerFaults;
  /** A transaction without any key may pass; it is never kept. */
  readonly isDryRun?: boolean;
}

/** Largest NetworkID of a network whose transactions must not name it. */
export const legacyNetworkLimit = 1024;
const universalFlags = 0x80000000;
const allDrops = 100_000_000_000_000_000n;

/** tesSUCCESS if the transaction may be charged and applied, else the tem, tef, ter or tel code that refuses it. */
export function judgeAdmission(
  state: State,
  transaction: TransactionJson,
  transactor: Transactor,
  environment: Environment,
): EngineResult {
  const judges = [
    () => judgeNetwork(transaction, environment.rules),
    () => judgeForm(transaction, transactor),
    () => judgeAgainst(state, transaction, transactor, environment),
    // Real servers know what this ledger does not, so they judge sequence and signer first; so does this one.
    () => transactor.check(transaction),
  ];
  for (const judge of judges) {
    const result = judge();
    if (result !== 'tesSUCCESS') return result;
  }
  return 'tesSUCCESS';
}

function judgeNetwork({ NetworkID: named }: TransactionJson, { networkId }: Rules): EngineResult {
  if (networkId <= legacyNetworkLimit)
    return named === undefined ? 'tesSUCCESS' : 'telNETWORK_ID_MAKES_TX_NON_CANONICAL';
  if (named === undefined) return 'telREQUIRES_NETWORK_ID';
  return named === networkId ? 'tesSUCCESS' : 'telWRONG_NETWORK';
}

function judgeForm(transaction: TransactionJson, transactor: Transactor): EngineResult {
  const fee = nativeDrops(transaction.Fee);
  if (transaction.Account === zeroAddress) return 'temBAD_SRC_ACCOUNT';
  if (fee === undefined || fee < 0n || fee > allDrops) return 'temBAD_FEE';
  if (transaction.TicketSequence !== undefined && transaction.AccountTxnID !== undefined) return 'temINVALID';
  if (transaction.Delegate !== undefined || transaction.Sponsor !== undefined) return 'temDISABLED';
  const foreignFlags = (transaction.Flags ?? 0) & ~(transactor.flags | universalFlags);
  if (foreignFlags !== 0) return 'temINVALID_FLAG';
  const form = transactor.check(transaction);
  return form === 'temDISABLED' ? 'tesSUCCESS' : form;
}

function judgeAgainst(
  state: State,
  transaction: TransactionJson,
  transactor: Transactor,
  environment: Environment,
): EngineResult {
  const account = accountIn(state, transaction.Account);
  if (account === undefined) return 'terNO_ACCOUNT';
  const order = judgeSequence(state, transaction, account);
  if (order !== 'tesSUCCESS') return order;
  const { AccountTxnID: prior, LastLedgerSequence: last = Infinity } = transaction;
  if (prior !== undefined && prior !== (account.settings.AccountTxnID ?? zeroHash)) return 'tefWRONG_PRIOR';
  if (environment.openIndex > last) return 'tefMAX_LEDGER';
  const isUnsigned = transaction.SigningPubKey === '' && transaction.Signers === undefined;
  const skipsAuthority = environment.isDryRun === true && isUnsigned;
  const authority = skipsAuthority ? 'tesSUCCESS' : judgeAuthority(state, account, transaction);
  if (authority !== 'tesSUCCESS') return authority;
  const feeDrops = nativeDrops(transaction.Fee) ?? 0n;
  const { rules, loadFactor256 } = environment;
  const dueFeeDrops = loadedDrops(transactor.feeDrops({ rules, transaction, account }), loadFactor256);
  if (feeDrops < dueFeeDrops) return 'telINSUF_FEE_P';
  return account.balanceDrops < feeDrops ? 'terINSUF_FEE_B' : 'tesSUCCESS';
}

function judgeSequence(state: State, transaction: TransactionJson, account: AccountRoot): EngineResult {
  const { Sequence: sequence, TicketSequence: ticket } = transaction;
  if (sequence !== 0 || ticket === undefined) {
    if (ticket !== undefined) return 'temSEQ_AND_TICKET';
    if (sequence > account.sequence) return 'terPRE_SEQ';
    return sequence < account.sequence ? 'tefPAST_SEQ' : 'tesSUCCESS';
  }
  if (ticket >= account.sequence) return 'terPRE_TICKET';
  return state.get(ticketIndex(account.account, ticket)) === undefined ? 'tefNO_TICKET' : 'tesSUCCESS';
}

/** A fee under load, rounded up to the drop. */
export const loadedDrops = (feeDrops: bigint, loadFactor256: bigint): bigint =>
  (feeDrops * loadFactor256 + 255n) / 256n;
