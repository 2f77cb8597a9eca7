/** Examples of looking on while an agent changes its terms. */
import { expect, test } from 'vitest';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { CHEAP_VAULT, DEAR_VAULT, sampleAgent, sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { seeTermsChange } from './see-terms-change.ts';
import { changing, comesTo, viewOf } from './testing/examples.ts';

test.each([
  [[CHOICE_MAX, 0, 0], {}, { agentVault: CHEAP_VAULT, name: 'feeBIPS', value: '0' }],
  [[0, CHOICE_MAX, CHOICE_MAX], {}, { agentVault: DEAR_VAULT, name: 'redemptionPoolFeeShareBIPS', value: '10000' }],
  [
    [0, 0, CHOICE_MAX],
    { agent: DEAR_VAULT, name: 'poolFeeShareBIPS' },
    { agentVault: DEAR_VAULT, name: 'poolFeeShareBIPS', value: '10000' },
  ],
])('choices %j with %j are %j', (choices, params, plan) =>
  expect(seeTermsChange.resolve(viewOf(), choices, params).plan).toEqual(plan),
);

test('another value than the present one', () => {
  const market = sampleMarket({ agents: [sampleAgent(CHEAP_VAULT, { feeBips: 0n })] });
  expect(seeTermsChange.resolve(viewOf({ market }), [0, 0, 0], {}).plan).toMatchObject({ value: '1' });
});

test('the agent announces it, it is waited for, and nothing of the user moves', async () => {
  const { actors, announced } = changing({ feeBips: 0n }, 3);
  expect(await comesTo(seeTermsChange, viewOf(), [CHOICE_MAX, 0, 0], actors)).toEqual(NOTHING_EXPECTED);
  expect(announced).toEqual([[CHEAP_VAULT, 'feeBIPS', 0]]);
});

test('what it announced for another user is waited for', async () => {
  const { actors } = changing({ feeBips: 7n }, 3, 7);
  expect(await comesTo(seeTermsChange, viewOf(), [CHOICE_MAX, 0, 0], actors)).toEqual(NOTHING_EXPECTED);
});

test('an agent that does not keep its word is named', async () => {
  const { actors } = changing({ feeBips: 0n }, Infinity);
  await expect(comesTo(seeTermsChange, viewOf(), [CHOICE_MAX, 0, 0], actors)).rejects.toThrow(
    `agent ${CHEAP_VAULT} announced feeBIPS 0 and did not change it in 600 seconds`,
  );
});
