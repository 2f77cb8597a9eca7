/**
 * A user of the devnet for its tests, by raw calls on the public endpoints: nothing of the suite's own clients for
 * ledger and FDC, and nothing in process except how time moves.
 */
import { AbiCoder, type LogDescription, ZeroAddress } from 'ethers';
import { Client, type Payment, Wallet } from 'xrpl';
import { z } from 'zod';
import { EvmAccount, type Receipt } from '../../clients/flare/account.ts';
import { assetManagerInterface, fdcHubInterface as hub, registryInterface } from '../../clients/flare/interfaces.ts';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { HANG_MS } from '../../units/hang.ts';
import { CHAIN_TERMS } from '../chain/chain-terms.ts';
import { REQUEST_FEE_WEI } from '../agents/service-attestor.ts';
import { DEVNET_VERIFIER_API_KEY, funder } from '../well-known.ts';

export interface RawUserOptions {
  readonly record: NetworkRecord;
  /** Agent vault to mint against. */
  readonly vault: string;
  /** Lets a little time go by between two looks. */
  passTime(): Promise<unknown>;
}

export class RawUser {
  readonly rpc: JsonRpc;
  readonly account: EvmAccount;
  readonly wallet = Wallet.fromSeed(funder().ledgerSeed);
  readonly #options: RawUserOptions;
  readonly #ledger: Client;

  /** Address. */
  assetManager = '';
  #fdcHub = '';

  private constructor(options: RawUserOptions, ledger: Client) {
    this.#options = options;
    this.#ledger = ledger;
    this.rpc = new JsonRpc(options.record.chain.rpcUrls[0] ?? '', { timeoutMs: HANG_MS });
    this.account = new EvmAccount(this.rpc, funder().evmPrivateKey, CHAIN_TERMS);
  }

  static async connect(options: RawUserOptions): Promise<RawUser> {
    const ledger = new Client(options.record.ledger.webSocketUrls[0] ?? '', {
      connectionTimeout: HANG_MS,
      timeout: HANG_MS,
    });
    await ledger.connect();
    const user = new RawUser(options, ledger);
    user.#fdcHub = await user.#registered('FdcHub');
    user.assetManager = await user.#registered(options.record.contracts.assetManagerName);
    return user;
  }

  async disconnect(): Promise<void> {
    await this.#ledger.disconnect();
    this.rpc.close();
  }

