import { describe, expect, test } from 'vitest';
import type { ValidatedLedger } from './history.ts';
import type { Ledger } from './ledger.ts';
import {
  accountSet,
  balanceOf,
  fundedLedger,
  ledgerAt,
  payment,
  resultOf,
  signFields,
  signNext,
  startS,
  submitNext,
  walletOf,
  xrp,
} from './testing.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const nobody = walletOf(9);
const sequenceOf = (ledger: Ledger): number => ledger.account(alice.classicAddress, 'open')?.sequence ?? 0;

describe('payments that change places', () => {
  const carol = walletOf(3);
  const order = (ledger: Ledger) => ledger.close().transactions.map(({ transaction }) => transaction.Account);
  const faults = { swapPayments: true };

  test('the last two of different accounts do, with all their balances right', () => {
    const ledger = fundedLedger([alice, bob, carol], { faults });
    const before = balanceOf(ledger, bob);
    for (const from of [alice, carol]) submitNext(ledger, from, payment(bob, 5n));
    expect(order(ledger)).toEqual([carol.classicAddress, alice.classicAddress]);
    expect(balanceOf(ledger, bob)).toBe(before + 10n);
    expect(ledger.close().transactions).toEqual([]);
  });

  test('those of one account keep theirs, and so do those that would end otherwise', () => {
    const ledger = fundedLedger([alice, bob], { faults });
    for (const amount of [1n, 2n]) submitNext(ledger, alice, payment(bob, amount));
    expect(ledger.close().transactions.map(({ transaction }) => transaction.Amount)).toEqual(['1', '2']);

    submitNext(ledger, alice, payment(nobody, xrp(5)));
    submitNext(ledger, bob, payment(nobody, 1n));
    expect(order(ledger)).toEqual([alice.classicAddress, bob.classicAddress]);
  });
});

describe('sequence numbers', () => {
  test('the past is past, also for the very same blob', () => {
    const ledger = fundedLedger([alice, bob]);
    const blob = signNext(ledger, alice, payment(bob, 1n));
    expect(ledger.submit(blob).engineResult).toBe('tesSUCCESS');
    expect(ledger.submit(blob).engineResult).toBe('tefPAST_SEQ');
    expect(resultOf(ledger, alice, accountSet({ Sequence: 0 }))).toBe('tefPAST_SEQ');
  });

  test('what comes too early is held and enters when its predecessor does', () => {
    const ledger = fundedLedger([alice, bob]);
    const next = sequenceOf(ledger);
    for (const offset of [2, 1]) {
      const early = submitNext(ledger, alice, payment(bob, 1n, { Sequence: next + offset }));
      expect(early).toMatchObject({ engineResult: 'terPRE_SEQ', applied: false, kept: true });
    }
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tesSUCCESS');
    expect(sequenceOf(ledger)).toBe(next + 3);
    expect(ledger.close().transactions).toHaveLength(3);
  });

  test('held also across closes, but not beyond its last ledger, nor under fail_hard', () => {
    const ledger = fundedLedger([alice, bob]);
    const next = sequenceOf(ledger);
    const LastLedgerSequence = ledger.openIndex() + 1;
    const early = payment(bob, 1n, { Sequence: next + 1, LastLedgerSequence });
    expect(ledger.submit(signNext(ledger, alice, early), { failHard: true })).toMatchObject({ kept: false });
    expect(resultOf(ledger, alice, early)).toBe('terPRE_SEQ');
    expect(resultOf(ledger, alice, payment(bob, 2n, { Sequence: next + 2 }))).toBe('terPRE_SEQ');
    ledger.close();
    ledger.close();
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tesSUCCESS');
    expect(sequenceOf(ledger)).toBe(next + 1);
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tesSUCCESS');
    expect(sequenceOf(ledger)).toBe(next + 3);
  });

  test('AccountTxnID pins the transaction before', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: 'A'.repeat(64) }))).toBe('tefWRONG_PRIOR');
    expect(resultOf(ledger, alice, accountSet({ SetFlag: 5 }))).toBe('tesSUCCESS');
    const { transaction } = submitNext(ledger, alice, accountSet());
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: transaction.hash }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet({ AccountTxnID: transaction.hash }))).toBe('tefWRONG_PRIOR');
  });
});

