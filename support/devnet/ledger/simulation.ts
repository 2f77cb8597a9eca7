/**
 * Dry runs: what would come of a transaction that nobody has signed yet. Nothing is kept.
 */
import { encode } from 'ripple-binary-codec';
import { type Environment, legacyNetworkLimit, loadedDrops } from './admission.ts';
import type { EngineResult } from './engine-result.ts';
import { applyTransaction, transactorOf } from './engine.ts';
import { type Metadata, metadataOf } from './metadata.ts';
import { type State, accountIn } from './state.ts';
import { transactionJson } from './transaction-json.ts';
import { type SignedTransaction, readTransaction } from './transaction.ts';

export interface Simulation {
  readonly transaction: SignedTransaction;
  readonly engineResult: EngineResult;
  /** Absent if the transaction would not enter the ledger. */
  readonly metadata: Metadata | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Fills in fee, sequence, keys and network where the fields leave them out, and tries the transaction on `state`.
 * @throws {InvalidTransaction} if they make no transaction; another error on values that cannot be written
 */
export function simulate(state: State, fields: Fields, environment: Environment, transactionIndex: number): Simulation {
  const complete = filled(state, fields, environment);
  // The codec would write 0 for a text that is no number.
  const problem = transactionJson.safeParse(complete).error?.issues[0];
  if (problem !== undefined) throw new Error(`Field 'tx_json.${problem.path.join('.')}' has invalid data.`);
  const transaction = readTransaction(encode(complete));
  const dryRun = { ...environment, isDryRun: true };
  const { result, sandbox, deliveredDrops } = applyTransaction(state, transaction, dryRun);
  const deliveredIsSerialized = transaction.json.TransactionType === 'AccountDelete';
  const metadata =
    sandbox &&
    metadataOf({ changes: sandbox.changes(), result, transactionIndex, deliveredDrops, deliveredIsSerialized });
  return { transaction, engineResult: result, metadata };
}

function filled(state: State, fields: Fields, environment: Environment): Fields {
  const { networkId } = environment.rules;
  const { sequence = 0 } = accountIn(state, String(fields.Account)) ?? {};
  const complete = {
    Sequence: fields.TicketSequence === undefined ? sequence : 0,
    SigningPubKey: '',
    ...(networkId > legacyNetworkLimit && { NetworkID: networkId }),
    Fee: '0',
    ...fields,
    ...(Array.isArray(fields.Signers) && { Signers: fields.Signers.map(withoutSignature) }),
  };
  return fields.Fee === undefined
    ? { ...complete, Fee: dueFeeDrops(state, complete, environment).toString() }
    : complete;
}

const withoutSignature = (entry: unknown): object => ({
  Signer: { SigningPubKey: '', TxnSignature: '', ...Object(entry).Signer },
});

function dueFeeDrops(state: State, fields: Fields, { rules, loadFactor256 }: Environment): bigint {
  const account = accountIn(state, String(fields.Account));
  const parsed = transactionJson.safeParse(fields);
  if (account === undefined || !parsed.success) return loadedDrops(rules.baseFeeDrops, loadFactor256);
  const baseDrops = transactorOf(parsed.data).feeDrops({ rules, transaction: parsed.data, account });
  return loadedDrops(baseDrops, loadFactor256);
}
