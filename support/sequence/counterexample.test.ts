/** A counterexample survives its file; an invalid file is reported in one line and never counts as a pass. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  COUNTEREXAMPLE_FORMAT,
  type Counterexample,
  NotReplayable,
  counterexampleId,
  readCounterexample,
  readSmallest,
  writeCounterexample,
} from './counterexample.ts';

const CONTENT: Omit<Counterexample, 'id'> = {
  format: COUNTEREXAMPLE_FORMAT,
  failure: { verdict: 'wrong', id: 'redeem: balance of xrp', sentence: 'user-1, redeem: xrp is 1, expected 2' },
  foundBy: 'sequences of all users',
  seed: 7,
  network: 'devnet',
  protocol: { kind: 'stand-in', version: 'v1.3' },
  users: 3,
  steps: [
    { user: 'user-1', bundle: 'mint-random-agent', choices: [3, 9_999], plan: { lots: '12', dry: false, index: 2 } },
    { user: 'user-2', bundle: 'redeem', choices: [0], plan: {} },
  ],
  failedStep: 1,
  schedule: [0, 1, 2],
  versions: { node: '20.20.2' },
};
const [STEP] = CONTENT.steps;
const WHOLE: Counterexample = { ...CONTENT, id: counterexampleId(CONTENT) };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterexample-'));
  return () => rmSync(folder, { recursive: true });
});

/** What reading this text says. */
function errorOf(text: string): string {
  const path = join(folder, 'file.json');
  writeFileSync(path, text);
  try {
    readCounterexample(path);
  } catch (error) {
    if (!(error instanceof NotReplayable)) throw error;
    return error.message.replace(path, 'FILE');
  }
  throw new Error('the file was accepted');
}

describe('counterexample', () => {
  test('what is written is read, and nothing else is left in the folder', () => {
    const path = writeCounterexample(join(folder, 'new', 'folder'), WHOLE);
    expect(readCounterexample(path)).toEqual(WHOLE);
    expect(readdirSync(join(folder, 'new', 'folder'))).toEqual([`${WHOLE.id}.json`]);
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  });

  test('a shrunk one stands beside the original, and is the smallest for both', () => {
    const path = writeCounterexample(folder, WHOLE);
    expect(readSmallest(path)).toEqual(WHOLE);
    const shrunk = { ...WHOLE, steps: WHOLE.steps.slice(1), failedStep: 0, shrunk: { fromSteps: 2, plays: 3 } };
    const shrunkPath = writeCounterexample(folder, shrunk);
    expect(shrunkPath).toBe(join(folder, `${WHOLE.id}.shrunk.json`));
    expect([readSmallest(path), readSmallest(shrunkPath)]).toEqual([shrunk, shrunk]);
    expect(readCounterexample(path)).toEqual(WHOLE);
  });

  test('any steps and schedule survive', () => {
    const nat = fc.nat({ max: 9_999 });
    const step = fc.record({
      user: fc.string({ minLength: 1 }),
      bundle: fc.string({ minLength: 1 }),
      choices: fc.array(nat, { maxLength: 4 }),
      plan: fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        fc.oneof(fc.string(), fc.integer(), fc.boolean()),
        { noNullPrototype: true },
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), fc.array(nat), (steps, schedule) => {
        const content = { ...CONTENT, steps, schedule, failedStep: steps.length - 1 };
        const counterexample = { ...content, id: counterexampleId(content) };
        expect(readCounterexample(writeCounterexample(folder, counterexample))).toEqual(counterexample);
      }),
      { numRuns: 30 },
    );
  });

  test('the name says what failed, and changes with the content only', () => {
    expect(WHOLE.id).toMatch(/^redeem-balance-of-xrp-[0-9a-f]{8}$/);
    expect(counterexampleId({ ...CONTENT })).toBe(WHOLE.id);
    expect(counterexampleId({ ...CONTENT, schedule: [0, 1] })).not.toBe(WHOLE.id);
  });

  test('a file that is not there', () => {
    expect(() => readCounterexample(join(folder, 'none.json'))).toThrow(
      /^not replayable: .*none\.json cannot be read: /,
    );
  });

  test.each([
    ['not JSON', '{', /^not replayable: FILE cannot be read: /],
    ['an empty file', '', /^not replayable: FILE cannot be read: /],
    ['something else', '[]', /^not replayable: FILE is not a counterexample: /],
    ['another format', JSON.stringify({ ...WHOLE, format: 99 }), /^not replayable: FILE is of format 99, and only 1 /],
    ['no steps', JSON.stringify({ ...WHOLE, steps: [] }), /steps/],
    ['a failed step that is not among the steps', JSON.stringify({ ...WHOLE, failedStep: 2 }), /failedStep/],
    ['a winding up that begins behind its end', JSON.stringify({ ...WHOLE, settledFrom: 3 }), /settledFrom/],
    ['a choice beyond what is drawn', JSON.stringify({ ...WHOLE, steps: [{ ...STEP, choices: [10_000] }] }), /choices/],
    ['something that nobody would replay', JSON.stringify({ ...WHOLE, fault: ['agent-silent'] }), /"fault"/],
    ['a step with something that nobody would do', JSON.stringify({ ...WHOLE, steps: [{ ...STEP, x: 1 }] }), /"x"/],
    ['a negative choice', JSON.stringify({ ...WHOLE, schedule: [-1] }), /schedule/],
    ['a verdict that is not a failure', JSON.stringify({ ...WHOLE, failure: { verdict: 'right' } }), /verdict/],
    ['an id that leads out of the folder', JSON.stringify({ ...WHOLE, id: '../x' }), /id/],
  ])('%s is not replayable, in one line', (_name, text, message) => {
    expect(errorOf(text)).toMatch(message);
    expect(errorOf(text)).not.toContain('\n');
  });
});
