/**
 * The seven attestation types of an XRP source: names, and the ABI tuples of their requests and responses.
 *
 * The tuples are written out here, in the order of the Solidity structs, and on purpose not taken from the package the
 * client decodes with: a mistake in one must not cancel out in the other.
 */

export const ATTESTATION_TYPES = [
  'Payment',
  'XRPPayment',
  'ReferencedPaymentNonexistence',
  'XRPPaymentNonexistence',
  'ConfirmedBlockHeightExists',
  'AddressValidity',
  'BalanceDecreasingTransaction',
] as const;

export type AttestationType = (typeof ATTESTATION_TYPES)[number];

export type Hex = string;
export type AbiValue = bigint | boolean | string;
/** A struct by the names of its components. */
export type AbiStruct = Readonly<Record<string, AbiValue>>;

/** One component of a request or response body; all XRP bodies are flat. */
export interface Component {
  readonly type: string;
  readonly name: string;
}

export interface BodyComponents {
  readonly request: readonly Component[];
  readonly response: readonly Component[];
}

/** Response struct without its round, as a verifier gives it. */
export interface Attestation {
  readonly attestationType: Hex;
  readonly sourceId: Hex;
  readonly lowestUsedTimestamp: bigint;
  readonly requestBody: AbiStruct;
  readonly responseBody: AbiStruct;
}

const NONEXISTENCE_RESPONSE =
  'uint64 minimalBlockTimestamp, uint64 firstOverflowBlockNumber, uint64 firstOverflowBlockTimestamp';

export const BODY_COMPONENTS: Readonly<Record<AttestationType, BodyComponents>> = {
  Payment: bodies(
    'bytes32 transactionId, uint256 inUtxo, uint256 utxo',
    `uint64 blockNumber, uint64 blockTimestamp, bytes32 sourceAddressHash, bytes32 sourceAddressesRoot,
     bytes32 receivingAddressHash, bytes32 intendedReceivingAddressHash, int256 spentAmount,
     int256 intendedSpentAmount, int256 receivedAmount, int256 intendedReceivedAmount,
     bytes32 standardPaymentReference, bool oneToOne, uint8 status`,
  ),
  XRPPayment: bodies(
    'bytes32 transactionId, address proofOwner',
    `uint64 blockNumber, uint64 blockTimestamp, string sourceAddress, bytes32 sourceAddressHash,
     bytes32 receivingAddressHash, bytes32 intendedReceivingAddressHash, int256 spentAmount,
     int256 intendedSpentAmount, int256 receivedAmount, int256 intendedReceivedAmount, bool hasMemoData,
     bytes firstMemoData, bool hasDestinationTag, uint256 destinationTag, uint8 status`,
  ),
  ReferencedPaymentNonexistence: bodies(
    `uint64 minimalBlockNumber, uint64 deadlineBlockNumber, uint64 deadlineTimestamp,
     bytes32 destinationAddressHash, uint256 amount, bytes32 standardPaymentReference, bool checkSourceAddresses,
     bytes32 sourceAddressesRoot`,
    NONEXISTENCE_RESPONSE,
  ),
  XRPPaymentNonexistence: bodies(
    `uint64 minimalBlockNumber, uint64 deadlineBlockNumber, uint64 deadlineTimestamp,
     bytes32 destinationAddressHash, uint256 amount, bool checkFirstMemoData, bytes32 firstMemoDataHash,
     bool checkDestinationTag, uint256 destinationTag, address proofOwner`,
    NONEXISTENCE_RESPONSE,
  ),
  ConfirmedBlockHeightExists: bodies(
    'uint64 blockNumber, uint64 queryWindow',
    `uint64 blockTimestamp, uint64 numberOfConfirmations, uint64 lowestQueryWindowBlockNumber,
     uint64 lowestQueryWindowBlockTimestamp`,
  ),
  AddressValidity: bodies('string addressStr', 'bool isValid, string standardAddress, bytes32 standardAddressHash'),
  BalanceDecreasingTransaction: bodies(
    'bytes32 transactionId, bytes32 sourceAddressIndicator',
    `uint64 blockNumber, uint64 blockTimestamp, bytes32 sourceAddressHash, int256 spentAmount,
     bytes32 standardPaymentReference`,
  ),
};

function bodies(request: string, response: string): BodyComponents {
  return { request: components(request), response: components(response) };
}

function components(list: string): Component[] {
  return list.split(',').map((component) => {
    const [type = '', name = ''] = component.trim().split(/\s+/);
    return { type, name };
  });
}
