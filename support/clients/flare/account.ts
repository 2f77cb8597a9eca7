/**
 * One key on the EVM chain: signs, sends, waits for the receipt. It is the only owner of its nonce and sends one
 * transaction after the other, in the order that sending.ts keeps.
 *
 * Nonce and chain id are kept locally, and the gas limit is generous and fixed. So a transaction is two round trips, one for
 * the fee that the chain asks and one for itself, where the node offers eth_sendRawTransactionSync. errors.ts decodes reverts; evm-chain.ts finds out what became of a
 * transaction without a clear answer.
 */
import { Transaction } from 'ethers';
import { type Wei, wei } from '../../units/amounts.ts';
import { type Journal, type SignedTransaction, noJournal } from '../journal.ts';
import { type Offered, Sending } from '../sending.ts';
import type { Verdict } from '../verdict.ts';
import { type DecodedRevert, decodeRevert } from './errors.ts';
import { type SettleTerms, evmChain, saysLittle } from './evm-chain.ts';
import { EvmKey } from './evm-key.ts';
import { type FeeTerms, type GasFees, raisedFees, readFees } from './gas-fees.ts';
import { type JsonRpc, JsonRpcError, RpcTransportError } from './json-rpc.ts';
import { type Receipt, type RpcReceipt, toReceipt } from './receipt.ts';

export type { EventLog, Receipt } from './receipt.ts';

export interface TransactionRequest {
  readonly to?: string;
  readonly data?: string;
  readonly valueWei?: bigint;
  readonly gasLimit?: bigint;
  /** Exact gas price, even when the base fee is lower. */
  readonly exactGasPriceWei?: bigint;
}

export interface ChainTerms extends SettleTerms, FeeTerms {
  readonly chainId: bigint;
}

/** The transaction is in a block and only cost gas. */
export class TransactionReverted extends Error implements Verdict {
  readonly verdict = 'wrong';
  readonly kind: string;
  readonly receipt: Receipt;
  readonly revert: DecodedRevert;
  constructor(receipt: Receipt, revert: DecodedRevert) {
    super(`transaction ${receipt.hash} reverted: ${revert.text}`);
    this.name = 'TransactionReverted';
    this.receipt = receipt;
    this.revert = revert;
    this.kind = `reverted with ${revert.name ?? 'no custom error'}`;
  }
}

export const DEFAULT_GAS_LIMIT = 6_000_000n;
const TRANSFER_GAS = 21_000n;
/** How often the fee of a waiting transaction is raised, each time by an eighth, the least that nodes accept. */
const MAX_RAISES = 3;
/** Nonces tried for one request when something else uses them up. */
const MAX_NONCES = 3;

const feesOf = (raw: string): GasFees => {
  const { maxFeePerGas, maxPriorityFeePerGas } = Transaction.from(raw);
  return { maxFeePerGasWei: maxFeePerGas ?? 0n, maxPriorityFeePerGasWei: maxPriorityFeePerGas ?? 0n };
};

export class EvmAccount {
  readonly address: string;
  readonly rpc: JsonRpc;
  readonly #key: EvmKey;
  readonly #terms: ChainTerms;
  readonly #sending: Sending<TransactionRequest, Receipt>;
  /** Lowest possible next nonce, known from this account's own transactions; a node that says less is behind. */
  #nonce = 0;
  #isNonceSure = false;
  #sendsSync = true;

