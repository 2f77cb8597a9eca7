import { describe, expect, test } from 'vitest';
import { genesisAddress } from '../genesis.ts';
import {
  accountSet,
  balanceOf,
  fundedLedger,
  ledgerAt,
  payment,
  resultOf,
  submitNext,
  walletOf,
  xrp,
} from '../testing.ts';
import { zeroAddress } from './transactor.ts';

const alice = walletOf(1);
const bob = walletOf(2);
const nobody = walletOf(3);
const issued = { currency: 'USD', issuer: genesisAddress, value: '1' };
const path = [[{ account: genesisAddress }]];

describe('moving XRP', () => {
  test('amount to the receiver, amount and fee from the sender, the fee is destroyed', () => {
    const ledger = fundedLedger([alice, bob]);
    const before = ledger.closedLedger(ledger.history.lastIndex())?.header.totalDrops ?? 0n;
    expect(resultOf(ledger, alice, payment(bob, 7n))).toBe('tesSUCCESS');
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 19n);
    expect(balanceOf(ledger, bob)).toBe(xrp(100) + 7n);
    const { index } = ledger.close();
    expect(ledger.closedLedger(index)?.header.totalDrops).toBe(before - 12n);
  });

  test('a new account begins with the index of its ledger as sequence', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, payment(nobody, xrp(1)))).toBe('tesSUCCESS');
    expect(ledger.account(nobody.classicAddress, 'open')).toMatchObject({
      balanceDrops: xrp(1),
      sequence: ledger.openIndex(),
      flags: 0,
      ownerCount: 0,
    });
    expect(ledger.account(nobody.classicAddress)).toBeUndefined();
    ledger.close();
    expect(ledger.account(nobody.classicAddress)?.balanceDrops).toBe(xrp(1));
  });

  test('the fee may come out of the reserve, the amount may not', () => {
    const tooMuch = fundedLedger([alice, bob]);
    expect(resultOf(tooMuch, alice, payment(bob, xrp(99) + 1n))).toBe('tecUNFUNDED_PAYMENT');
    const justEnough = fundedLedger([alice, bob]);
    expect(resultOf(justEnough, alice, payment(bob, xrp(99)))).toBe('tesSUCCESS');
    expect(balanceOf(justEnough, alice)).toBe(999_988n);
  });

  test('owned objects raise the reserve', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, { TransactionType: 'TicketCreate', TicketCount: 1 })).toBe('tesSUCCESS');
    const balance = balanceOf(ledger, alice);
    expect(resultOf(ledger, alice, payment(bob, balance - 1_200_000n + 1n))).toBe('tecUNFUNDED_PAYMENT');
    expect(resultOf(ledger, alice, payment(bob, balance - 1_200_000n - 12n))).toBe('tesSUCCESS');
  });

  test('a fee above the reserve has to be there besides the amount', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, payment(bob, xrp(50) + 1n, { Fee: '50000000' }))).toBe('tecUNFUNDED_PAYMENT');
  });

  test('reserves are what the options say', () => {
    const { ledger } = ledgerAt({ baseReserveDrops: xrp(10) });
    expect(() => ledger.fund(alice.classicAddress, xrp(10) - 1n)).toThrow('tecNO_DST_INSUF_XRP');
    ledger.fund(alice.classicAddress, xrp(10));
    expect(balanceOf(ledger, alice)).toBe(xrp(10));
  });
});

describe('refusals that cost the fee', () => {
  test('a tec takes fee and sequence, leaves the receiver alone, and is in the ledger', () => {
    const ledger = fundedLedger([alice, bob]);
    const sequence = ledger.account(alice.classicAddress)?.sequence ?? 0;
    expect(resultOf(ledger, alice, payment(bob, xrp(1000)))).toBe('tecUNFUNDED_PAYMENT');
    expect(balanceOf(ledger, alice)).toBe(xrp(100) - 12n);
    expect(balanceOf(ledger, bob)).toBe(xrp(100));
    expect(ledger.account(alice.classicAddress, 'open')?.sequence).toBe(sequence + 1);
    const [failed] = ledger.close().transactions;
    expect(failed?.metadata.TransactionResult).toBe('tecUNFUNDED_PAYMENT');
    expect(failed?.metadata).not.toHaveProperty('delivered_amount');
    expect(failed?.metadata.AffectedNodes).toHaveLength(1);
  });

  test('too little to create an account, whatever the funds', () => {
    const ledger = fundedLedger([alice]);
    expect(resultOf(ledger, alice, payment(nobody, xrp(1) - 1n))).toBe('tecNO_DST_INSUF_XRP');
  });

  test('a required tag comes before the funds; tag 0 is a tag', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, bob, accountSet({ SetFlag: 1 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, payment(bob, xrp(1000)))).toBe('tecDST_TAG_NEEDED');
    expect(resultOf(ledger, alice, payment(bob, 1n, { DestinationTag: 0 }))).toBe('tesSUCCESS');
  });

  test('there are no paths for issued currencies', () => {
    const ledger = fundedLedger([alice, bob]);
    expect(resultOf(ledger, alice, payment(nobody, 1n, { Amount: issued }))).toBe('tecNO_DST');
    expect(resultOf(ledger, alice, payment(bob, 1n, { Amount: issued }))).toBe('tecPATH_DRY');
    expect(resultOf(ledger, alice, payment(bob, 1n, { SendMax: issued }))).toBe('tecPATH_DRY');
  });
});

