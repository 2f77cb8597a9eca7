/** Clients of the ledger through every kind of trouble: what is asked is answered, what is paid is paid once. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ServiceUnavailable } from '../clients/endpoints.ts';
import type { Journal, SignedTransaction, TransactionFate } from '../clients/journal.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { fateOf, settle } from '../clients/sending.ts';
import { LedgerAccount, LedgerExpired, LedgerRefused } from '../clients/xrpl/ledger-account.ts';
import { ledgerChain } from '../clients/xrpl/ledger-chain.ts';
import { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import type { Ledger } from '../devnet/ledger/ledger.ts';
import { balanceOf, submitNext, payment, walletOf, xrp } from '../devnet/ledger/testing.ts';
import type { Chaos } from './chaos.ts';
import { type ChaosKind, KINDS_OF } from './kinds.ts';
import { PATIENT, patienceWith, startLedger, strike } from './testing/struck-network.ts';

const alice = walletOf(1);
const bob = walletOf(2);

let ledger: Ledger;
let record: NetworkRecord;
let network: Awaited<ReturnType<typeof startLedger>>;

beforeEach(async () => {
  network = await startLedger([alice, bob]);
  ({ ledger, record } = network);
  for (let closed = 0; closed < 5; closed += 1) ledger.close();
  return () => network.stop();
});

/** A ledger closes whenever somebody waits. */
const waiter = {
  nowS: () => Promise.resolve(0),
  sleepS: () => Promise.resolve(void ledger.close()),
};

class Notes implements Journal {
  readonly transactions: SignedTransaction[] = [];
  readonly fates: TransactionFate[] = [];
  signed(transaction: SignedTransaction): void {
    this.transactions.push(transaction);
  }
  final(_: string, fate: TransactionFate): void {
    this.fates.push(fate);
  }
}

async function through(kind: ChaosKind, options: { text?: string; most?: number } = {}): Promise<Chaos> {
  const chaos = await strike(record, 'ledger', kind, options);
  onTestFinished(() => chaos.stop());
  return chaos;
}

/** A client on the way that is struck by a kind, as patient as that needs. */
const clientThrough = ({ record: struck }: Chaos, kind: ChaosKind): LedgerClient =>
  clientOf(struck, patienceWith(kind));
function clientOf({ ledger: { webSocketUrls } }: NetworkRecord, options = PATIENT): LedgerClient {
  const client = new LedgerClient(webSocketUrls, options);
  onTestFinished(() => client.disconnect());
  return client;
}

const aliceAt = (client: LedgerClient, journal?: Journal) => new LedgerAccount(client, alice.seed ?? '', 1, journal);
const order = { destination: bob.classicAddress, amountDrops: xrp(3) };
const bobGot = () => balanceOf(ledger, bob) - xrp(100);

describe('every kind', () => {
  test.each(KINDS_OF.ledger)('%s: reads are answered as without it', async (kind) => {
    const client = clientThrough(await through(kind, { most: 2 }), kind);
    const head = await clientOf(record).head();
    expect(await client.head()).toEqual(head);
    expect(await client.balanceDrops(bob.classicAddress, head.ledger)).toBe(xrp(100));
    expect(await client.payments(bob.classicAddress, head.ledger - 2, head.ledger)).toEqual([]);
    expect(await client.head()).toEqual(head);
  });

  test.each(KINDS_OF.ledger)('%s on the way of payments: paid once', async (kind) => {
    const chaos = await through(kind, { most: 5 });
    const journal = new Notes();
    const account = aliceAt(clientThrough(chaos, kind), journal);
    for (let paid = 0; paid < 3; paid += 1) await account.pay(order, waiter);
    expect(bobGot()).toBe(xrp(9));
    expect(journal.fates.filter((fate) => fate !== 'dead')).toEqual(['done', 'done', 'done']);
    expect(chaos.counts()[kind]).toBe(5);
  });

  test.each(['drop-after', 'duplicate', 'truncated', 'garbage', 'foreign-answer', 'socket-silent'] as const)(
    '%s of the submission itself: looked up by its hash, not paid again',
    async (kind) => {
      const chaos = await through(kind, { text: '"submit"' });
      const journal = new Notes();
      await aliceAt(clientThrough(chaos, kind), journal).pay(order, waiter);
      expect(bobGot()).toBe(xrp(3));
      expect(journal.transactions).toHaveLength(1);
      expect(chaos.counts()[kind]).toBe(1);
    },
  );
});

test.each(KINDS_OF.ledger.filter((kind) => kind !== 'delay' && kind !== 'duplicate' && kind !== 'stale'))(
  'without patience %s is an error',
  async (kind) => {
    const client = clientOf((await through(kind)).record, { ...patienceWith(kind), tries: 1 });
    await expect(client.head()).rejects.toThrow(/ledger at .*, 1 try$|slowDown|tooBusy/);
  },
);

