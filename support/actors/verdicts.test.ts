/** The verdict on every kind of answer: a no from the chains and services is wrong; what cannot be known is unknown. */
import { AbiCoder, Interface } from 'ethers';
import { describe, expect, test } from 'vitest';
import { DevnetControlError } from '../clients/devnet-control.ts';
import { ServiceUnavailable, TransientFailure } from '../clients/endpoints.ts';
import {
  AttestationFailed,
  NotYetProvable,
  ProofDoesNotVerify,
  RequestRejected,
  ServiceRefused,
} from '../clients/fdc/errors.ts';
import { TransactionReverted } from '../clients/flare/account.ts';
import { decodeRevert } from '../clients/flare/errors.ts';
import { OutcomeUnknown } from '../clients/flare/evm-chain.ts';
import { JsonRpcError, RpcTransportError } from '../clients/flare/json-rpc.ts';
import { verdictOf } from '../clients/verdict.ts';
import { LedgerAccount, LedgerFailed, type PaymentOrder } from '../clients/xrpl/ledger-account.ts';
import { type FoundTransaction, LedgerClient, type LedgerPoint } from '../clients/xrpl/ledger-client.ts';
import { LedgerServerError } from '../clients/xrpl/ledger-socket.ts';
import { wei } from '../units/amounts.ts';
import { findingFirst } from '../units/troubles.ts';
import { Hands, type HandsOptions } from './hands.ts';

const SEED = ['sEdTM1uX8pu2do5Xv', 'TnutH6HsouMaM2'].join('');
const waiter = { nowS: async () => 0, sleepS: async () => {} };