  constructor(rpc: JsonRpc, privateKey: string, terms: ChainTerms, journal: Journal = noJournal) {
    this.rpc = rpc;
    this.#key = new EvmKey(privateKey);
    this.address = this.#key.address;
    this.#terms = terms;
    this.#sending = new Sending(
      {
        sign: async (request) => {
          const [nonce, fees] = await Promise.all([this.#nextNonce(), this.#fees(request)]);
          return this.#sign(request, nonce, fees);
        },
        offer: (signed) => this.#offer(signed),
        signRival: (request, rivals, waitedMs) => this.#signRival(request, rivals, waitedMs),
        ended: (rivals, final) => this.#ended(rivals, final),
        spent: () =>
          new Error(`${this.address}: somebody else with the same key used up ${MAX_NONCES} nonces in a row`),
        mostSignings: MAX_NONCES,
        isAlone: true,
      },
      journal,
    );
  }

  /** Forgets the nonce and what was sent; needed after the chain was put back. */
  forgetNonce(): void {
    this.#nonce = 0;
    this.#isNonceSure = false;
    this.#sending.forget();
  }

  /** The receipt of a successful transaction. Throws TransactionReverted with the decoded custom error. */
  async send(request: TransactionRequest): Promise<Receipt> {
    const receipt = await this.sendUnchecked(request);
    if (receipt.succeeded) return receipt;
    throw new TransactionReverted(receipt, await this.#whyReverted(request));
  }

  /**
   * Sends the whole native balance minus its own gas, at a fixed price so that nothing stays behind. Undefined when the
   * balance does not cover the gas.
   */
  async sweep(to: string): Promise<{ receipt: Receipt; amountWei: Wei } | undefined> {
    const balanceWei = BigInt(await this.rpc.call<string>('eth_getBalance', [this.address, 'latest']));
    const { maxFeePerGasWei: exactGasPriceWei } = await readFees(this.rpc, this.#terms);
    const amountWei = wei(balanceWei - TRANSFER_GAS * exactGasPriceWei);
    if (amountWei <= 0n) return undefined;
    const receipt = await this.send({ to, valueWei: amountWei, gasLimit: TRANSFER_GAS, exactGasPriceWei });
    return { receipt, amountWei };
  }

  /** The receipt, even of a reverted transaction. Throws OutcomeUnknown, or the node's refusal when nothing was sent. */
  async sendUnchecked(request: TransactionRequest): Promise<Receipt> {
    return this.#sending.send(request, evmChain(this.rpc, this.#terms));
  }

  /**
   * Signs the same request with the same nonce for a higher fee, once the last one has waited too long. A transaction with
   * an exact gas price cannot offer more.
   */
  async #signRival(
    request: TransactionRequest,
    rivals: readonly SignedTransaction[],
    waitedMs: number,
  ): Promise<SignedTransaction | undefined> {
    const raises = rivals.length;
    const isLate = waitedMs > (this.#terms.receiptTimeoutMs * raises) / (MAX_RAISES + 1);
    const [newest] = rivals;
    if (newest === undefined || !isLate || raises > MAX_RAISES || request.exactGasPriceWei !== undefined)
      return undefined;
    const fees = raisedFees(feesOf(newest.raw), await readFees(this.rpc, this.#terms), this.#terms);
    return fees === undefined ? undefined : this.#sign(request, newest.sequence, fees);
  }

  /** What is offered for a unit of gas. */
  async #fees({ exactGasPriceWei: exactWei }: TransactionRequest): Promise<GasFees> {
    if (exactWei !== undefined) return { maxFeePerGasWei: exactWei, maxPriorityFeePerGasWei: exactWei };
    return readFees(this.rpc, this.#terms);
  }

  async #offer({ raw }: SignedTransaction): Promise<Offered<Receipt>> {
    // After a refusal or loss the nonce is read again.
    this.#isNonceSure = false;
    try {
      const final = await this.#offerSync(raw);
      return final === undefined || this.#terms.confirmations ? { kind: 'taken' } : { kind: 'final', final };
    } catch (error) {
      if (error instanceof RpcTransportError) return { kind: 'unclear' };
      if (!(error instanceof JsonRpcError)) throw error;
      return saysLittle(error) ? { kind: 'taken' } : { kind: 'refused', error };
    }
  }

  #ended([newest]: readonly SignedTransaction[], final: Receipt | undefined): void {
    if (newest === undefined || final === undefined) return;
    this.#nonce = newest.sequence + 1;
    this.#isNonceSure = true;
  }

  async #nextNonce(): Promise<number> {
    if (this.#isNonceSure) return this.#nonce;
    const known = Number(await this.rpc.call<string>('eth_getTransactionCount', [this.address, 'latest']));
    return Math.max(known, this.#nonce);
  }

  #sign(request: TransactionRequest, nonce: number, fees: GasFees): SignedTransaction {
    const transaction = Transaction.from({
      type: 2,
      chainId: this.#terms.chainId,
      nonce,
      to: request.to ?? null,
      data: request.data ?? '0x',
      value: request.valueWei ?? 0n,
      gasLimit: request.gasLimit ?? DEFAULT_GAS_LIMIT,
      maxFeePerGas: fees.maxFeePerGasWei,
      maxPriorityFeePerGas: fees.maxPriorityFeePerGasWei,
    });
    transaction.signature = this.#key.sign(transaction.unsignedHash);
    const { hash, serialized: raw } = transaction;
    return { chain: 'evm', hash: hash ?? '', raw, account: this.address, sequence: nonce };
  }

  async #offerSync(raw: string): Promise<Receipt | undefined> {
    if (this.#sendsSync) {
      try {
        return toReceipt(await this.rpc.call<RpcReceipt>('eth_sendRawTransactionSync', [raw]));
      } catch (error) {
        if (!(error instanceof JsonRpcError) || saysLittle(error)) throw error;
      }
    }
    // This shows whether the transaction was refused or only the method of sending.
    await this.rpc.call('eth_sendRawTransaction', [raw]);
    this.#sendsSync = false;
    return undefined;
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