describe('DepositAuth', () => {
  const guarded = (baseReserveDrops = xrp(1)): ReturnType<typeof fundedLedger> => {
    const ledger = fundedLedger([alice, bob, nobody], { baseReserveDrops });
    expect(resultOf(ledger, bob, accountSet({ SetFlag: 9 }))).toBe('tesSUCCESS');
    return ledger;
  };

  test('refuses even one drop, and takes it again when cleared', () => {
    const ledger = guarded();
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tecNO_PERMISSION');
    expect(resultOf(ledger, bob, accountSet({ ClearFlag: 9 }))).toBe('tesSUCCESS');
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tesSUCCESS');
  });

  test('the funds are judged first', () => {
    expect(resultOf(guarded(), alice, payment(bob, xrp(1000)))).toBe('tecUNFUNDED_PAYMENT');
  });

  test('at or below the base reserve, at most the base reserve comes in', () => {
    const atReserve = guarded();
    const surplus = balanceOf(atReserve, bob) - xrp(1);
    expect(resultOf(atReserve, bob, payment(alice, surplus - 12n, { Fee: '12' }))).toBe('tesSUCCESS');
    expect(balanceOf(atReserve, bob)).toBe(xrp(1));
    expect(resultOf(atReserve, alice, payment(bob, xrp(1) + 1n))).toBe('tecNO_PERMISSION');
    expect(resultOf(atReserve, alice, payment(bob, xrp(1)))).toBe('tesSUCCESS');
    expect(resultOf(atReserve, alice, payment(bob, 1n))).toBe('tecNO_PERMISSION');
  });

  test('one drop above the base reserve is too much', () => {
    const ledger = guarded();
    expect(resultOf(ledger, bob, payment(alice, balanceOf(ledger, bob) - xrp(1) - 13n))).toBe('tesSUCCESS');
    expect(balanceOf(ledger, bob)).toBe(xrp(1) + 1n);
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tecNO_PERMISSION');
  });

  test('preauthorization lets one sender in, and out again', () => {
    const ledger = guarded();
    const preauth = { TransactionType: 'DepositPreauth', Authorize: alice.classicAddress };
    expect(resultOf(ledger, bob, preauth)).toBe('tesSUCCESS');
    expect(resultOf(ledger, bob, preauth)).toBe('tecDUPLICATE');
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tesSUCCESS');
    expect(resultOf(ledger, nobody, payment(bob, 1n))).toBe('tecNO_PERMISSION');
    const withdrawn = { TransactionType: 'DepositPreauth', Unauthorize: alice.classicAddress };
    expect(resultOf(ledger, bob, withdrawn)).toBe('tesSUCCESS');
    expect(resultOf(ledger, bob, withdrawn)).toBe('tecNO_ENTRY');
    expect(resultOf(ledger, alice, payment(bob, 1n))).toBe('tecNO_PERMISSION');
    expect(ledger.account(bob.classicAddress, 'open')?.ownerCount).toBe(0);
  });

  test.each([
    [{ Authorize: bob.classicAddress }, 'temCANNOT_PREAUTH_SELF'],
    [{}, 'temMALFORMED'],
    [{ Authorize: zeroAddress }, 'temINVALID_ACCOUNT_ID'],
    [{ Authorize: walletOf(9).classicAddress }, 'tecNO_TARGET'],
  ])('preauthorization refused: %o', (fields, expected) => {
    expect(resultOf(guarded(), bob, { TransactionType: 'DepositPreauth', ...fields })).toBe(expected);
  });
});

describe('malformed payments cost nothing', () => {
  test.each([
    [{ Amount: '0' }, 'temBAD_AMOUNT'],
    [{ Amount: { ...issued, value: '-1' } }, 'temBAD_AMOUNT'],
    [{ Destination: alice.classicAddress }, 'temREDUNDANT'],
    [{ Destination: zeroAddress }, 'temDST_NEEDED'],
    [{ SendMax: '100' }, 'temBAD_SEND_XRP_MAX'],
    [{ SendMax: '0' }, 'temBAD_AMOUNT'],
    [{ Paths: path }, 'temBAD_SEND_XRP_PATHS'],
    [{ Flags: 0x00020000 }, 'temBAD_SEND_XRP_PARTIAL'],
    [{ Flags: 0x00040000 }, 'temBAD_SEND_XRP_LIMIT'],
    [{ Flags: 0x00010000 }, 'temBAD_SEND_XRP_NO_DIRECT'],
    [{ Flags: 0x00080000 }, 'temINVALID_FLAG'],
    [{ DeliverMin: '1' }, 'temBAD_AMOUNT'],
    [{ Fee: issued }, 'temBAD_FEE'],
    [{ CredentialIDs: ['A'.repeat(64)] }, 'temDISABLED'],
    [{ NetworkID: 1 }, 'telNETWORK_ID_MAKES_TX_NON_CANONICAL'],
  ])('%o', (fields, expected) => {
    const ledger = fundedLedger([alice, bob]);
    expect(submitNext(ledger, alice, payment(bob, 5n, fields))).toMatchObject({
      engineResult: expected,
      applied: false,
    });
    expect(balanceOf(ledger, alice)).toBe(xrp(100));
    expect(ledger.close().transactions).toEqual([]);
  });

  test('the fully-canonical flag is always welcome', () => {
    expect(resultOf(fundedLedger([alice, bob]), alice, payment(bob, 5n, { Flags: 0x80000000 }))).toBe('tesSUCCESS');
  });
});