describe('fates', () => {
  test('a sequence that somebody else used up: dead, and signed again with the next', async () => {
    const client = clientOf(record);
    const journal = new Notes();
    const account = aliceAt(client, {
      signed: (transaction) => {
        // Between signing and submitting.
        if (journal.transactions.length === 0) submitNext(ledger, alice, payment(bob, xrp(1)));
        journal.signed(transaction);
      },
      final: (hash, fate) => journal.final(hash, fate),
    });
    await account.pay(order, waiter);
    expect(bobGot()).toBe(xrp(4));
    expect(journal.fates).toEqual(['dead', 'done']);
    // That took no twenty ledgers: the used sequence is proof enough.
    expect(ledger.history.lastIndex()).toBeLessThan((journal.transactions[0]?.lastLedger ?? 0) - 10);
  });

  test('one that never gets in is signed again only after its last ledger, and not for ever', async () => {
    const journal = new Notes();
    const client = new Deaf(record.ledger.webSocketUrls, PATIENT);
    onTestFinished(() => client.disconnect());
    await expect(aliceAt(client, journal).pay(order, waiter)).rejects.toThrow(LedgerExpired);
    expect(journal.fates).toEqual(['dead', 'dead', 'dead']);
    const lastLedgers = journal.transactions.map(({ lastLedger = 0 }) => lastLedger);
    expect(lastLedgers[1]).toBeGreaterThan((lastLedgers[0] ?? 0) + 20);
    expect(bobGot()).toBe(0n);
  });

  test('one for which the ledger asks more than is ever offered says so', async () => {
    ledger.setLoadFactor(20_000);
    const paying = aliceAt(clientOf(record)).pay(order, waiter);
    await expect(paying).rejects.toThrow(
      /: the ledger asks a fee of 240000 drops, and no more than 100000 are offered$/,
    );
    expect(bobGot()).toBe(0n);
  });

  test('a refusal is final at once', async () => {
    const journal = new Notes();
    const paying = aliceAt(clientOf(record), journal).pay({ ...order, destination: alice.classicAddress }, waiter);
    await expect(paying).rejects.toThrow(LedgerRefused);
    expect(journal.fates).toEqual(['dead']);
  });

  test('payments side by side have sequences of their own', async () => {
    const account = aliceAt(clientOf(record));
    await Promise.all([1, 2, 3].map(() => account.pay(order, waiter)));
    expect(bobGot()).toBe(xrp(9));
  });

  test('after a restart: what was never submitted is, once; what can never be in a ledger is dead', async () => {
    const client = clientOf(record);
    const journal = new Notes();
    const crash = new Error('crash');
    const crashing = aliceAt(client, {
      signed: (transaction) => {
        journal.signed(transaction);
        throw crash;
      },
      final: () => undefined,
    });
    await expect(crashing.pay(order, waiter)).rejects.toThrow(crash);
    const [first] = journal.transactions;
    if (first === undefined) throw new Error('nothing was signed');
    const settled = async (transaction: SignedTransaction) =>
      fateOf(transaction, await settle([transaction], ledgerChain(client, waiter, 1)));
    expect(await settled(first)).toBe('done');
    expect(await settled(first)).toBe('done');
    expect(bobGot()).toBe(xrp(3));
    for (let closed = 0; closed < 25; closed += 1) ledger.close();
    expect(await settled({ ...first, hash: 'AB'.repeat(32) })).toBe('dead');
  });
});

describe('a journal that refuses a line', () => {
  const refusing = (notes: Notes, refuses: 'signed' | 'final'): Journal => {
    let isFull = true;
    const write = (what: typeof refuses) => {
      if (what !== refuses || !isFull) return;
      isFull = false;
      throw new Error('ENOSPC');
    };
    return {
      signed: (transaction) => {
        write('signed');
        notes.signed(transaction);
      },
      final: (hash, fate) => {
        write('final');
        notes.final(hash, fate);
      },
    };
  };

  test('what it refused is sent neither now nor by the next act', async () => {
    const notes = new Notes();
    const account = aliceAt(clientOf(record), refusing(notes, 'signed'));
    await expect(account.pay({ ...order, amountDrops: xrp(50) }, waiter)).rejects.toThrow('ENOSPC');
    await account.pay(order, waiter);
    expect(bobGot()).toBe(xrp(3));
    expect(notes.fates).toEqual(['done']);
  });

  test('a fate that it refused is looked up and told again before the next act', async () => {
    const notes = new Notes();
    const account = aliceAt(clientOf(record), refusing(notes, 'final'));
    await expect(account.pay(order, waiter)).rejects.toThrow('ENOSPC');
    expect(notes.fates).toEqual([]);
    await account.pay(order, waiter);
    expect(bobGot()).toBe(xrp(6));
    expect(notes.fates).toEqual(['done', 'done']);
  });
});

/** A client whose submissions never arrive. */
class Deaf extends LedgerClient {
  override submit(): Promise<string> {
    return Promise.resolve('tesSUCCESS');
  }
}

test('the load on the ledger is paid for, up to a limit', async () => {
  const client = clientOf(record);
  const fees: bigint[] = [];
  for (const load of [1, 1000, 10_000_000]) {
    const loaded = new Loaded(record.ledger.webSocketUrls, BigInt(10 * load));
    onTestFinished(() => loaded.disconnect());
    const { feeDrops } = await aliceAt(loaded).pay(order, waiter);
    fees.push(feeDrops);
  }
  expect(fees).toEqual([12n, 12_000n, 100_000n]);
  expect(await client.feeDrops()).toBe(10n);
});

class Loaded extends LedgerClient {
  readonly #feeDrops: bigint;
  constructor(urls: readonly string[], feeDrops: bigint) {
    super(urls);
    this.#feeDrops = feeDrops;
  }
  override feeDrops(): Promise<bigint> {
    return Promise.resolve(this.#feeDrops);
  }
}

test('giving up names the service, where it is, the tries and the last cause', async () => {
  const client = new LedgerClient('ws://127.0.0.1:9/?key=hidden', { tries: 2 });
  const error = await client.connect().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ServiceUnavailable);
  expect(String(error)).toMatch(/ledger at ws:\/\/127.0.0.1:9: .*ECONNREFUSED.*2 tries/);
});
