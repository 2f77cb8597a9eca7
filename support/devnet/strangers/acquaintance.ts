/**
 * Whom a stranger knows: nothing but what anybody can read on the two chains. Who reserved and redeemed, what is due to which
 * account with which reference, and which of it has been paid.
 */
import { id } from 'ethers';
import type { EventLog } from '../../clients/flare/account.ts';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import { paymentReference } from '../fdc/transaction-facts.ts';
import type { LedgerHistory, ValidatedTransaction } from '../ledger/history.ts';

/** Something that is due on the ledger. */
export interface Bill {
  readonly payTo: string;
  readonly dueDrops: bigint;
  /** 64 hex digits, lower-case. */
  readonly reference: string;
  /** Its payment by whoever owes it is in a validated ledger. */
  readonly isPaid: boolean;
}

/** Plain data. */
export interface Acquaintance {
  readonly seenBlock: number;
  readonly seenLedger: number;
  readonly bills: readonly Bill[];
  /** EVM addresses of users. */
  readonly people: readonly string[];
  /** Ledger accounts of users and agents. */
  readonly accounts: readonly string[];
}

/** The newest of each kind are remembered. */
const REMEMBERED = 12;
const EVENTS = ['CollateralReserved', 'RedemptionRequested'] as const;

/** First topics of the events that a stranger reads. */
export const TOPICS: readonly string[] = EVENTS.map((name) => {
  const event = assetManagerInterface.getEvent(name);
  if (event === null) throw new Error(`IAssetManager has no event ${name}`);
  return id(event.format('sighash'));
});

/** After these logs and the ledgers that have closed since; what `self` did itself is no news. */
export function metSince(
  known: Acquaintance,
  logs: readonly EventLog[],
  history: LedgerHistory,
  self: { readonly evm: string; readonly ledger: string },
  seenBlock: number,
): Acquaintance {
  const events = logs.flatMap((log) => {
    const event = assetManagerInterface.parseLog({ topics: [...log.topics], data: log.data });
    return event === null ? [] : [event];
  });
  const strangers = events.filter(({ args }) => personIn(args.toObject()).toLowerCase() !== self.evm.toLowerCase());
  const bills = strangers.map(({ name, args }): Bill => {
    const { valueUBA, feeUBA, paymentAddress, paymentReference } = args.toObject();
    const dueDrops = name === 'CollateralReserved' ? valueUBA + feeUBA : valueUBA - feeUBA;
    return { payTo: paymentAddress, dueDrops, reference: paymentReference.slice(2).toLowerCase(), isPaid: false };
  });
  const all = newest([...known.bills, ...bills]);
  const payments: ValidatedTransaction[] = [];
  for (let index = known.seenLedger + 1; index <= history.lastIndex(); index += 1)
    payments.push(
      ...(history.ledgerByIndex(index)?.transactions ?? []).filter((one) => isFromOthers(one, self.ledger)),
    );
  return {
    seenBlock,
    seenLedger: history.lastIndex(),
    bills: all.map((bill) => (payments.some((payment) => pays(payment, bill)) ? { ...bill, isPaid: true } : bill)),
    people: newest([...new Set([...known.people, ...strangers.map(({ args }) => personIn(args.toObject()))])]),
    accounts: newest([
      ...new Set([
        ...known.accounts,
        ...payments
          .filter((payment) => all.some((bill) => pays(payment, bill)))
          .map(({ transaction }) => text(transaction['Account'])),
        ...bills.map(({ payTo }) => payTo),
      ]),
    ]),
  };
}

const newest = <T>(list: readonly T[]): readonly T[] => list.slice(-REMEMBERED);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const personIn = (args: Readonly<Record<string, unknown>>): string => text(args['minter'] ?? args['redeemer']);

const isFromOthers = ({ transaction }: ValidatedTransaction, self: string): boolean =>
  transaction['TransactionType'] === 'Payment' && transaction['Account'] !== self;

function pays(payment: ValidatedTransaction, { payTo, dueDrops, reference }: Bill): boolean {
  const { transaction, metadata } = payment;
  return (
    metadata['TransactionResult'] === 'tesSUCCESS' &&
    transaction['Destination'] === payTo &&
    paymentReference(payment) === `0x${reference}` &&
    BigInt(text(metadata['delivered_amount']) || 0) >= dueDrops
  );
}
