/**
 * Recovers a user's book from the chains: after a crash, or after a step that failed half way. Judges nothing and sends
 * nothing.
 */
import { type OwnPoolEntry, readOwnActs } from '../readers/own-acts.ts';
import { type ReservationTerms, readReservationTerms, readUnpaidRequest } from '../readers/record-reads.ts';
import { combineRecord, readAll } from '../clients/flare/reads.ts';
import type { LedgerPayment } from '../clients/xrpl/ledger-client.ts';
import type { Who } from '../readers/informer.ts';
import { incomingPayments } from '../readers/happenings.ts';
import { explainBackground } from '../model/background.ts';
import { directMintingReference } from '../model/direct-minting.ts';
import { wholeAmg } from '../model/minting.ts';
import type { Timelock } from '../model/pool.ts';
import type { Timelocks } from '../model/pool-replay.ts';
import type { Point, RecordFields, RecordId } from '../model/state.ts';
import type { Notes } from '../model/statement.ts';
import { mulBips } from '../units/amounts.ts';
import type { Book } from '../sequence/runner.ts';
import type { UserSession } from '../users/session.ts';
import type { World } from '../network/world.ts';
import {
  canChange,
  directMintingRecord,
  idOf,
  isMinting,
  isRedemption,
  mintingRecord,
  redemptionRecord,
} from '../model/records.ts';

export interface RecoveredBook {
  readonly book: Book;
  /** Reservations that were never paid. Only their fee is lost, and they end by themselves. */
  readonly unpaid: readonly RecordId[];
}

/**
 * The book of a user whose own transactions, on either chain, are all final and have these hashes. Reservations count as
 * paid when the ledger holds a payment of the user's that is large enough and has their reference.
 */
export async function recoverBook(
  world: World,
  { who }: Pick<UserSession, 'who'>,
  hashes: readonly string[],
): Promise<RecoveredBook> {
  const { informer } = world;
  const acts = await readOwnActs(world.rpc, world.contracts, await informer.pools(), who.evmAddress, hashes);
  const directNotes = await notesOfDirectMintings(world, who, hashes);
  const begun = [
    ...acts.reservations.map(mintingRecord),
    ...acts.requests.map(redemptionRecord),
    ...Object.keys(directNotes),
  ];
  const state = await informer.userState(who, begun);
  const open = openOnly(state.records);
  const windows = await notesOfWindows(world, Object.keys(open), state.point);
  const payments = await paymentsOf(world, who.ledgerAddress, { ...open, ...windows }, state.point.ledger);
  const paymentNotes = await notesOfPayments(world, Object.keys(open), payments, who.ledgerAddress, state.point);
  const unpaid = Object.keys(open).filter((id) => isMinting(id) && !(id in paymentNotes));
  const tracked = openOnly(state.records, (id) => !unpaid.includes(id));
  const received = await incomingPayments(informer, who, payments);
  return {
    book: {
      state: { ...state, records: tracked },
      paid: explainBackground(tracked, new Set(), { payments: received, statuses: [], defaults: [] }).paid,
      timelocks: timelocksAt(acts.entries, BigInt(state.point.timeS)),
      notes: { ...paymentNotes, ...windows, ...only(directNotes, tracked) },
    },
    unpaid,
  };
}

type Records = Readonly<Record<RecordId, RecordFields>>;

/** Records that can still change; a default that was paid can still be followed by a late payment. */
function openOnly(records: Records, isWanted: (id: RecordId) => boolean = () => true): Records {
  return Object.fromEntries(Object.entries(records).filter(([id, fields]) => canChange(fields) && isWanted(id)));
}

/** Successful payments from and to the account since the first ledger that counts for any of these records. */
async function paymentsOf(
  { ledger }: World,
  account: string,
  windows: Records,
  toLedger: number,
): Promise<LedgerPayment[]> {
  const firstLedgers = Object.values(windows)
    .flatMap(({ firstBlock }) => firstBlock ?? [])
    .map(Number);
  if (firstLedgers.length === 0) return [];
  const payments = await ledger.payments(account, Math.min(...firstLedgers), toLedger);
  return payments.filter(({ succeeded }) => succeeded);
}