describe('admission', () => {
  test('the last ledger is the open one at the earliest', () => {
    const ledger = fundedLedger([alice]);
    const open = ledger.openIndex();
    expect(resultOf(ledger, alice, accountSet({ LastLedgerSequence: open - 1 }))).toBe('tefMAX_LEDGER');
    expect(resultOf(ledger, alice, accountSet({ LastLedgerSequence: open }))).toBe('tesSUCCESS');
  });

  test('sender, fee, balance', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, nobody, payment(bob, 1n))).toBe('terNO_ACCOUNT');
    expect(resultOf(ledger, alice, accountSet({ Fee: '9' }))).toBe('telINSUF_FEE_P');
    expect(resultOf(ledger, alice, accountSet({ Fee: '100000001' }))).toBe('terINSUF_FEE_B');
    expect(resultOf(ledger, alice, { TransactionType: 'OfferCreate', TakerGets: '1', TakerPays: '1' })).toBe(
      'temDISABLED',
    );
  });

  test('sequence and signer are judged before what this ledger does not know', () => {
    const ledger = fundedLedger([alice, bob]);
    const offer = { TransactionType: 'OfferCreate', TakerGets: '1', TakerPays: '1' };
    const withCredentials = payment(bob, 1n, { CredentialIDs: ['A'.repeat(64)] });
    for (const fields of [offer, withCredentials]) {
      const next = ledger.account(alice.classicAddress, 'open')?.sequence ?? 0;
      expect(resultOf(ledger, alice, { ...fields, Sequence: next - 1 })).toBe('tefPAST_SEQ');
      expect(resultOf(ledger, alice, { ...fields, Sequence: next + 9 })).toBe('terPRE_SEQ');
      expect(resultOf(ledger, bob, { ...fields, Account: alice.classicAddress })).toBe('tefBAD_AUTH');
      expect(resultOf(ledger, nobody, fields)).toBe('terNO_ACCOUNT');
      expect(resultOf(ledger, alice, { ...fields, NetworkID: 1 })).toBe('telNETWORK_ID_MAKES_TX_NON_CANONICAL');
      expect(resultOf(ledger, alice, fields)).toBe('temDISABLED');
    }
  });

  test('load raises the fee for all; what was too cheap enters when it falls', () => {
    const ledger = fundedLedger([alice]);
    ledger.setLoadFactor(1.05);
    expect(ledger.openLedgerFeeDrops()).toBe(11n);
    ledger.setLoadFactor(1.5);
    expect(ledger.openLedgerFeeDrops()).toBe(15n);
    expect(resultOf(ledger, alice, accountSet({ Fee: '14' }))).toBe('telINSUF_FEE_P');
    ledger.setLoadFactor(1);
    ledger.close();
    expect(ledger.openTransactions()).toHaveLength(1);
  });

  test.each([
    [2000, {}, 'telREQUIRES_NETWORK_ID'],
    [2000, { NetworkID: 2001 }, 'telWRONG_NETWORK'],
    [2000, { NetworkID: 2000 }, 'tesSUCCESS'],
    [1, { NetworkID: 1 }, 'telNETWORK_ID_MAKES_TX_NON_CANONICAL'],
    [1, {}, 'tesSUCCESS'],
  ])('network %i and %o', (networkId, fields, expected) => {
    expect(resultOf(fundedLedger([alice], { networkId }), alice, accountSet(fields))).toBe(expected);
  });

  test('under fail_hard a tec costs nothing', () => {
    const ledger = fundedLedger([alice]);
    const blob = signNext(ledger, alice, payment(nobody, 1n));
    expect(ledger.submit(blob, { failHard: true })).toMatchObject({
      engineResult: 'tecNO_DST_INSUF_XRP',
      applied: false,
      kept: false,
    });
    expect(balanceOf(ledger, alice)).toBe(xrp(100));
    expect(ledger.submit(blob)).toMatchObject({ engineResult: 'tecNO_DST_INSUF_XRP', applied: true });
  });
});

