/** Examples of taking collateral for a redemption that was not paid. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, sampleAgent, sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { redeemDefault } from './redeem-default.ts';
import { LEDGER_ADDRESS, comesTo, moved, overdue, viewOf, wrongClaims } from './testing/examples.ts';

test.each([
  ['an overdue redemption', overdue(), true],
  [
    'one that was paid',
    { ...overdue(), paid: new Set(['redemption 384']) },
    'no redemption is past its payment window and unpaid',
  ],
  ['nothing open', viewOf(), 'no redemption is past its payment window and unpaid'],
])('%s', (_name, view, enabled) => expect(redeemDefault.enabled(view, {})).toBe(enabled));

test.each([0, CHOICE_MAX])('choice %s of the only one', (choice) =>
  expect(redeemDefault.resolve(overdue(), [choice], {}).plan).toEqual({
    redemption: 'redemption 384',
    agentVault: CHEAP_VAULT,
    valueUba: '10000000',
    paymentUba: '9950000',
  }),
);

/** The vault has enough: 10 XRP at 2.13457 / 0.99981 testUSDT are ⌊21.349756⌋, and a twentieth more. */
const PAID = { block: 1, valueUba: 10_000_000n, vaultUnits: 22_417_243n, poolWei: 0n };
const redeemer = (paid: object | undefined) => ({
  ledgerAddress: LEDGER_ADDRESS,
  isOpen: async () => true,
  claimDefault: async (_request: object, before: () => Promise<boolean>) => (await before()) && paid,
});
const market = sampleMarket({ agents: [sampleAgent(CHEAP_VAULT, { mintedUba: 10_000_000n })] });
const look = async () => ({ ...overdue(), market });

test('the vault pays with the premium', async () => {
  const actors = { redeemer: redeemer(PAID), look, lookBefore: look };
  const expectation = await comesTo(redeemDefault, overdue(), [0], actors);
  const { vaultToken } = sampleAgent(CHEAP_VAULT);
  expect(moved(expectation)).toEqual([
    [`vault token ${vaultToken}`, 22_417_243n],
    ['wNat', 0n],
  ]);
  expect(expectation.records).toEqual({ 'redemption 384': { status: 'DEFAULTED_UNCONFIRMED' } });
  expect(wrongClaims(expectation)).toEqual([]);
});

test('nothing is taken for what somebody else ended meanwhile', async () => {
  const actors = { redeemer: redeemer(undefined), look, lookBefore: look };
  expect(moved(await comesTo(redeemDefault, overdue(), [0], actors))).toEqual([]);
});
