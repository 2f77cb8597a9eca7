/** Proofs in the official ABI's shape. What they prove is made up; a simulation decides whether the FDC is asked. */
import { ZeroAddress, ZeroHash, encodeBytes32String, id, keccak256, toUtf8Bytes } from 'ethers';
import type { Facts } from './facts.ts';

/** Of no chain that there is. */
export const OTHER_SOURCE = `0x${'42'.repeat(32)}`;

/** Fields of a request and a response; others than these have the values of an honest proof. */
export interface Fields {
  readonly source?: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
}

const bytes32 = (text: string): string => encodeBytes32String(text);

/** The standard hash of an underlying address. */
export const addressHash = (address: string): string => keccak256(toUtf8Bytes(address));

/** A transaction nobody has ever heard of. */
export const transactionOf = (name: string): string => id(`probe ${name}`);

const shape = (
  facts: Facts,
  type: string,
  base: Required<Omit<Fields, 'source'>>,
  { source, request, response }: Fields,
) => ({
  merkleProof: [],
  data: {
    attestationType: bytes32(type),
    sourceId: source ?? String(facts.settings['chainId']),
    votingRound: 1n,
    lowestUsedTimestamp: 1n,
    requestBody: { ...base.request, ...request },
    responseBody: { ...base.response, ...response },
  },
});

export interface HonestPayment {
  readonly from: string;
  readonly to: string;
  readonly amountUba: bigint;
  readonly reference: string;
  readonly block: bigint;
  readonly timeS: bigint;
}

/** A successful payment, as Payment proves it. */
export const paymentProof = (facts: Facts, paid: HonestPayment, fields: Fields = {}) =>
  shape(
    facts,
    'Payment',
    {
      request: { transactionId: transactionOf('payment'), inUtxo: 0n, utxo: 0n },
      response: {
        blockNumber: paid.block,
        blockTimestamp: paid.timeS,
        sourceAddressHash: addressHash(paid.from),
        sourceAddressesRoot: ZeroHash,
        receivingAddressHash: addressHash(paid.to),
        intendedReceivingAddressHash: addressHash(paid.to),
        spentAmount: paid.amountUba + 12n,
        intendedSpentAmount: paid.amountUba + 12n,
        receivedAmount: paid.amountUba,
        intendedReceivedAmount: paid.amountUba,
        standardPaymentReference: paid.reference,
        oneToOne: true,
        status: 0n,
      },
    },
    fields,
  );

/** A successful payment, as XRPPayment proves it: with memo and tag. */
export const xrpPaymentProof = (facts: Facts, paid: HonestPayment, fields: Fields = {}) =>
  shape(
    facts,
    'XRPPayment',
    {
      request: { transactionId: transactionOf('payment'), proofOwner: ZeroAddress },
      response: {
        blockNumber: paid.block,
        blockTimestamp: paid.timeS,
        sourceAddress: paid.from,
        sourceAddressHash: addressHash(paid.from),
        receivingAddressHash: addressHash(paid.to),
        intendedReceivingAddressHash: addressHash(paid.to),
        spentAmount: paid.amountUba + 12n,
        intendedSpentAmount: paid.amountUba + 12n,
        receivedAmount: paid.amountUba,
        intendedReceivedAmount: paid.amountUba,
        hasMemoData: true,
        firstMemoData: paid.reference,
        hasDestinationTag: false,
        destinationTag: 0n,
        status: 0n,
      },
    },
    fields,
  );

export interface MissingPayment {
  readonly to: string;
  readonly amountUba: bigint;
  readonly reference: string;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
}

/** Nothing was paid from the first to the last block and second; the overflow block is the next one, a second later. */
export const nonPaymentProof = (facts: Facts, missing: MissingPayment, fields: Fields = {}) =>
  shape(
    facts,
    'ReferencedPaymentNonexistence',
    {
      request: {
        minimalBlockNumber: missing.firstBlock,
        deadlineBlockNumber: missing.lastBlock,
        deadlineTimestamp: missing.lastTimestampS,
        destinationAddressHash: addressHash(missing.to),
        amount: missing.amountUba,
        standardPaymentReference: missing.reference,
        checkSourceAddresses: false,
        sourceAddressesRoot: ZeroHash,
      },
      response: overflow(missing),
    },
    fields,
  );

/** The same as XRPPaymentNonexistence proves it. */
export const xrpNonPaymentProof = (facts: Facts, missing: MissingPayment, fields: Fields = {}) =>
  shape(
    facts,
    'XRPPaymentNonexistence',
    {
      request: {
        minimalBlockNumber: missing.firstBlock,
        deadlineBlockNumber: missing.lastBlock,
        deadlineTimestamp: missing.lastTimestampS,
        destinationAddressHash: addressHash(missing.to),
        amount: missing.amountUba,
        checkFirstMemoData: true,
        firstMemoDataHash: keccak256(missing.reference),
        checkDestinationTag: false,
        destinationTag: 0n,
        proofOwner: ZeroAddress,
      },
      response: overflow(missing),
    },
    fields,
  );

const overflow = ({ lastBlock, lastTimestampS }: MissingPayment) => ({
  minimalBlockTimestamp: 1n,
  firstOverflowBlockNumber: lastBlock + 1n,
  firstOverflowBlockTimestamp: lastTimestampS + 1n,
});

/** A confirmed block and the lowest one that can still be asked about. */
export const blockHeightProof = (facts: Facts, fields: Fields = {}) =>
  shape(
    facts,
    'ConfirmedBlockHeightExists',
    {
      request: { blockNumber: facts.clock.block, queryWindow: 86_400n },
      response: {
        blockTimestamp: facts.clock.timestampS,
        numberOfConfirmations: 3n,
        lowestQueryWindowBlockNumber: 1n,
        lowestQueryWindowBlockTimestamp: 1n,
      },
    },
    fields,
  );

/** An address that the underlying chain has, in its standard form. */
export const addressProof = (facts: Facts, address: string, fields: Fields = {}) =>
  shape(
    facts,
    'AddressValidity',
    {
      request: { addressStr: address },
      response: { isValid: true, standardAddress: address, standardAddressHash: addressHash(address) },
    },
    fields,
  );

/** Something left an address. */
export const decreaseProof = (facts: Facts, from: string, fields: Fields = {}) =>
  shape(
    facts,
    'BalanceDecreasingTransaction',
    {
      request: { transactionId: transactionOf('decrease'), sourceAddressIndicator: addressHash(from) },
      response: {
        blockNumber: facts.clock.block,
        blockTimestamp: facts.clock.timestampS,
        sourceAddressHash: addressHash(from),
        spentAmount: 1_000_000n,
        standardPaymentReference: ZeroHash,
      },
    },
    fields,
  );

/** The same 32 bytes with the last one changed. */
export const otherBytes = (bytes: string): string => {
  const last = Number.parseInt(bytes.slice(-2), 16) ^ 1;
  return `${bytes.slice(0, -2)}${last.toString(16).padStart(2, '0')}`;
};
