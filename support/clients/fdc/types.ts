/**
 * What is asked of the Flare Data Connector and what it proves, for the seven XRP attestation types.
 *
 * Types only; the same names as the Solidity structs. Integers are bigint, bytes are 0x-hex in lower case,
 * addresses 0x-hex in either case.
 */

export type Hex = string;

/** Body of a request, by attestation type. */
export interface RequestBodies {
  Payment: { transactionId: Hex; inUtxo: bigint; utxo: bigint };
  XRPPayment: { transactionId: Hex; proofOwner: Hex };
  ReferencedPaymentNonexistence: {
    minimalBlockNumber: bigint;
    deadlineBlockNumber: bigint;
    deadlineTimestamp: bigint;
    destinationAddressHash: Hex;
    amount: bigint;
    standardPaymentReference: Hex;
    checkSourceAddresses: boolean;
    sourceAddressesRoot: Hex;
  };
  XRPPaymentNonexistence: {
    minimalBlockNumber: bigint;
    deadlineBlockNumber: bigint;
    deadlineTimestamp: bigint;
    destinationAddressHash: Hex;
    amount: bigint;
    checkFirstMemoData: boolean;
    firstMemoDataHash: Hex;
    checkDestinationTag: boolean;
    destinationTag: bigint;
    proofOwner: Hex;
  };
  ConfirmedBlockHeightExists: { blockNumber: bigint; queryWindow: bigint };
  AddressValidity: { addressStr: string };
  BalanceDecreasingTransaction: { transactionId: Hex; sourceAddressIndicator: Hex };
}

/** Amounts and addresses that every kind of payment proof has; amounts in drops. */
interface PaymentFlow {
  blockNumber: bigint;
  blockTimestamp: bigint;
  sourceAddressHash: Hex;
  receivingAddressHash: Hex;
  intendedReceivingAddressHash: Hex;
  spentAmount: bigint;
  intendedSpentAmount: bigint;
  receivedAmount: bigint;
  intendedReceivedAmount: bigint;
  /** 0 success, 1 the sender's fault, 2 the receiver's fault. */
  status: bigint;
}

interface Nonexistence {
  minimalBlockTimestamp: bigint;
  firstOverflowBlockNumber: bigint;
  firstOverflowBlockTimestamp: bigint;
}

/** What is proven, by attestation type. */
export interface ResponseBodies {
  Payment: PaymentFlow & { sourceAddressesRoot: Hex; standardPaymentReference: Hex; oneToOne: boolean };
  XRPPayment: PaymentFlow & {
    sourceAddress: string;
    hasMemoData: boolean;
    firstMemoData: Hex;
    hasDestinationTag: boolean;
    destinationTag: bigint;
  };
  ReferencedPaymentNonexistence: Nonexistence;
  XRPPaymentNonexistence: Nonexistence;
  ConfirmedBlockHeightExists: {
    blockTimestamp: bigint;
    numberOfConfirmations: bigint;
    lowestQueryWindowBlockNumber: bigint;
    lowestQueryWindowBlockTimestamp: bigint;
  };
  AddressValidity: { isValid: boolean; standardAddress: string; standardAddressHash: Hex };
  BalanceDecreasingTransaction: {
    blockNumber: bigint;
    blockTimestamp: bigint;
    sourceAddressHash: Hex;
    spentAmount: bigint;
    standardPaymentReference: Hex;
  };
}

export type AttestationTypeName = keyof RequestBodies;

export interface AttestationResponse<T extends AttestationTypeName> {
  attestationType: Hex;
  sourceId: Hex;
  votingRound: bigint;
  lowestUsedTimestamp: bigint;
  requestBody: RequestBodies[T];
  responseBody: ResponseBodies[T];
}

/** The Proof struct of a contract function; ethers takes it as it is. */
export interface AttestationProof<T extends AttestationTypeName> {
  merkleProof: Hex[];
  data: AttestationResponse<T>;
}
