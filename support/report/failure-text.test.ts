/** The text of a failure as its reader meets it: in order, complete, with commands that can be pasted. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Counterexample } from '../sequence/counterexample.ts';
import { type FailureReport, failureText, replayCommand, shrinkCommand } from './failure-text.ts';

const sentence = 'user-1, redeem: xrp is 1, expected 2, off by -1';
const counterexample: Counterexample = {
  format: 1,
  id: 'redeem-1',
  failure: { verdict: 'wrong', id: 'redeem: balance of xrp', sentence },
  foundBy: 'a test',
  seed: 7,
  network: 'devnet',
  protocol: { kind: 'stand-in', version: 'v1.3' },
  users: 1,
  steps: [
    { user: 'user-1', bundle: 'mint', choices: [0], plan: { lots: '1', feeBips: '25' } },
    { user: 'user-1', bundle: 'redeem', choices: [0], plan: { lots: '1' } },
  ],
  failedStep: 1,
  schedule: [],
  versions: {},
};
const report: FailureReport = {
  failure: { verdict: 'wrong', id: 'redeem: balance of xrp', sentence, transactions: ['0xaa', 'BB'] },
  counterexample,
  path: resolve('reports/counterexamples/redeem-1.json'),
  settings: { network: [], others: ['PLANTED_FAULT=short'] },
};

it('says what, how to repeat it, by which steps, in which transactions', () => {
  expect(failureText(report).split('\n')).toEqual([
    sentence,
    '',
    'replay: PLANTED_FAULT=short REPLAY=reports/counterexamples/redeem-1.json npx vitest run',
    '',
    'sequence of 2 steps, seed 7:',
    '    1. user-1 mint (lots 1, feeBips 25)',
    '  → 2. user-1 redeem (lots 1)',
    '',
    'transactions: 0xaa BB',
    '',
    'failure id: redeem: balance of xrp',
    'hint: the act itself was refused; the custom error names the rule',
  ]);
});

it('says which faults were on, and where they were healed', () => {
  const faults = [
    { fault: 'agent-silent', fromStep: 0, toStep: 9 },
    { fault: 'prices-jump', fromStep: 1, toStep: 2 },
    { fault: 'ledger-stalls', fromStep: 2, toStep: 5 },
  ];
  const lines = failureText({ ...report, counterexample: { ...counterexample, faults, settledFrom: 1 } }).split('\n');
  expect(lines.slice(4, 9)).toEqual([
    'sequence of 2 steps, seed 7:',
    '    with the faults agent-silent (steps 1 to 2), prices-jump (steps 2 to 2)',
    '    1. user-1 mint (lots 1, feeBips 25)',
    '       then every fault is healed, and users end what is open:',
    '  → 2. user-1 redeem (lots 1)',
  ]);
});

it('says what a failure is to a replay, and how the sequence came to be short', () => {
  const shrunk = { ...counterexample, shrunk: { fromSteps: 43, plays: 30 } };
  const lines = failureText({
    ...report,
    counterexample: shrunk,
    preface: 'reproduced',
    remarks: ['nothing can be left out'],
  }).split('\n');
  expect(lines[0]).toBe(`reproduced: ${sentence}`);
  expect(lines).toContain('sequence of 2 steps, shrunk from 43, seed 7:');
  expect(lines[lines.indexOf('  → 2. user-1 redeem (lots 1)') + 1]).toBe('nothing can be left out');
});

it('leaves out a statement that has nothing to say', () => {
  const mismatches = [{ kind: 'invariant', subject: 'supply', expected: '5', actual: '6', difference: 1n }];
  const failure = { ...report.failure, statement: { user: 'user-1', lines: [], mismatches } };
  expect(failureText({ ...report, failure })).not.toContain('statement');
});

describe('commands', () => {
  const value = String.raw`it's ö, $HOME \`id\` "x" \ *`;
  const settings = { network: [], others: ['A=1', `FASSETS_ARTIFACTS=${value}`, 'UNSET='] };
  const path = `/elsewhere/${value}.json`;

  it.for(['sh', 'bash'])('can be pasted into %s, whatever the values are', (shell) => {
    const replay = replayCommand(path, settings).replace(/npx vitest run$/, PRINT_ENVIRONMENT);
    expect(paste(shell, replay)).toEqual({ A: '1', FASSETS_ARTIFACTS: value, UNSET: '', REPLAY: path });
    const shrink = shrinkCommand(path, settings).replace('npm run shrink --', PRINT_ARGUMENTS);
    expect(paste(shell, shrink)).toEqual([path]);
  });

  it('shrink without the network the file was found on', () => {
    expect(shrinkCommand(resolve('a.json'), { network: ['NETWORK=coston2'], others: ['PLANTED_FAULT=short'] })).toBe(
      'PLANTED_FAULT=short npm run shrink -- a.json',
    );
  });
});

const node = (script: string): string => `"${process.execPath}" -e '${script}' --`;
const PRINT_ENVIRONMENT = node(
  'const { A, FASSETS_ARTIFACTS, UNSET, REPLAY } = process.env; console.log(JSON.stringify({ A, FASSETS_ARTIFACTS, UNSET, REPLAY }))',
);
const PRINT_ARGUMENTS = node('console.log(JSON.stringify(process.argv.slice(1)))');

/** What the command prints, as JSON. */
const paste = (shell: string, command: string): unknown =>
  JSON.parse(execFileSync(shell, { input: `${command}\n`, encoding: 'utf8' }));
