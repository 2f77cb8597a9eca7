/**
 * What others did to a user between two points: payments on the ledger and status events on chain, in order.
 */
import type { Result } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { blockTagOf } from '../clients/flare/reads.ts';
import type { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import type { Happening } from '../model/background.ts';
import type { Point } from '../model/state.ts';
import type { Who } from './informer.ts';
import { mintingRecord, redemptionRecord } from './record-reads.ts';

interface RpcLog {
  topics: string[];
  data: string;
  transactionHash: string;
}

type StatusEvent = (args: Result) => { record: string; status: string };

const redemption =
  (status: string): StatusEvent =>
  (args) => ({ record: redemptionRecord(args['requestId']), status });

/** Which event moves which record to which status (protocol facts 2.5 and 3.3). */
const STATUS_EVENTS: Readonly<Record<string, StatusEvent>> = {
  MintingExecuted: (args) => ({ record: mintingRecord(args['collateralReservationId']), status: 'SUCCESSFUL' }),
  MintingPaymentDefault: (args) => ({ record: mintingRecord(args['collateralReservationId']), status: 'DEFAULTED' }),
  CollateralReservationDeleted: (args) => ({
    record: mintingRecord(args['collateralReservationId']),
    status: 'EXPIRED',
  }),
  RedemptionPerformed: redemption('SUCCESSFUL'),
  RedemptionDefault: redemption('DEFAULTED_UNCONFIRMED'),
  RedemptionPaymentFailed: redemption('DEFAULTED_FAILED'),
  RedemptionPaymentBlocked: redemption('BLOCKED'),
  RedemptionRejected: redemption('REJECTED'),
};

const STATUS_TOPICS = Object.keys(STATUS_EVENTS).map((name) => assetManagerInterface.getEvent(name)?.topicHash);

export class HappeningsReader {
  readonly #rpc: JsonRpc;
  readonly #ledger: LedgerClient;
  readonly #contracts: ProtocolContracts;

  constructor(rpc: JsonRpc, ledger: LedgerClient, contracts: ProtocolContracts) {
    this.#rpc = rpc;
    this.#ledger = ledger;
    this.#contracts = contracts;
  }

  /** Everything after `from` up to and including `to`, leaving out the user's own transactions. */
  async between(who: Who, from: Point, to: Point, own: ReadonlySet<string>): Promise<Happening[]> {
    const [payments, statuses] = await Promise.all([
      this.#ledger.payments(who.ledgerAddress, from.ledger + 1, to.ledger),
      this.#statuses(from.block + 1, to.block, own),
    ]);
    const incoming = payments
      .filter((payment) => payment.succeeded && payment.destination === who.ledgerAddress)
      .map((payment): Happening => ({ kind: 'ledger payment', hash: payment.hash, memo: payment.memo }));
    return [...incoming, ...statuses];
  }

  async #statuses(fromBlock: number, toBlock: number, own: ReadonlySet<string>): Promise<Happening[]> {
    if (fromBlock > toBlock) return [];
    const logs = await this.#rpc.call<RpcLog[]>('eth_getLogs', [
      {
        address: this.#contracts.assetManager,
        fromBlock: blockTagOf(fromBlock),
        toBlock: blockTagOf(toBlock),
        topics: [STATUS_TOPICS],
      },
    ]);
    return logs
      .filter((log) => !own.has(log.transactionHash))
      .flatMap((log) => {
        const parsed = assetManagerInterface.parseLog(log);
        const meaning = parsed && STATUS_EVENTS[parsed.name];
        if (!meaning) return [];
        return [{ kind: 'status', hash: log.transactionHash, ...meaning(parsed.args) } satisfies Happening];
      });
  }
}
