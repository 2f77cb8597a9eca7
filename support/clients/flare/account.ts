/**
 * One key on the EVM chain: signs, sends, waits for the receipt. It is the only owner of its nonce, and sends one
 * transaction after the other.
 *
 * Nonce, chain id and fees are kept locally and the gas limit is generous and fixed, so that one transaction is one
 * round trip where the node offers eth_sendRawTransactionSync. What a revert means is decoded in errors.ts, what became of
 * a transaction that got no clear answer is found out in settle-evm.ts.
 */
import { SigningKey, Transaction, computeAddress } from 'ethers';
import { type Wei, wei } from '../../units/amounts.ts';
import { type Journal, type SignedTransaction, noJournal } from '../journal.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import { type DecodedRevert, decodeRevert } from './errors.ts';
import { type JsonRpc, JsonRpcError, RpcTransportError } from './json-rpc.ts';
import { type Receipt, type RpcReceipt, toReceipt } from './receipt.ts';
import { type SettleTerms, fateOf, settleNonce } from './settle-evm.ts';

export type { EventLog, Receipt } from './receipt.ts';

export interface TransactionRequest {
  readonly to?: string;
  readonly data?: string;
  readonly valueWei?: bigint;
  readonly gasLimit?: bigint;
  /** Pays exactly this for a unit of gas, whatever the base fee is below it. */
  readonly exactGasPriceWei?: bigint;
}

export interface ChainTerms extends SettleTerms {
  readonly chainId: bigint;
  readonly maxFeePerGasWei: bigint;
  readonly maxPriorityFeePerGasWei: bigint;
}

/** The transaction is in a block and did nothing but pay gas. */
export class TransactionReverted extends Error {
  readonly receipt: Receipt;
  readonly revert: DecodedRevert;
  constructor(receipt: Receipt, revert: DecodedRevert) {
    super(`transaction ${receipt.hash} reverted: ${revert.text}`);
    this.name = 'TransactionReverted';
    this.receipt = receipt;
    this.revert = revert;
  }
}

export const DEFAULT_GAS_LIMIT = 6_000_000n;
const TRANSFER_GAS = 21_000n;
const METHOD_NOT_FOUND = -32601;
/** Times that the fee of a transaction that does not get in is raised, each by an eighth, the least that nodes accept. */
const MAX_RAISES = 3;
/** Nonces tried for one request, when each is used up by something else before. */
const MAX_NONCES = 3;

/** What came of offering bytes to a node: a receipt at once, or the node has them, or nobody knows whether it does. */
type Offered = Receipt | 'taken' | 'unclear';

/** An eighth more so often, each time rounded up to more than it was. */
const raised = (feeWei: bigint, times: number): bigint =>
  times === 0 ? feeWei : raised((feeWei * 9n) / 8n + 1n, times - 1);

export class EvmAccount {
  readonly address: string;
  readonly rpc: JsonRpc;
  readonly #key: SigningKey;
  readonly #terms: ChainTerms;
  readonly #journal: Journal;
  readonly #sending = new OneAtATime();
  /** Nonce of the next transaction, as far as this account's own tell; no node may say less. */
  #nonce = 0;
  #isNonceSure = false;
  /** Signed and perhaps sent, but nobody knows yet what became of them; all of one nonce. */
  #unsettled: readonly SignedTransaction[] = [];
  #sendsSync = true;

