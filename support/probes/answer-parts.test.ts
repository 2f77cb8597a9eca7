/** Parts of answers by name, and a sentence that tells only those that are off. */
import { expect, test } from 'vitest';
import { answerParts } from './answer-parts.ts';
import { judge } from './probe.ts';
import { fAssetViews, managerViews } from './view-interfaces.ts';
import { answers, answersInPart } from './view-probes.ts';

const LIST = 'getAvailableAgentsList';
const vault = (digit: string): string => `0x${digit.repeat(40)}`;
const listOf = (vaults: readonly string[], length: bigint): string =>
  managerViews.encodeFunctionResult(LIST, [vaults, length]);

test('lists by their elements and their length', () => {
  expect([...answerParts({ contract: managerViews, name: LIST }, listOf([vault('1')], 2n))]).toEqual([
    ['_agents.length', '1'],
    ['_agents[0]', vault('1')],
    ['_totalLength', '2'],
  ]);
});

test('structs by their fields', () => {
  const name = 'getCollateralTypes';
  const type = [1n, vault('1'), 18n, 0n, false, 'XRP', 'FLR', 15_000n, 16_000n];
  const parts = answerParts({ contract: managerViews, name }, managerViews.encodeFunctionResult(name, [[type]]));
  expect(parts.get('[0].minCollateralRatioBIPS')).toBe('15000');
});

test('an answer that cannot be read is told as it is', () => {
  expect([...answerParts({ contract: managerViews, name: LIST }, '0x12')]).toEqual([['', '0x12']]);
});

test('a sentence tells the parts that are off, and no others', () => {
  const question = { to: vault('9'), contract: managerViews, view: LIST, args: [0n, 2n], about: 'of all' };
  const probe = answers(question, [[vault('1'), vault('2')], 2n]);
  const claim = judge(probe, { kind: 'through', returned: listOf([vault('1'), vault('3')], 2n), logs: [] });
  expect(claim.sentence).toBe(
    `getAvailableAgentsList of all gave _agents[1] ${vault('3')}, must give _agents[1] ${vault('2')}`,
  );
});

test('an answer with fewer elements tells what is nowhere', () => {
  const question = { to: vault('9'), contract: managerViews, view: LIST, args: [0n, 2n], about: 'of all' };
  const probe = answers(question, [[vault('1')], 1n]);
  const claim = judge(probe, { kind: 'through', returned: listOf([], 1n), logs: [] });
  expect(claim.actual).toBe('gave _agents.length 0, _agents[0] nowhere');
});

test('a single value is told without a name', () => {
  const question = { to: vault('9'), contract: fAssetViews, view: 'balanceOf', args: [vault('1')], about: 'of nobody' };
  const returned = fAssetViews.encodeFunctionResult('balanceOf', [1n]);
  expect(judge(answers(question, [0n]), { kind: 'through', returned, logs: [] }).sentence).toBe(
    'FAsset.balanceOf of nobody gave 1, must give 0',
  );
});

test('where only some parts count, others may be as they are', () => {
  const question = { to: vault('9'), contract: managerViews, view: LIST, args: [0n, 2n], about: 'of all' };
  const probe = answersInPart(question, [[vault('1'), vault('2')], 2n], ['_agents[1]'], { before: [] });
  const judged = (vaults: readonly string[], length: bigint) =>
    judge(probe, { kind: 'through', returned: listOf(vaults, length), logs: [] });
  const right = judged([vault('7'), vault('2')], 5n);
  expect(right.actual).toBe(right.expected);
  expect(judged([vault('1'), vault('3')], 2n).actual).toBe(`gave _agents[1] ${vault('3')}`);
});