  /** Reserves with 1 native coin for fees; excess comes back. */
  async reserve(lots: bigint): Promise<LogDescription> {
    const values = [this.#options.vault, lots, 10_000n, ZeroAddress];
    const receipt = await this.#call('reserveCollateral', values, 100n * 10n ** 18n);
    return eventOf(receipt, 'CollateralReserved');
  }

  /** Mints whole lots and returns all transaction hashes on the way. */
  async mint(lots: bigint): Promise<string[]> {
    const { args } = await this.reserve(lots);
    const payment = await this.pay(args['paymentAddress'], args['valueUBA'] + args['feeUBA'], args['paymentReference']);
    const proof = await this.prove('Payment', { transactionId: payment.toLowerCase(), inUtxo: '0', utxo: '0' });
    const executed = await this.#call('executeMinting', [proof, args['collateralReservationId']]);
    eventOf(executed, 'MintingExecuted');
    return [payment, executed.hash];
  }

  async redeem(lots: bigint, address = this.wallet.classicAddress): Promise<LogDescription> {
    return eventOf(await this.#call('redeem', [lots, address, ZeroAddress]), 'RedemptionRequested');
  }

  async redeemWithTag(amountUba: bigint, tag: bigint): Promise<LogDescription> {
    const values = [amountUba, this.wallet.classicAddress, ZeroAddress, tag];
    return eventOf(await this.#call('redeemWithTag', values), 'RedemptionWithTagRequested');
  }

  /** Hash of a validated or pending payment with the reference as its memo. */
  async pay(destination: string, drops: bigint, reference: string): Promise<string> {
    const payment: Payment = {
      TransactionType: 'Payment',
      Account: this.wallet.classicAddress,
      Destination: destination,
      Amount: String(drops),
      Memos: [{ Memo: { MemoData: reference.slice(2).toUpperCase() } }],
    };
    const { result } = await this.#ledger.submit(payment, { wallet: this.wallet, autofill: true });
    if (result.engine_result !== 'tesSUCCESS') throw new Error(result.engine_result);
    return `0x${result.tx_json.hash}`;
  }

  async ledgerDrops(address = this.wallet.classicAddress): Promise<bigint> {
    const { result } = await this.#ledger.request({
      command: 'account_info',
      account: address,
      ledger_index: 'validated',
    });
    return BigInt(result.account_data.Balance);
  }

  /** Logs of an event of the asset manager since the chain began, oldest first. */
  async logged(event: string): Promise<{ readonly blockNumber: string }[]> {
    const topics = [assetManagerInterface.getEvent(event)?.topicHash];
    return this.rpc.call('eth_getLogs', [{ address: this.assetManager, topics, fromBlock: '0x0', toBlock: 'latest' }]);
  }

  /** Proof struct for a function of the asset manager that takes a Payment. */
  async prove(type: string, requestBody: object): Promise<object> {
    const { fdc } = this.#options.record;
    const question = { attestationType: bytes32(type), sourceId: bytes32(fdc.sourceId), requestBody };
    const request = await this.until(async () => {
      const { body } = await postJson(`${fdc.verifierUrls[0]}/${type}/prepareRequest`, question);
      return z.string().optional().parse(body['abiEncodedRequest']);
    });
    const data = hub.encodeFunctionData('requestAttestation', [request]);
    await this.account.send({ to: this.#fdcHub, data, valueWei: REQUEST_FEE_WEI });
    const found = await this.until(async () => {
      const url = `${fdc.dataAvailabilityUrls[0]}/api/v1/fdc/proof-by-request-round-raw`;
      const { status, body } = await postJson(url, { requestBytes: request });
      return status === 200 ? body : undefined;
    });
    const components = assetManagerInterface.getFunction('executeMinting')?.inputs[0]?.components ?? [];
    const response = components.find(({ name }) => name === 'data');
    if (response === undefined) throw new Error('no proof type');
    const [decoded] = AbiCoder.defaultAbiCoder().decode([response], String(found['response_hex']));
    return { merkleProof: found['proof'], data: decoded };
  }

  /** What `look` finds, as soon as it finds something. */
  async until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await this.#options.passTime();
    }
  }

  async #registered(name: string): Promise<string> {
    const data = registryInterface.encodeFunctionData('getContractAddressByName', [name]);
    const result = await this.rpc.call<string>('eth_call', [
      { to: this.#options.record.contracts.registry, data },
      'latest',
    ]);
    return String(registryInterface.decodeFunctionResult('getContractAddressByName', result)[0]);
  }

  async #call(name: string, values: readonly unknown[], valueWei = 0n): Promise<Receipt> {
    const data = assetManagerInterface.encodeFunctionData(name, values);
    return this.account.send({ to: this.assetManager, data, valueWei });
  }
}

export function eventOf(receipt: Pick<Receipt, 'logs'>, name: string): LogDescription {
  const found = receipt.logs.map((log) => assetManagerInterface.parseLog(log)).find((log) => log?.name === name);
  if (!found) throw new Error(`no event ${name}`);
  return found;
}

const bytes32 = (text: string): string => `0x${Buffer.from(text).toString('hex').padEnd(64, '0')}`;

interface JsonAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function postJson(url: string, question: object): Promise<JsonAnswer> {
  const headers = { 'content-type': 'application/json', 'x-api-key': DEVNET_VERIFIER_API_KEY };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(question) });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}