  constructor(rpc: JsonRpc, privateKey: string, terms: ChainTerms, journal: Journal = noJournal) {
    this.rpc = rpc;
    this.#key = new SigningKey(privateKey);
    this.address = computeAddress(this.#key.publicKey);
    this.#terms = terms;
    this.#journal = journal;
  }

  /** Forgets the nonce and what was sent; needed after the chain was put back. */
  forgetNonce(): void {
    this.#nonce = 0;
    this.#isNonceSure = false;
    this.#unsettled = [];
  }

  /** The receipt of a successful transaction. Throws TransactionReverted with the decoded custom error. */
  async send(request: TransactionRequest): Promise<Receipt> {
    const receipt = await this.sendUnchecked(request);
    if (receipt.succeeded) return receipt;
    throw new TransactionReverted(receipt, await this.#whyReverted(request));
  }

  /**
   * Sends the whole native balance but for its own gas, whose price is fixed so that nothing stays behind. Gives undefined
   * when the balance does not pay for the transfer.
   */
  async sweep(to: string): Promise<{ receipt: Receipt; amountWei: Wei } | undefined> {
    const balanceWei = BigInt(await this.rpc.call<string>('eth_getBalance', [this.address, 'latest']));
    const exactGasPriceWei = this.#terms.maxFeePerGasWei;
    const amountWei = wei(balanceWei - TRANSFER_GAS * exactGasPriceWei);
    if (amountWei <= 0n) return undefined;
    const receipt = await this.send({ to, valueWei: amountWei, gasLimit: TRANSFER_GAS, exactGasPriceWei });
    return { receipt, amountWei };
  }

  /** The receipt, also of a reverted transaction. Throws OutcomeUnknown, or the node's refusal when nothing was sent. */
  async sendUnchecked(request: TransactionRequest): Promise<Receipt> {
    return this.#sending.run(() => this.#sendNext(request));
  }

  async #sendNext(request: TransactionRequest): Promise<Receipt> {
    await this.#settleEarlier();
    for (let tried = 0; tried < MAX_NONCES; tried += 1) {
      const signed = this.#sign(request, await this.#nextNonce());
      this.#unsettled = [signed];
      this.#journal.signed(signed);
      const receipt = await this.#submit(signed, request);
      if (receipt !== undefined) return receipt;
    }
    throw new Error(`${this.address}: ${MAX_NONCES} nonces in a row were used up by somebody else with the same key`);
  }

  /** Nothing new is signed before everything older is certain; else one act could happen twice. */
  async #settleEarlier(): Promise<void> {
    if (this.#unsettled.length === 0) return;
    this.#close(await settleNonce(this.rpc, this.#unsettled, this.#terms, { isSent: false }));
  }

  async #nextNonce(): Promise<number> {
    if (this.#isNonceSure) return this.#nonce;
    const known = Number(await this.rpc.call<string>('eth_getTransactionCount', [this.address, 'latest']));
    return Math.max(known, this.#nonce);
  }

  #sign(request: TransactionRequest, nonce: number, raises = 0): SignedTransaction {
    const transaction = Transaction.from({
      type: 2,
      chainId: this.#terms.chainId,
      nonce,
      to: request.to ?? null,
      data: request.data ?? '0x',
      value: request.valueWei ?? 0n,
      gasLimit: request.gasLimit ?? DEFAULT_GAS_LIMIT,
      maxFeePerGas: raised(request.exactGasPriceWei ?? this.#terms.maxFeePerGasWei, raises),
      maxPriorityFeePerGas: raised(request.exactGasPriceWei ?? this.#terms.maxPriorityFeePerGasWei, raises),
    });
    transaction.signature = this.#key.sign(transaction.unsignedHash);
    const { hash, serialized: raw } = transaction;
    return { chain: 'evm', hash: hash ?? '', raw, account: this.address, sequence: nonce };
  }

  /** The receipt, or undefined when something else used up the nonce. */
  async #submit(signed: SignedTransaction, request: TransactionRequest): Promise<Receipt | undefined> {
    // A nonce that was refused or lost is asked for again.
    this.#isNonceSure = false;
    const offered = await this.#offer(signed);
    const receipt =
      offered === 'taken' || offered === 'unclear' ? await this.#await(signed, request, offered) : offered;
    this.#close(receipt);
    return receipt;
  }

  async #await(signed: SignedTransaction, request: TransactionRequest, offered: Offered): Promise<Receipt | undefined> {
    return settleNonce(this.rpc, [signed], this.#terms, {
      isSent: offered === 'taken',
      whenLate: (waitedMs) => this.#dearerRival(request, signed.sequence, waitedMs),
    });
  }

  /**
   * The same request with the same nonce for a higher fee, once the last one has waited too long. One whose value counts on
   * its exact fee can offer no more.
   */
  #dearerRival(request: TransactionRequest, nonce: number, waitedMs: number): SignedTransaction | undefined {
    const raises = this.#unsettled.length;
    const isLate = waitedMs > (this.#terms.receiptTimeoutMs * raises) / (MAX_RAISES + 1);
    if (!isLate || raises > MAX_RAISES || request.exactGasPriceWei !== undefined) return undefined;
    const rival = this.#sign(request, nonce, raises);
    this.#unsettled = [rival, ...this.#unsettled];
    this.#journal.signed(rival);
    return rival;
  }

  /** Gives the bytes to the node for the first time. Throws its refusal, after which nobody has them. */
  async #offer(signed: SignedTransaction): Promise<Offered> {
    try {
      const receipt = await this.#offerSync(signed.raw);
      return receipt === undefined || this.#terms.confirmations ? 'taken' : receipt;
    } catch (error) {
      if (error instanceof RpcTransportError) return 'unclear';
      if (!(error instanceof JsonRpcError)) throw error;
      if (saysLittle(error)) return 'taken';
      this.#close(undefined);
      throw error;
    }
  }

  async #offerSync(raw: string): Promise<Receipt | undefined> {
    if (this.#sendsSync) {
      try {
        return toReceipt(await this.rpc.call<RpcReceipt>('eth_sendRawTransactionSync', [raw]));
      } catch (error) {
        if (!(error instanceof JsonRpcError && error.code === METHOD_NOT_FOUND)) throw error;
        this.#sendsSync = false;
      }
    }
    await this.rpc.call('eth_sendRawTransaction', [raw]);
    return undefined;
  }

  /** The fate of everything unsettled is certain: `receipt` if one of it is in a block, else all of it is dead. */
  #close(receipt: Receipt | undefined): void {
    for (const signed of this.#unsettled) {
      this.#journal.final(signed.hash, fateOf(signed, receipt));
      if (receipt === undefined) continue;
      this.#nonce = signed.sequence + 1;
      this.#isNonceSure = true;
    }
    this.#unsettled = [];
  }

  async #whyReverted(request: TransactionRequest): Promise<DecodedRevert> {
    const call = {
      from: this.address,
      to: request.to,
      data: request.data ?? '0x',
      value: `0x${(request.valueWei ?? 0n).toString(16)}`,
    };
    try {
      await this.rpc.call('eth_call', [call, 'latest']);
    } catch (error) {
      if (error instanceof JsonRpcError) return decodeRevert(error.data, error.message);
      throw error;
    }
    return { name: undefined, text: 'no reason: the same call passes one block later' };
  }
}

/**
 * Whether an answer to a first sending leaves open what becomes of the transaction: the node has it already, or another one
 * of its nonce, or could not wait for it, or is in trouble itself. Any other error means that it was not taken.
 */
function saysLittle({ code, message }: JsonRpcError): boolean {
  const isNodeInTrouble = code === 4 || code === -32603 || code === -32005;
  return (
    isNodeInTrouble || /already|known transaction|nonce.* too low|replacement|timed? ?out|underpriced/i.test(message)
  );
}
