/** An account never stays blocked, whatever becomes of the act that blocked it; and what was found first stays first. */
import { describe, expect, test } from 'vitest';
import type { Actors } from '../support/actors/actors.ts';
import { sampleMarket, sampleUser } from '../support/model/testing/sample-market.ts';
import type { View } from '../support/sequence/bundle.ts';
import { uba } from '../support/units/amounts.ts';
import { findingOf, troublesOf } from '../support/units/troubles.ts';
import { mintRandomAgentBlockUnderlying } from './mint-random-agent-block-underlying.ts';
import { redeemBlockUnderlying } from './redeem-block-underlying.ts';
import { refusingDeposits } from './refusing-deposits.ts';

const REFUSED = new Error('no lots');

/** What was asked of the ledger, in order; `failing` names what it does not take. */
function account(...failing: readonly string[]) {
  const asked: string[] = [];
  const setLedgerFlag = async (what: string, flag: number, on: boolean) => {
    asked.push(`${what}: ${flag} ${on ? 'on' : 'off'}`);
    if (failing.includes(what)) throw new Error(`${what}: no answer`);
    return { hash: 'AB', ledger: 1, result: 'tesSUCCESS', feeDrops: uba(10n) };
  };
  return { asked, hands: { setLedgerFlag } };
}

const BLOCKED = 'blocking deposits: 9 on';
const ACCEPTED = 'unblocking deposits: 9 off';
const thrownBy = (acting: Promise<unknown>): Promise<unknown> => acting.catch((error: unknown) => error);

describe('refusing deposits', () => {
  test('lasts as long as the act', async () => {
    const { asked, hands } = account();
    expect(await refusingDeposits(hands, async () => asked.push('the act'))).toBe(2);
    expect(asked).toEqual([BLOCKED, 'the act', ACCEPTED]);
  });

  test('ends with an act that fails, and the failure is told as it is', async () => {
    const { asked, hands } = account();
    expect(await thrownBy(refusingDeposits(hands, () => Promise.reject(REFUSED)))).toBe(REFUSED);
    expect(asked).toEqual([BLOCKED, ACCEPTED]);
  });

  test('nobody acts when it is not known whether deposits are blocked, and they are accepted again', async () => {
    const { asked, hands } = account('blocking deposits');
    const acting = refusingDeposits(hands, async () => asked.push('the act'));
    await expect(acting).rejects.toThrow('blocking deposits: no answer');
    expect(asked).toEqual([BLOCKED, ACCEPTED]);
  });

  test('an account that stays blocked is told behind what was found', async () => {
    const { hands } = account('unblocking deposits');
    const error = await thrownBy(refusingDeposits(hands, () => Promise.reject(REFUSED)));
    expect(findingOf(error)).toBe(REFUSED);
    expect(troublesOf(error)).toEqual([new Error('unblocking deposits: no answer')]);
  });
});

test.each([redeemBlockUnderlying, mintRandomAgentBlockUnderlying])(
  '$name accepts deposits again when it fails midway',
  async (bundle) => {
    const { asked, hands } = account();
    const view: View = { user: sampleUser({ fAsset: 10_000_000n }), market: sampleMarket(), notes: {}, timelocks: {} };
    const look = () => Promise.reject(REFUSED);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it fails before it asks for more
    const actors = { hands, look } as unknown as Actors;
    const drawn = bundle.choices.map(() => 0);
    await expect(bundle.resolve(view, drawn, {}).run(actors)).rejects.toThrow('no lots');
    expect(asked).toEqual([BLOCKED, ACCEPTED]);
  },
);