describe('closing', () => {
  test('ledgers are chained, numbered and in time', () => {
    const { ledger, clock } = ledgerAt({ firstIndex: 500, genesisCloseTimeS: startS - 86_400 });
    expect(ledger.history.ledgerByIndex(500)).toMatchObject({ closeTimeS: startS - 86_400, transactions: [] });
    expect(ledger.openIndex()).toBe(501);
    const first = ledger.close();
    clock.nowS += 4;
    const second = ledger.close();
    expect(first).toMatchObject({ index: 501, closeTimeS: startS });
    expect(second).toMatchObject({ index: 502, closeTimeS: startS + 4, parentHash: first.hash });
    expect(ledger.close().closeTimeS).toBe(startS + 5);
    expect([ledger.history.firstIndex(), ledger.history.lastIndex()]).toEqual([500, 503]);
    expect(ledger.history.ledgerByHash(second.hash.toLowerCase())).toBe(second);
    expect(ledger.history.ledgerByIndex(504)).toBeUndefined();
  });

  test('close times are rounded to the resolution asked for', () => {
    const { ledger, clock } = ledgerAt({ closeTimeResolutionS: 10 });
    clock.nowS = startS + 6;
    expect(ledger.close().closeTimeS).toBe(startS + 10);
  });

  test('a transaction is found when its ledger has closed, not before', () => {
    const ledger = fundedLedger([alice, bob]);
    const { transaction } = submitNext(ledger, alice, payment(bob, 1n));
    expect(ledger.history.transactionByHash(transaction.hash)).toBeUndefined();
    expect(ledger.openTransaction(transaction.hash)?.hash).toBe(transaction.hash);
    const { index } = ledger.close();
    expect(ledger.history.transactionByHash(transaction.hash.toLowerCase())).toMatchObject({ ledgerIndex: index });
    expect(ledger.openTransactions()).toEqual([]);
  });

  test('listeners hear of transactions and ledgers until they stop', () => {
    const ledger = fundedLedger([alice, bob]);
    const heard: string[] = [];
    const stops = [
      ledger.onApply(({ transactionIndex }) => heard.push(`transaction ${transactionIndex}`)),
      ledger.onClose(({ transactions }) => heard.push(`ledger of ${transactions.length}`)),
    ];
    submitNext(ledger, alice, payment(bob, 1n));
    ledger.close();
    for (const stop of stops) stop();
    submitNext(ledger, alice, payment(bob, 1n));
    ledger.close();
    expect(heard).toEqual(['transaction 0', 'ledger of 1']);
  });
});

const nodeOf = (account: string): unknown =>
  expect.objectContaining({ FinalFields: expect.objectContaining({ Account: account }) });

