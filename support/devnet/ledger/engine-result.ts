/**
 * The verdicts of the XRP Ledger's transaction engine that this ledger can give, with the text a server prints.
 *
 * Codes come from the codec's own table, so they are never typed twice. It holds no rule: who gives which verdict is
 * said where the rule is.
 */
import definitions from 'ripple-binary-codec/dist/enums/definitions.json' with { type: 'json' };

const messages = {
  tesSUCCESS: 'The transaction was applied. Only final in a validated ledger.',
  tecUNFUNDED_PAYMENT: 'Insufficient XRP balance to send.',
  tecDIR_FULL: 'Can not add entry to full directory.',
  tecNO_DST: 'Destination does not exist. Send XRP to create it.',
  tecNO_DST_INSUF_XRP: 'Destination does not exist. Too little XRP sent to create it.',
  tecPATH_PARTIAL: 'Path could not send full amount.',
  tecPATH_DRY: 'Path could not send partial amount.',
  tecNO_ALTERNATIVE_KEY: 'The operation would remove the ability to sign transactions with the account.',
  tecOWNERS: 'Non-zero owner count.',
  tecINSUFF_FEE: 'Insufficient balance to pay fee.',
  tecNO_TARGET: 'Target account does not exist.',
  tecNO_PERMISSION: 'No permission to perform requested operation.',
  tecNO_ENTRY: 'No matching entry found.',
  tecINSUFFICIENT_RESERVE: 'Insufficient reserve to complete requested operation.',
  tecNEED_MASTER_KEY: 'The operation requires the use of the Master Key.',
  tecDST_TAG_NEEDED: 'A destination tag is required.',
  tecDUPLICATE: 'Ledger object already exists.',
  tecHAS_OBLIGATIONS: 'The account cannot be deleted since it has obligations.',
  tecTOO_SOON: 'It is too early to attempt the requested operation. Please wait.',
  tecINTERNAL: 'An internal error has occurred during processing.',
  tefALREADY: 'The exact transaction was already in this ledger.',
  tefBAD_AUTH: "Transaction's public key is not authorized.",
  tefPAST_SEQ: 'This sequence number has already passed.',
  tefWRONG_PRIOR: 'This previous transaction does not match.',
  tefMASTER_DISABLED: 'Master key is disabled.',
  tefMAX_LEDGER: 'Ledger sequence too high.',
  tefBAD_SIGNATURE: 'A signature is provided for a non-signer.',
  tefBAD_QUORUM: 'Signatures provided do not meet the quorum.',
  tefNOT_MULTI_SIGNING: 'Account has no appropriate list of multi-signers.',
  tefNO_TICKET: 'Ticket is not in ledger.',
  terINSUF_FEE_B: "Account balance can't pay fee.",
  terNO_ACCOUNT: 'The source account does not exist.',
  terPRE_SEQ: 'Missing/inapplicable prior transaction.',
  terPRE_TICKET: 'Ticket is not yet in ledger.',
  telINSUF_FEE_P: 'Fee insufficient.',
  telBAD_DOMAIN: 'Domain too long.',
  telBAD_PUBLIC_KEY: 'Public key is not valid.',
  telNO_DST_PARTIAL: 'Partial payment to create account not allowed.',
  telWRONG_NETWORK: 'Transaction specifies a Network ID that differs from that of the local node.',
  telREQUIRES_NETWORK_ID: 'Transactions submitted to this node/network must include a correct NetworkID field.',
  telNETWORK_ID_MAKES_TX_NON_CANONICAL:
    'Transactions submitted to this node/network must NOT include a NetworkID field.',
  temMALFORMED: 'Malformed transaction.',
  temBAD_AMOUNT: 'Malformed: Bad amount.',
  temBAD_FEE: 'Invalid fee, negative or not XRP.',
  temBAD_REGKEY: 'Malformed: Regular key cannot be same as master key.',
  temBAD_SEND_XRP_MAX: 'Malformed: Send max is not allowed for XRP to XRP.',
  temBAD_SEND_XRP_PARTIAL: 'Malformed: Partial payment is not allowed for XRP to XRP.',
  temBAD_SEND_XRP_PATHS: 'Malformed: Paths are not allowed for XRP to XRP.',
  temBAD_SEND_XRP_LIMIT: 'Malformed: Limit quality is not allowed for XRP to XRP.',
  temBAD_SEND_XRP_NO_DIRECT: 'Malformed: No Ripple direct is not allowed for XRP to XRP.',
  temBAD_SRC_ACCOUNT: 'Malformed: Bad source account.',
  temBAD_TRANSFER_RATE: 'Malformed: Transfer rate must be >= 1.0 and <= 2.0.',
  temDST_IS_SRC: 'Destination may not be source.',
  temDST_NEEDED: 'Destination not specified.',
  temINVALID: 'The transaction is ill-formed.',
  temINVALID_FLAG: 'The transaction has an invalid flag.',
  temREDUNDANT: 'The transaction is redundant.',
  temDISABLED: 'The transaction requires logic that is currently disabled.',
  temBAD_QUORUM: 'Malformed: Quorum is unreachable.',
  temBAD_SIGNER: 'Malformed: No signer may duplicate account or other signers.',
  temBAD_WEIGHT: 'Malformed: Weight must be a positive value.',
  temBAD_TICK_SIZE: 'Malformed: Tick size out of range.',
  temINVALID_ACCOUNT_ID: 'Malformed: A field contains an invalid account ID.',
  temCANNOT_PREAUTH_SELF: 'Malformed: An account may not preauthorize itself.',
  temINVALID_COUNT: 'Malformed: Count field outside valid range.',
  temSEQ_AND_TICKET: 'Transaction contains a TicketSequence and a non-zero Sequence.',
} as const;

export type EngineResult = keyof typeof messages;
export type TecResult = Extract<EngineResult, `tec${string}`>;

/** The number a server prints as `engine_result_code`. */
export const engineResultCode = (result: EngineResult): number => definitions.TRANSACTION_RESULTS[result];

/** The text a server prints as `engine_result_message`. */
export const engineResultMessage = (result: EngineResult): string => messages[result];

export const isEngineResult = (name: unknown): name is EngineResult => typeof name === 'string' && name in messages;

/** Every verdict this ledger knows. */
export const engineResults = Object.keys(messages).filter(isEngineResult);

/** The three fields by which every reply and message names a verdict. Throws on a name this ledger never gives. */
export function engineFieldsOf(name: unknown): Record<string, unknown> {
  if (!isEngineResult(name)) throw new Error(`not an engine result: ${String(name)}`);
  return {
    engine_result: name,
    engine_result_code: engineResultCode(name),
    engine_result_message: engineResultMessage(name),
  };
}

export const isTec = (result: EngineResult): result is TecResult => result.startsWith('tec');

/** True if the transaction enters the ledger and pays its fee. */
export const isApplied = (result: EngineResult): boolean => result === 'tesSUCCESS' || isTec(result);

/** True if a server keeps the transaction and tries again later. */
export const isRetriable = (result: EngineResult): boolean => result.startsWith('ter') || result.startsWith('tel');
