/**
 * What others have entrusted to a user: open records that name the user as executor, and what the ledger shows of their payment.
 * As an executor's own program would, it learns of them from events. What is not found is not offered; nothing is judged by it.
 */
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { combineRecord, readAll } from '../clients/flare/reads.ts';
import type { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import { referenceOf } from '../model/endings.ts';
import { isActive, isMinting, mintingRecord, redemptionRecord } from '../model/records.ts';
import type { Point, RecordFields, RecordId } from '../model/state.ts';
import type { ProtocolEvent, ProtocolLogs } from './protocol-logs.ts';
import { readRecord } from './record-reads.ts';

export interface EntrustedRecord {
  readonly record: RecordId;
  readonly fields: RecordFields;
  readonly paymentHash: string | undefined;
  readonly isOverdue: boolean;
}

/** From its event. */
interface Known {
  readonly record: RecordId;
  readonly paymentAddress: string;
  readonly firstBlock: number;
  readonly lastBlock: number;
  readonly lastTimestampS: number;
}

interface ReadNetwork {
  readonly rpc: JsonRpc;
  readonly ledger: LedgerClient;
  readonly contracts: ProtocolContracts;
  readonly logs: ProtocolLogs;
}

export class EntrustedReader {
  readonly #network: ReadNetwork;
  readonly #user: string;
  #known: readonly Known[] = [];
  #seenBlock: number | undefined;

  /** `user`: EVM address. */
  constructor(network: ReadNetwork, user: string) {
    this.#network = network;
    this.#user = user.toLowerCase();
  }

  /** Call after the network was put back. */
  forget(): void {
    this.#known = [];
    this.#seenBlock = undefined;
  }

  /** All that is open at a point, of what was entrusted after `from`, where the user began. */
  async at(from: Point, point: Point): Promise<EntrustedRecord[]> {
    const { rpc, contracts, logs } = this.#network;
    const events = await logs.between((this.#seenBlock ?? from.block) + 1, point.block);
    this.#seenBlock = point.block;
    this.#known = [...this.#known, ...events.flatMap((event) => this.#entrustedBy(event))];
    if (this.#known.length === 0) return [];
    const { records } = await readAll(rpc, point.block, {
      records: combineRecord(
        this.#known.map(({ record }) => record),
        (record) => readRecord(contracts, record),
      ),
    });
    this.#known = this.#known.filter(({ record }) => isActive(records[record]));
    return Promise.all(this.#known.map((known) => this.#stateOf(known, records[known.record] ?? {}, point)));
  }

  async #stateOf(known: Known, fields: RecordFields, point: Point): Promise<EntrustedRecord> {
    const { record, paymentAddress, firstBlock, lastBlock, lastTimestampS } = known;
    const value = BigInt(fields['valueUba'] ?? 0);
    const fee = BigInt(fields['feeUba'] ?? 0);
    const dueDrops = isMinting(record) ? value + fee : value - fee;
    const payments = await this.#network.ledger.payments(paymentAddress, firstBlock, point.ledger);
    const payment = payments.find(
      ({ destination, reference, deliveredDrops }) =>
        destination === paymentAddress && reference === referenceOf(record) && deliveredDrops >= dueDrops,
    );
    const isOver = point.ledger > lastBlock && point.ledgerTimeS > lastTimestampS;
    const isOverdue = !isMinting(record) && isOver && payment === undefined;
    return { record, fields, paymentHash: payment?.hash, isOverdue };
  }

  #entrustedBy({ event: { name, args }, vault }: ProtocolEvent): Known[] {
    if (vault !== undefined || !OPENING.has(name)) return [];
    const isReservation = name === 'CollateralReserved';
    const owner = String(args[isReservation ? 'minter' : 'redeemer']).toLowerCase();
    if (String(args['executor']).toLowerCase() !== this.#user || owner === this.#user) return [];
    return [
      {
        record: isReservation ? mintingRecord(args['collateralReservationId']) : redemptionRecord(args['requestId']),
        paymentAddress: String(args['paymentAddress']),
        firstBlock: Number(args['firstUnderlyingBlock']),
        lastBlock: Number(args['lastUnderlyingBlock']),
        lastTimestampS: Number(args['lastUnderlyingTimestamp']),
      },
    ];
  }
}

const OPENING = new Set(['CollateralReserved', 'RedemptionRequested']);
