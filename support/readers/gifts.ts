/**
 * What others gave without being asked: native coin and tokens that reached a user or a pool by a plain transfer. Looked for
 * only where a balance is not explained otherwise, in the transactions themselves.
 */
import { type TransactionDescription, id, zeroPadValue } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { erc20Interface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { readLogs } from '../clients/flare/logs.ts';
import { blockTagOf } from '../clients/flare/reads.ts';
import type { Account, Point } from '../model/state.ts';
import type { Movement } from '../model/statement.ts';
import type { Informer } from './informer.ts';

interface RpcTransaction {
  readonly hash: string;
  readonly from: string;
  /** Null for the creation of a contract. */
  readonly to: string | null;
  readonly value: string;
  readonly input: string;
}

/** What an account of a statement is on the chain; without a token native coin. */
interface Holding {
  readonly account: Account;
  readonly token?: string;
  readonly holder: string;
}

/** Something that arrived by a plain transfer. Addresses are lower-case. */
export interface Gift {
  readonly hash: string;
  readonly sender: string;
  readonly receiver: string;
  readonly amount: bigint;
}

const TRANSFER_TOPIC = id('Transfer(address,address,uint256)');
/** Blocks asked for in one round trip. */
const BLOCKS_AT_ONCE = 25;

export class GiftReader {
  readonly #rpc: Pick<JsonRpc, 'batch' | 'limits'>;
  readonly #contracts: Pick<ProtocolContracts, 'wNat' | 'fAsset'>;
  readonly #informer: Pick<Informer, 'pools'>;

  constructor(
    rpc: Pick<JsonRpc, 'batch' | 'limits'>,
    contracts: Pick<ProtocolContracts, 'wNat' | 'fAsset'>,
    informer: Pick<Informer, 'pools'>,
  ) {
    this.#rpc = rpc;
    this.#contracts = contracts;
    this.#informer = informer;
  }

  /** To these accounts of a user (EVM address) after `from` up to and including `to`, but for the user's `own` transactions. */
  async between(
    user: string,
    accounts: readonly Account[],
    from: Point,
    to: Point,
    own: ReadonlySet<string>,
  ): Promise<Movement[]> {
    const holdings = await this.#holdings(user.toLowerCase(), accounts);
    const given = holdings.map(async ({ account, token, holder }) => {
      const gifts = await (token === undefined
        ? this.native(holder, from.block + 1, to.block)
        : this.tokens(token, [holder], from.block + 1, to.block));
      return gifts
        .filter(({ hash }) => !own.has(hash))
        .map(({ hash, sender, amount }): Movement => {
          const text = `gift of ${sender}`;
          return { account, amount, cause: 'background', text, source: hash };
        });
    });
    return (await Promise.all(given)).flat();
  }

  /** Tokens that reached one of these holders, as their senders asked the token for it. */
  async tokens(token: string, holders: readonly string[], fromBlock: number, toBlock: number): Promise<Gift[]> {
    const topics = [TRANSFER_TOPIC, null, holders.map((holder) => zeroPadValue(holder, 32))];
    const logs = await readLogs(this.#rpc, { address: [token], topics }, fromBlock, toBlock);
    const hashes = [...new Set(logs.map(({ transactionHash }) => transactionHash))];
    const transactions = await this.#rpc.batch<(RpcTransaction | null)[]>(
      hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
    );
    return transactions.flatMap((transaction, index) => {
      if (transaction === null) throw new Error(`the node does not have transaction ${hashes[index]}`);
      const { hash, from, to, value, input } = transaction;
      if (to?.toLowerCase() !== token.toLowerCase()) return [];
      const asked = askedFor(erc20Interface.parseTransaction({ data: input }), BigInt(value));
      const isWanted = holders.some((holder) => holder.toLowerCase() === asked?.receiver);
      return asked === undefined || !isWanted ? [] : [{ hash, sender: from.toLowerCase(), ...asked }];
    });
  }

  /** Hashes of all transactions of an account in these blocks. */
  async sentBy(sender: string, fromBlock: number, toBlock: number): Promise<string[]> {
    const own = await this.#transactions(fromBlock, toBlock, ({ from }) => from.toLowerCase() === sender.toLowerCase());
    return own.map(({ hash }) => hash);
  }

  /** Native coin that transactions sent to an account, whatever else they say. */
  async native(receiver: string, fromBlock: number, toBlock: number): Promise<Gift[]> {
    const found = await this.#transactions(
      fromBlock,
      toBlock,
      ({ to, value }) => to?.toLowerCase() === receiver.toLowerCase() && BigInt(value) > 0n,
    );
    const receipts = await this.#rpc.batch<({ status: string } | null)[]>(
      found.map(({ hash }) => ({ method: 'eth_getTransactionReceipt', params: [hash] })),
    );
    return found
      .filter((_, index) => Number(receipts[index]?.status) === 1)
      .map(({ hash, from, value }) => ({
        hash,
        sender: from.toLowerCase(),
        receiver: receiver.toLowerCase(),
        amount: BigInt(value),
      }));
  }

  async #transactions(
    fromBlock: number,
    toBlock: number,
    isWanted: (transaction: RpcTransaction) => boolean,
  ): Promise<RpcTransaction[]> {
    const found: RpcTransaction[] = [];
    for (let first = fromBlock; first <= toBlock; first += BLOCKS_AT_ONCE) {
      const last = Math.min(toBlock, first + BLOCKS_AT_ONCE - 1);
      const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      const blocks = await this.#rpc.batch<({ transactions: RpcTransaction[] } | null)[]>(
        numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [blockTagOf(number), true] })),
      );
      blocks.forEach((block, index) => {
        if (block === null) throw new Error(`the node does not have block ${numbers[index]}`);
        found.push(...block.transactions.filter(isWanted));
      });
    }
    return found;
  }

  async #holdings(user: string, accounts: readonly Account[]): Promise<Holding[]> {
    const { wNat, fAsset } = this.#contracts;
    const pools = await this.#informer.pools();
    const all: readonly Holding[] = [
      { account: 'native', holder: user },
      { account: 'wNat', token: wNat, holder: user },
      ...[...new Set(pools.map(({ vaultToken }) => vaultToken.toLowerCase()))].map((token) => ({
        account: `vault token ${token}`,
        token,
        holder: user,
      })),
      ...pools.flatMap(({ vault, pool }) => [
        { account: `shared pool ${vault} WNat held`, token: wNat, holder: pool },
        { account: `shared pool ${vault} FAsset held`, token: fAsset, holder: pool },
      ]),
    ];
    return all.filter(({ account }) => accounts.includes(account));
  }
}

/** Who gets how much of a token by a call of it. */
function askedFor(
  call: TransactionDescription | null,
  valueWei: bigint,
): { readonly receiver: string; readonly amount: bigint } | undefined {
  if (call === null) return undefined;
  const { to, recipient, amount } = call.args.toObject();
  if (call.name === 'transfer' || call.name === 'transferFrom') return { receiver: to.toLowerCase(), amount };
  return call.name === 'depositTo' ? { receiver: recipient.toLowerCase(), amount: valueWei } : undefined;
}