/** A ledger that answers a submission so, and validates it with that result or never. */
class AnsweringLedger extends LedgerClient {
  readonly #answer: string | Error;
  readonly #final: string | undefined;
  #ledger = 1;
  constructor(answer: string | Error, final: string | undefined) {
    super('ws://127.0.0.1:0');
    this.#answer = answer;
    this.#final = final;
  }
  override async nextSequence(): Promise<number> {
    return 1;
  }
  override async sequenceAt(): Promise<number> {
    return 1;
  }
  override async feeDrops(): Promise<bigint> {
    return 10n;
  }
  override async head(): Promise<LedgerPoint> {
    this.#ledger += 1;
    return { ledger: this.#ledger, closeTimeS: 0 };
  }
  override async submit(): Promise<string> {
    if (this.#answer instanceof Error) throw this.#answer;
    return this.#answer;
  }
  override async find(): Promise<FoundTransaction> {
    return this.#final === undefined
      ? { kind: 'absent', searchedAll: true }
      : { kind: 'validated', result: this.#final, ledger: 2 };
  }
}

/** What becomes of a payment whose submission is answered so. */
async function paying(answer: string | Error, final?: string): Promise<string> {
  const account = new LedgerAccount(new AnsweringLedger(answer, final), SEED, 4);
  const order: PaymentOrder = { destination: account.address, amountDrops: 5n };
  try {
    const { result } = await account.pay(order, waiter);
    if (result !== 'tesSUCCESS') throw new LedgerFailed('the payment', result);
    return 'right';
  } catch (error) {
    const { verdict, kind } = verdictOf(error);
    return `${verdict}: ${kind}`;
  }
}

describe('a payment on the ledger', () => {
  test.each([
    ['tesSUCCESS', 'tesSUCCESS', 'right'],
    ['tesSUCCESS', 'tecNO_DST_INSUF_XRP', 'wrong: ledger ended with tecNO_DST_INSUF_XRP'],
    ['tecNO_PERMISSION', 'tecNO_PERMISSION', 'wrong: ledger ended with tecNO_PERMISSION'],
    ['tecUNFUNDED_PAYMENT', 'tesSUCCESS', 'right'],
    ['tecPATH_DRY', undefined, 'unknown: LedgerExpired'],
    ['tefBAD_AUTH', undefined, 'wrong: ledger refused with tefBAD_AUTH'],
    ['tefPAST_SEQ', undefined, 'unknown: LedgerExpired'],
    ['tefALREADY', 'tesSUCCESS', 'right'],
    ['telINSUF_FEE_P', undefined, 'unknown: LedgerExpired'],
    ['temBAD_AMOUNT', undefined, 'wrong: ledger refused with temBAD_AMOUNT'],
    ['terPRE_SEQ', undefined, 'unknown: LedgerExpired'],
    ['terQUEUED', 'tesSUCCESS', 'right'],
  ])('that is answered with %s and ends with %s is %s', async (answer, final, verdict) => {
    expect(await paying(answer, final)).toBe(verdict);
  });

  test.each([
    [new LedgerServerError('submit', { error: 'tooBusy' }), 'unknown: LedgerServerError'],
    [new ServiceUnavailable('ledger at ws://…: closed, 14 tries'), 'unknown: ServiceUnavailable'],
    [new TransientFailure('no answer'), 'unknown: TransientFailure'],
  ])('that meets %s is %s', async (error, verdict) => expect(await paying(error)).toBe(verdict));

  test.each(['pay', 'flag'] as const)(
    'whose final result is a tec code is an error of whoever asked for it: %s',
    async (act) => {
      const ended = { hash: 'AB', ledger: 9, result: 'tecNO_PERMISSION', feeDrops: 12n };
      const booked: unknown[] = [];
      const hands = new Hands({
        ledger: { pay: async () => ended, setFlag: async () => ended },
        costs: { ledger: (transaction: unknown) => booked.push(transaction) },
        waiter,
      } as unknown as HandsOptions);
      const acting =
        act === 'pay'
          ? hands.pay('the act', { destination: 'r', amountDrops: 5n })
          : hands.setLedgerFlag('the act', 9, true);
      const error = await acting.catch((thrown: unknown) => thrown);
      expect(verdictOf(error)).toEqual({
        verdict: 'wrong',
        kind: 'ledger ended with tecNO_PERMISSION',
        text: 'the act ended with tecNO_PERMISSION',
      });
      expect(booked, 'its fee is paid').toEqual([ended]);
    },
  );
});

const REVERT = new Interface(['error RedeemZeroLots()']).encodeErrorResult('RedeemZeroLots');
const REASON = `0x08c379a0${AbiCoder.defaultAbiCoder().encode(['string'], ['no']).slice(2)}`;
const RECEIPT = {
  hash: '0xaa',
  blockNumber: 1,
  transactionIndex: 0,
  succeeded: false,
  contractAddress: undefined,
  logs: [],
  gasCostWei: wei(1n),
};
const answered = (method: string, code: number, message: string, data?: unknown) =>
  new JsonRpcError(method, { code, message, data });

test.each<[string, unknown, string]>([
  [
    'a transaction that reverted',
    new TransactionReverted(RECEIPT, decodeRevert(REVERT, '')),
    'wrong: reverted with RedeemZeroLots',
  ],
  [
    'one without a custom error',
    new TransactionReverted(RECEIPT, decodeRevert(REASON, '')),
    'wrong: reverted with no custom error',
  ],
  [
    'a view that reverted',
    answered('eth_call', 3, 'execution reverted', REVERT),
    'wrong: view reverted with RedeemZeroLots',
  ],
  [
    'a view that reverted with a reason',
    answered('eth_call', 3, 'execution reverted', REASON),
    'wrong: view reverted with no custom error',
  ],
  ['a view of a block that is gone', answered('eth_call', -32000, 'missing trie node'), 'unknown: JsonRpcError'],
  ['logs of too many blocks', answered('eth_getLogs', -32000, 'too many blocks'), 'unknown: JsonRpcError'],
  ['a node that wants less', answered('eth_call', -32005, 'limit exceeded'), 'unknown: JsonRpcError'],
  ['a method that is not there', answered('eth_call', -32601, 'method not found'), 'unknown: JsonRpcError'],
  [
    'a sending that was refused',
    answered('eth_sendRawTransaction', -32000, 'insufficient funds'),
    'unknown: JsonRpcError',
  ],
  ['a lost answer', new RpcTransportError('closed'), 'unknown: RpcTransportError'],
  ['nodes that are all down', new ServiceUnavailable('chain: closed'), 'unknown: ServiceUnavailable'],
  ['no receipt in time', new OutcomeUnknown('late'), 'unknown: OutcomeUnknown'],
  ['a verifier that says it is not so', new RequestRejected('Payment', 'INVALID: X'), 'wrong: attestation refused'],
  ['a verifier that cannot say yet', new NotYetProvable('Payment', 'INDETERMINATE'), 'unknown: NotYetProvable'],
  ['a service that refuses the call', new ServiceRefused('http://fdc.example', 401, ''), 'unknown: ServiceRefused'],
  ['rounds without a proof', new AttestationFailed('none'), 'unknown: AttestationFailed'],
  ['a proof that the chain does not take', new ProofDoesNotVerify('no'), 'unknown: ProofDoesNotVerify'],
  ['a control server that refuses', new DevnetControlError('no'), 'unknown: DevnetControlError'],
  ['an error that says nothing of it', new RangeError('ours'), 'unknown: RangeError'],
  ['anything else that is thrown', 'text', 'unknown: error'],
])('%s', (_, thrown, expected) => {
  const { verdict, kind } = verdictOf(thrown);
  expect(`${verdict}: ${kind}`).toBe(expected);
});

test('a view that reverted is told by what it said', () => {
  expect(verdictOf(answered('eth_call', 3, 'execution reverted', REVERT)).text).toBe(
    'a view of the protocol reverted: RedeemZeroLots()',
  );
});

test('what goes wrong in clearing up is told, and changes no verdict', () => {
  const reverted = new TransactionReverted(RECEIPT, decodeRevert(REVERT, ''));
  const told = verdictOf(reverted);
  const besides = findingFirst(reverted, [new ServiceUnavailable('ledger: closed'), 'no database']);
  expect(verdictOf(besides)).toEqual({ ...told, text: `${told.text}; besides: ledger: closed; besides: no database` });
});
