/**
 * One key on the EVM chain: signs, sends, waits for the receipt. It is the only owner of its nonce.
 *
 * Nonce, chain id and fees are kept locally and the gas limit is generous and fixed, so that one transaction is one
 * round trip where the node offers eth_sendRawTransactionSync. What a revert means is decoded in errors.ts.
 */
import { SigningKey, Transaction, computeAddress } from 'ethers';
import { type Wei, wei } from '../../units/amounts.ts';
import { type DecodedRevert, decodeRevert } from './errors.ts';
import { JsonRpc, JsonRpcError } from './json-rpc.ts';

export interface EventLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

export interface Receipt {
  readonly hash: string;
  readonly blockNumber: number;
  readonly transactionIndex: number;
  readonly succeeded: boolean;
  readonly contractAddress: string | undefined;
  readonly logs: readonly EventLog[];
  /** gasUsed · effectiveGasPrice. */
  readonly gasCostWei: Wei;
}

export interface TransactionRequest {
  readonly to?: string;
  readonly data?: string;
  readonly valueWei?: bigint;
  readonly gasLimit?: bigint;
  /** Pays exactly this for a unit of gas, whatever the base fee is below it. */
  readonly exactGasPriceWei?: bigint;
}

export interface ChainTerms {
  readonly chainId: bigint;
  readonly maxFeePerGasWei: bigint;
  readonly maxPriorityFeePerGasWei: bigint;
  /** Real milliseconds between two looks for a receipt, where the node cannot wait for it itself. */
  readonly receiptPollMs: number;
  /** Real milliseconds after which a transaction without a receipt is reported as unknown. */
  readonly receiptTimeoutMs: number;
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

const DEFAULT_GAS_LIMIT = 6_000_000n;
const TRANSFER_GAS = 21_000n;
const METHOD_NOT_FOUND = -32601;

export class EvmAccount {
  readonly address: string;
  readonly rpc: JsonRpc;
  readonly #key: SigningKey;
  readonly #terms: ChainTerms;
  #nonce: number | undefined;
  #sendsSync = true;

  constructor(rpc: JsonRpc, privateKey: string, terms: ChainTerms) {
    this.rpc = rpc;
    this.#key = new SigningKey(privateKey);
    this.address = computeAddress(this.#key.publicKey);
    this.#terms = terms;
  }

  /** Forgets the nonce, so that the next transaction asks the node; needed after the chain was put back. */
  forgetNonce(): void {
    this.#nonce = undefined;
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

  /** The receipt, also of a reverted transaction. */
  async sendUnchecked(request: TransactionRequest): Promise<Receipt> {
    const nonce = this.#nonce ?? (await this.#loadNonce());
    const transaction = Transaction.from({
      type: 2,
      chainId: this.#terms.chainId,
      nonce,
      to: request.to ?? null,
      data: request.data ?? '0x',
      value: request.valueWei ?? 0n,
      gasLimit: request.gasLimit ?? DEFAULT_GAS_LIMIT,
      maxFeePerGas: request.exactGasPriceWei ?? this.#terms.maxFeePerGasWei,
      maxPriorityFeePerGas: request.exactGasPriceWei ?? this.#terms.maxPriorityFeePerGasWei,
    });
    transaction.signature = this.#key.sign(transaction.unsignedHash);
    // A refused transaction leaves the nonce unused; what the node then holds is asked again.
    this.#nonce = undefined;
    const receipt = await this.#submit(transaction.serialized, transaction.hash ?? '');
    this.#nonce = nonce + 1;
    return receipt;
  }

  async #loadNonce(): Promise<number> {
    return Number(await this.rpc.call<string>('eth_getTransactionCount', [this.address, 'latest']));
  }

  async #submit(raw: string, hash: string): Promise<Receipt> {
    if (this.#sendsSync) {
      try {
        return toReceipt(await this.rpc.call<RpcReceipt>('eth_sendRawTransactionSync', [raw]));
      } catch (error) {
        if (!(error instanceof JsonRpcError && error.code === METHOD_NOT_FOUND)) throw error;
        this.#sendsSync = false;
      }
    }
    await this.rpc.call('eth_sendRawTransaction', [raw]);
    return this.#pollReceipt(hash);
  }

  async #pollReceipt(hash: string): Promise<Receipt> {
    const deadlineMs = Date.now() + this.#terms.receiptTimeoutMs;
    for (;;) {
      const found = await this.rpc.call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);
      if (found) return toReceipt(found);
      if (Date.now() > deadlineMs)
        throw new Error(`transaction ${hash} has no receipt after ${this.#terms.receiptTimeoutMs} ms: outcome unknown`);
      await new Promise((resolve) => setTimeout(resolve, this.#terms.receiptPollMs));
    }
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

interface RpcReceipt {
  transactionHash: string;
  blockNumber: string;
  transactionIndex: string;
  status: string;
  contractAddress: string | null;
  gasUsed: string;
  effectiveGasPrice: string;
  logs: { address: string; topics: string[]; data: string }[];
}

function toReceipt(raw: RpcReceipt): Receipt {
  return {
    hash: raw.transactionHash,
    blockNumber: Number(raw.blockNumber),
    transactionIndex: Number(raw.transactionIndex),
    succeeded: BigInt(raw.status) === 1n,
    contractAddress: raw.contractAddress ?? undefined,
    logs: raw.logs,
    gasCostWei: wei(BigInt(raw.gasUsed) * BigInt(raw.effectiveGasPrice)),
  };
}