/** Which payment pays which reservation, and the pool's part of its fee by the formula of a reservation. */
async function notesOfPayments(
  { rpc, contracts, informer }: World,
  open: readonly RecordId[],
  payments: readonly LedgerPayment[],
  payer: string,
  point: Point,
): Promise<Notes> {
  const reservations = open.filter(isMinting);
  if (reservations.length === 0) return {};
  const readTerms = (id: RecordId) => readReservationTerms(contracts.assetManager, idOf(id));
  const { terms } = await readAll(rpc, point.block, { terms: combineRecord(reservations, readTerms) });
  const { granularityUba } = (await informer.market(point)).settings;
  const notes = Object.entries(terms).map(([id, { feeUba, shareBips, ...wanted }]): [RecordId, RecordFields] => {
    const payment = payments.find((candidate) => candidate.source === payer && isFor(wanted, candidate));
    const poolFeeUba = wholeAmg(mulBips(feeUba, shareBips), granularityUba);
    return [id, payment === undefined ? {} : { paymentHash: payment.hash, poolFeeUba: String(poolFeeUba) }];
  });
  return Object.fromEntries(notes.filter(([, fields]) => 'paymentHash' in fields));
}

type WantedPayment = Pick<ReservationTerms, 'paymentAddress' | 'paymentReference' | 'paymentUba'>;

const isFor = ({ paymentAddress, paymentReference, paymentUba }: WantedPayment, payment: LedgerPayment): boolean =>
  payment.reference === paymentReference &&
  payment.destination === paymentAddress &&
  payment.deliveredDrops >= paymentUba;

/**
 * Own payments to the core vault that name the user as the recipient: the executed ones too. What is paid with a tag is for
 * whoever owns the tag, and only acted on networks that end with the process.
 */
async function notesOfDirectMintings(
  { ledger, contracts, informer }: World,
  { evmAddress, ledgerAddress }: Who,
  hashes: readonly string[],
): Promise<Notes> {
  const onLedger = hashes.filter((hash) => !hash.startsWith('0x'));
  if (!contracts.features.directMinting || onLedger.length === 0) return {};
  const { directMinting } = (await informer.market()).settings;
  const reference = directMintingReference(evmAddress);
  const payments = await Promise.all(onLedger.map((hash) => ledger.payment(hash)));
  const paid = payments
    .filter((payment) => payment !== undefined)
    .filter(({ source, succeeded }) => succeeded && source === ledgerAddress)
    .filter((payment) => payment.destination === directMinting?.paymentAddress && payment.reference === reference);
  return Object.fromEntries(
    paid.map(({ hash, deliveredDrops }) => [
      directMintingRecord(hash),
      { paymentHash: hash, paymentUba: String(deliveredDrops) },
    ]),
  );
}

const only = (notes: Notes, records: Records): Notes =>
  Object.fromEntries(Object.entries(notes).filter(([id]) => id in records));

/** Until when each redemption can be paid. */
async function notesOfWindows({ rpc, contracts }: World, open: readonly RecordId[], { block }: Point): Promise<Notes> {
  const readWindow = (id: RecordId) => readUnpaidRequest(contracts.assetManager, idOf(id));
  const requests = combineRecord(open.filter(isRedemption), readWindow);
  const { windows } = await readAll(rpc, block, { windows: requests });
  return Object.fromEntries(
    Object.entries(windows).map(([id, { firstBlock, lastBlock, lastTimestampS }]) => [
      id,
      { firstBlock: String(firstBlock), lastBlock: String(lastBlock), lastTimestampS: String(lastTimestampS) },
    ]),
  );
}

/** Entries that are still locked. Tokens transferred since are counted too; that can only make the wait longer than needed. */
function timelocksAt(entries: readonly OwnPoolEntry[], nowS: bigint): Timelocks {
  const locks: Record<string, Timelock[]> = {};
  for (const { vault, tokensWei, endS } of entries)
    if (endS > nowS) locks[vault] = [...(locks[vault] ?? []), { tokensWei, endS }];
  return locks;
}
