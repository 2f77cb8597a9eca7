/**
 * simulate: a transaction as it would turn out, without a signature and without any effect.
 */
import { decode, encode } from 'ripple-binary-codec';
import { engineFieldsOf } from '../engine-result.ts';
import type { Simulation } from '../simulation.ts';
import { InvalidTransaction } from '../transaction.ts';
import { type SelectedLedger, selectLedger } from './ledger-selection.ts';
import { flagParam } from './request.ts';
import { RpcError, invalidField, missingField, rpcError } from './rpc-error.ts';
import type { Host, Params, Request, Result } from './types.ts';

const secrets = ['secret', 'seed', 'seed_hex', 'passphrase'];

export function simulateMethod({ ledger }: Host, request: Request): Result {
  const { params } = request;
  for (const name of secrets) if (params[name] !== undefined) throw invalidField(name);
  if (params.binary !== undefined && typeof params.binary !== 'boolean') throw invalidField('binary');
  const selected = selectLedger(ledger, params);
  const fields = fieldsOf(params);
  const simulation = wordErrors(() => ledger.simulate(fields, selected.closed));
  return print(simulation, selected, flagParam(request, 'binary'));
}

/** The fields to try, which must not be signed. */
function fieldsOf(params: Params): Params {
  const { tx_blob: blob, tx_json: json } = params;
  if (blob === undefined && json === undefined) {
    throw rpcError('invalidParams', { error_message: "Must include one of 'tx_json' and 'tx_blob'." });
  }
  if (blob !== undefined && json !== undefined) {
    throw rpcError('invalidParams', { error_message: "Cannot include more than one of 'tx_json' and 'tx_blob'." });
  }
  const fields: Params = blob === undefined ? objectIn(json) : decoded(blob);
  if (fields.TransactionType === undefined) throw missingField('tx.TransactionType');
  if (fields.Account === undefined) throw missingField('tx.Account');
  const signers: unknown[] = Array.isArray(fields.Signers) ? fields.Signers : [];
  const signatures = [fields.TxnSignature, ...signers.map((signer) => Object(Object(signer).Signer).TxnSignature)];
  if (signatures.some((signature) => signature !== undefined && signature !== '')) throw rpcError('transactionSigned');
  const { TxnSignature: _empty, ...unsigned } = fields;
  return unsigned;
}

function objectIn(json: unknown): Params {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw rpcError('invalidParams', { error_message: "Invalid field 'tx_json', not object." });
  }
  return { ...json };
}

function decoded(blob: unknown): Params {
  if (typeof blob !== 'string' || !/^([0-9a-fA-F]{2})+$/.test(blob)) throw invalidField('tx_blob');
  try {
    return decode(blob);
  } catch {
    // What cannot be decoded is a wrong parameter here, unlike in `submit`.
    throw invalidField('tx_blob');
  }
}

function wordErrors(run: () => Simulation): Simulation {
  try {
    return run();
  } catch (problem) {
    if (problem instanceof InvalidTransaction) {
      throw new RpcError({ error: 'invalidTransaction', error_exception: problem.message });
    }
    throw rpcError('invalidParams', { error_message: `Invalid field 'tx_json'. ${String(problem)}` });
  }
}

function print(simulation: Simulation, { index }: SelectedLedger, binary: boolean): Result {
  const { transaction, engineResult, metadata } = simulation;
  const { json, hash, blob } = transaction;
  const wouldApply = { engine_result_message: 'The simulated transaction would have been applied.' };
  return {
    applied: false,
    ...engineFieldsOf(engineResult),
    ...(engineResult === 'tesSUCCESS' && wouldApply),
    ledger_index: index,
    ...(binary ? { tx_blob: blob } : { tx_json: { ...json, hash } }),
    ...(metadata !== undefined && (binary ? { meta_blob: encode(metadata) } : { meta: metadata })),
  };
}
