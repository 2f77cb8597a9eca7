/**
 * The errors of the ledger's request interface, with the numbers and texts a server prints.
 *
 * Not to be confused with engine results: a refused transaction is a successful request.
 */

const errors = {
  noPermission: { code: 6, message: "You don't have permission for this command." },
  tooBusy: { code: 9, message: 'The server is too busy to help you now.' },
  slowDown: { code: 10, message: 'You are placing too much load on the server.' },
  actNotFound: { code: 19, message: 'Account not found.' },
  lgrNotFound: { code: 21, message: 'ledgerNotFound' },
  lgrNotValidated: { code: 22, message: 'Ledger not validated.' },
  txnNotFound: { code: 29, message: 'Transaction not found.' },
  invalidParams: { code: 31, message: 'Invalid parameters.' },
  unknownCmd: { code: 32, message: 'Unknown method.' },
  actMalformed: { code: 35, message: 'Account malformed.' },
  commandMissing: { code: 47, message: 'Missing command entry.' },
  badFeature: { code: 40, message: 'Feature unknown or invalid.' },
  badMarket: { code: 42, message: 'No such market.' },
  dstAmtMalformed: { code: 51, message: 'Destination amount/currency/issuer is malformed.' },
  dstIsrMalformed: { code: 53, message: 'Destination issuer is malformed.' },
  invalidHotWallet: { code: 30, message: 'Invalid hotwallet.' },
  dstActMalformed: { code: 48, message: 'Destination account is malformed.' },
  dstActNotFound: { code: 50, message: 'Destination account not found.' },
  lgrIdxsInvalid: { code: 57, message: 'Ledger indexes invalid.' },
  lgrIdxMalformed: { code: 58, message: 'Ledger index malformed.' },
  srcActMalformed: { code: 65, message: 'Source account is malformed.' },
  srcActNotFound: { code: 67, message: 'Source account not found.' },
  srcCurMalformed: { code: 69, message: 'Source currency is malformed.' },
  srcIsrMalformed: { code: 70, message: 'Source issuer is malformed.' },
  malformedStream: { code: 71, message: 'Stream malformed.' },
  internal: { code: 73, message: 'Internal error.' },
  notImpl: { code: 74, message: 'Not implemented.' },
  notSupported: { code: 75, message: 'Operation not supported.' },
  entryNotFound: { code: 98, message: 'Entry not found.' },
  unexpectedLedgerType: { code: 99, message: 'Unexpected ledger type.' },
  transactionSigned: { code: 96, message: 'Transaction should not be signed.' },
  excessiveLgrRange: { code: 78, message: 'Ledger range exceeds 1000.' },
  invalidLgrRange: { code: 79, message: 'Ledger range is invalid.' },
} as const;

export type RpcErrorName = keyof typeof errors;

/** What an error reply carries besides the request: at the top level on WebSocket, in `result` on JSON-RPC. */
export type ErrorFields = Readonly<Record<string, unknown>>;

export class RpcError extends Error {
  override name = 'RpcError';
  readonly fields: ErrorFields;

  constructor(fields: ErrorFields) {
    super(String(fields.error_message ?? fields.error_exception ?? fields.error));
    this.fields = fields;
  }
}

/** An error of the table; `extra` may replace the message and add fields. */
export function rpcError(name: RpcErrorName, extra: ErrorFields = {}): RpcError {
  const { code, message } = errors[name];
  return new RpcError({ error: name, error_code: code, error_message: message, ...extra });
}

export const missingField = (name: string): RpcError =>
  rpcError('invalidParams', { error_message: `Missing field '${name}'.` });

export const invalidField = (name: string): RpcError =>
  rpcError('invalidParams', { error_message: `Invalid field '${name}'.` });