describe('metadata', () => {
  test('of a payment: what changed, and the transactions before', () => {
    const ledger = fundedLedger([alice, bob]);
    const [aliceFunding, bobFunding] = ledger.history.ledgerByIndex(ledger.history.lastIndex())?.transactions ?? [];
    submitNext(ledger, alice, payment(bob, 7n));
    const { transactions } = ledger.close();
    expect(transactions[0]?.metadata).toMatchObject({
      TransactionIndex: 0,
      TransactionResult: 'tesSUCCESS',
      delivered_amount: '7',
    });
    const nodes = transactions[0]?.metadata.AffectedNodes;
    expect(nodes).toEqual(
      expect.arrayContaining([
        { ModifiedNode: nodeOf(alice.classicAddress) },
        { ModifiedNode: nodeOf(bob.classicAddress) },
      ]),
    );
    expect(nodes).toContainEqual({
      ModifiedNode: {
        LedgerEntryType: 'AccountRoot',
        LedgerIndex: expect.stringMatching(/^[0-9A-F]{64}$/),
        FinalFields: { Account: alice.classicAddress, Balance: '99999981', Flags: 0, OwnerCount: 0, Sequence: 1002 },
        PreviousFields: { Balance: '100000000', Sequence: 1001 },
        PreviousTxnID: aliceFunding?.hash,
        PreviousTxnLgrSeq: 1001,
      },
    });
    expect(nodes).toContainEqual({
      ModifiedNode: expect.objectContaining({
        PreviousFields: { Balance: '100000000' },
        PreviousTxnID: bobFunding?.hash,
      }),
    });
  });

  test('nodes are sorted by index, a new account shows no default fields', () => {
    const ledger = fundedLedger([alice]);
    submitNext(ledger, alice, payment(nobody, xrp(2)));
    const nodes = ledger.close().transactions[0]?.metadata.AffectedNodes;
    const bodies = (Array.isArray(nodes) ? nodes : []).flatMap((node: object) => Object.values(node));
    const indexes = bodies.map(({ LedgerIndex }) => String(LedgerIndex));
    expect(indexes).toEqual(indexes.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(nodes).toContainEqual({
      CreatedNode: {
        LedgerEntryType: 'AccountRoot',
        LedgerIndex: expect.any(String),
        NewFields: { Account: nobody.classicAddress, Balance: '2000000', Sequence: 1002 },
      },
    });
  });

  test('a flag shows as changed', () => {
    const ledger = fundedLedger([alice]);
    submitNext(ledger, alice, accountSet({ SetFlag: 9 }));
    expect(ledger.close().transactions[0]?.metadata).not.toHaveProperty('delivered_amount');
    const [transaction] = ledger.history.ledgerByIndex(ledger.history.lastIndex())?.transactions ?? [];
    expect(transaction?.metadata.AffectedNodes).toEqual([
      {
        ModifiedNode: expect.objectContaining({
          PreviousFields: { Balance: '100000000', Flags: 0, Sequence: 1001 },
          FinalFields: expect.objectContaining({ Flags: 0x01000000 }),
        }),
      },
    ]);
  });
});

const play = (ledger: Ledger): ValidatedLedger[] => {
  submitNext(ledger, alice, payment(bob, 5n));
  submitNext(ledger, bob, payment(nobody, xrp(3)));
  return [ledger.close(), ledger.close()];
};

describe('snapshots', () => {
  test('the same submissions on the same clock give the same hashes, again and again', async () => {
    const ledger = fundedLedger([alice, bob]);
    const restore = await ledger.snapshot();
    const once = play(ledger);
    await restore();
    expect(ledger.history.lastIndex()).toBe((once[0]?.index ?? 0) - 1);
    expect(ledger.history.ledgerByHash(once[0]?.hash ?? '')).toBeUndefined();
    expect(ledger.history.transactionByHash(once[0]?.transactions[0]?.hash ?? '')).toBeUndefined();
    expect(ledger.account(nobody.classicAddress)).toBeUndefined();
    expect(play(ledger)).toEqual(once);
    await restore();
    ledger.close();
    submitNext(ledger, alice, accountSet());
    ledger.close();
    expect(ledger.history.ledgerByHash(once[0]?.hash ?? '')).toBeUndefined();
    await restore();
    expect(play(ledger)).toEqual(once);
    expect(play(fundedLedger([alice, bob]))).toEqual(once);
  });

  test('it holds the open ledger, what is held, and the load', async () => {
    const ledger = fundedLedger([alice, bob]);
    submitNext(ledger, alice, payment(bob, 5n));
    const held = submitNext(ledger, alice, payment(bob, 6n, { Sequence: sequenceOf(ledger) + 1 }));
    expect(held.engineResult).toBe('terPRE_SEQ');
    ledger.setLoadFactor(2);
    const restore = await ledger.snapshot();
    ledger.setLoadFactor(1);
    ledger.close();
    submitNext(ledger, alice, payment(bob, 7n));
    ledger.close();
    await restore();
    expect(ledger.openTransactions()).toHaveLength(1);
    expect(ledger.loadFactor()).toBe(2);
    expect(balanceOf(ledger, bob)).toBe(xrp(100) + 5n);
    submitNext(ledger, alice, payment(bob, 8n, { Fee: '20' }));
    expect(ledger.openTransactions()).toHaveLength(2);
    ledger.setLoadFactor(1);
    ledger.close();
    expect(balanceOf(ledger, bob)).toBe(xrp(100) + 19n);
  });

  test('an earlier snapshot does not spoil a later one', async () => {
    const ledger = fundedLedger([alice, bob]);
    const early = await ledger.snapshot();
    const [first] = play(ledger);
    const late = await ledger.snapshot();
    await early();
    submitNext(ledger, alice, accountSet());
    ledger.close();
    await late();
    expect(ledger.history.ledgerByIndex(first?.index ?? 0)).toEqual(first);
    expect(ledger.history.transactionByHash(first?.transactions[0]?.hash ?? '')).toBeDefined();
    expect(balanceOf(ledger, nobody)).toBe(xrp(3));
  });

  test('a state that is handed out does not change under its reader', async () => {
    const ledger = fundedLedger([alice, bob]);
    const before = ledger.openState();
    const size = before.size;
    submitNext(ledger, alice, payment(nobody, xrp(3)));
    expect(before.size).toBe(size);
    expect(ledger.openState().size).toBe(size + 1);
  });
});

describe('planted faults', () => {
  test('the fee is charged twice, and the transaction does not say so', () => {
    const ledger = fundedLedger([alice, bob]);
    ledger.faults = { chargeFeeTwice: true };
    expect(resultOf(ledger, alice, payment(bob, 5n))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, payment(bob, xrp(1000)))).toBe('tecUNFUNDED_PAYMENT');
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 5n - 48n);
    const [transaction] = ledger.close().transactions;
    expect(transaction?.transaction.Fee).toBe('12');
    ledger.faults = {};
    submitNext(ledger, alice, accountSet());
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 5n - 60n);
  });

  test('the fee of one type of transaction is charged twice', () => {
    const ledger = fundedLedger([alice, bob]);
    ledger.faults = { chargeFeeTwice: 'AccountSet' };
    submitNext(ledger, alice, accountSet());
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 24n);
    submitNext(ledger, alice, payment(bob, 5n));
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 24n - 17n);
  });

  test('chosen payments fail', () => {
    const ledger = fundedLedger([alice, bob]);
    ledger.faults = { failPaymentsWith: ({ Amount: amount }) => (amount === '5' ? 'tecNO_PERMISSION' : undefined) };
    expect(resultOf(ledger, alice, payment(bob, 5n))).toBe('tecNO_PERMISSION');
    expect(resultOf(ledger, alice, payment(bob, 6n))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, accountSet())).toBe('tesSUCCESS');
    expect(balanceOf(ledger, bob)).toBe(xrp(100) + 6n);
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 6n - 36n);
  });

  test('payments arrive short', () => {
    const ledger = fundedLedger([alice, bob]);
    ledger.faults = { deliverShortByDrops: 1n };
    submitNext(ledger, alice, payment(bob, 5n));
    expect(balanceOf(ledger, bob)).toBe(xrp(100) + 4n);
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 17n);
  });

  test('deposits come in where they are refused', () => {
    const ledger = fundedLedger([alice, bob]);
    submitNext(ledger, bob, accountSet({ SetFlag: 9 }));
    expect(resultOf(ledger, alice, payment(bob, 5n))).toBe('tecNO_PERMISSION');
    ledger.faults = { ignoreDepositAuth: true };
    expect(resultOf(ledger, alice, payment(bob, 5n))).toBe('tesSUCCESS');
  });
});

describe('funding', () => {
  test('is a signed payment of the genesis account', () => {
    const { ledger } = ledgerAt();
    const hash = ledger.fund(alice.classicAddress, xrp(5));
    const { transactions } = ledger.close();
    expect(transactions.map((transaction) => transaction.hash)).toEqual([hash]);
    expect(transactions[0]?.transaction).toMatchObject({
      Account: 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
      Destination: alice.classicAddress,
      Amount: '5000000',
      Fee: '10',
    });
  });

  test('works under load and on networks that want their id', () => {
    const { ledger } = ledgerAt({ networkId: 5000 });
    ledger.setLoadFactor(3);
    ledger.fund(alice.classicAddress, xrp(5));
    expect(ledger.openTransactions()[0]?.transaction).toMatchObject({ Fee: '30', NetworkID: 5000 });
  });
});

test('only well-signed transactions get a verdict', () => {
  const ledger = fundedLedger([alice, bob]);
  expect(() => ledger.submit('00')).toThrow('Could not decode');
  const forged = signFields(alice, { ...accountSet(), Account: alice.classicAddress, Sequence: 1001 });
  expect(() => ledger.submit(forged.replace(/.{8}$/, '00000000'))).toThrow(/fails local checks|decode|canonical/);
});
