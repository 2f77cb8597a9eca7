/** What became of the tests of a run, from what vitest knows of them when it is over: what was found, and whether all were done. */
import type { Vitest } from 'vitest/node';

/** What a failed play is to a run: the same finding has the same id wherever it is met. */
export interface Finding {
  readonly id: string;
  readonly sentence: string;
  /** Command that repeats it. */
  readonly replay: string;
}

declare module 'vitest' {
  export interface TaskMeta {
    finding?: Finding;
  }
}

/** A finding, or what else broke a test. */
type Failure = Pick<Finding, 'id' | 'sentence'> & Partial<Finding>;

export interface TestEnd {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'undone';
  /** Of a failed test. */
  readonly failure?: Failure;
}

/** Note of a test that a cancelled run did not get to, as vitest has it. */
const ABORTED = /aborted by the user/;

/** Every test in the order of its file; of a file that could not be read or was not begun, the file. */
export function testEnds({ state }: Pick<Vitest, 'state'>): TestEnd[] {
  return state.getTestModules().flatMap((module): TestEnd[] => {
    const tests = [...module.children.allTests()];
    const [error] = module.errors();
    if (error !== undefined) return [{ name: module.relativeModuleId, state: 'failed', failure: otherFailure(error) }];
    if (tests.length === 0) return [{ name: module.relativeModuleId, state: 'undone' }];
    return tests.map((test) => {
      const name = `${module.relativeModuleId} > ${test.fullName}`;
      const result = test.result();
      switch (result.state) {
        case 'pending':
          return { name, state: 'undone' };
        case 'skipped':
          return { name, state: ABORTED.test(result.note ?? '') ? 'undone' : 'skipped' };
        case 'failed':
          return { name, state: 'failed', failure: test.meta().finding ?? otherFailure(result.errors[0]) };
        case 'passed':
          return { name, state: 'passed' };
      }
    });
  });
}

/** What failed without being a finding about the protocol is the same where the first line of its error is. */
function otherFailure(error: { readonly name?: string; readonly message: string } | undefined): Failure {
  const sentence = error?.message.split('\n')[0] ?? 'no error was given';
  return { id: error?.name ?? 'Error', sentence };
}

/** A failure with the tests that met it. */
export type DistinctFailure = Failure & { readonly tests: readonly string[] };

/**
 * Each distinct failure, the one met by most tests first. The files of a run go from the simple to the intricate, so the first to
 * meet a failure shows it best.
 */
export function distinctFailures(ends: readonly TestEnd[]): DistinctFailure[] {
  const groups = new Map<string, DistinctFailure>();
  for (const { name, failure } of ends) {
    if (failure === undefined) continue;
    const key = failure.replay === undefined ? `${failure.id} ${failure.sentence}` : failure.id;
    const { tests, ...simplest } = groups.get(key) ?? { ...failure, tests: [] };
    groups.set(key, { ...simplest, tests: [...tests, name] });
  }
  return [...groups.values()].toSorted((a, b) => b.tests.length - a.tests.length);
}

/** How many tests ended how. */
export function countEnds(ends: readonly TestEnd[]): Record<TestEnd['state'], number> {
  const counts = { passed: 0, failed: 0, skipped: 0, undone: 0 };
  for (const { state } of ends) counts[state] += 1;
  return counts;
}

/** One block for each distinct failure; nothing when no test failed. */
export function findingLines(ends: readonly TestEnd[]): string[] {
  const failures = distinctFailures(ends);
  if (failures.length === 0) return [];
  return [
    `${counted(failures.length, 'distinct failure')} in ${counted(failures.flatMap(({ tests }) => tests).length, 'test')}:`,
    ...failures.flatMap(linesOf),
  ];
}

const linesOf = ({ id, sentence, replay, tests }: DistinctFailure): string[] => [
  `  ${id} (${counted(tests.length, 'test')})`,
  `    ${sentence}`,
  ...(replay === undefined ? [] : [`    ${replay}`]),
];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
