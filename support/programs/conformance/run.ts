/** A whole conformance run: opens both sides, compares, tells as it goes, and stops everything however it ends. */
import { writeCounterexample } from '../../sequence/counterexample.ts';
import type { Actors } from '../../actors/actors.ts';
import type { Suite } from '../../sequence/suite.ts';
import type { Sides } from './compare.ts';
import { type ComparedSequence, type ConformOptions, alignOrigins, conform } from './conform.ts';
import { counterexampleOf, stepsUntil } from './counterexample-of.ts';
import { differenceText } from './difference-text.ts';
import { Side, type SideOptions } from './side.ts';
import { cleaningUp } from '../../units/troubles.ts';

export interface RunOptions extends ConformOptions {
  readonly agents: number;
  /** What makes each side what it is. */
  readonly sides: Sides<Pick<SideOptions, 'artifacts' | 'patches'>>;
  readonly labels: Sides<string>;
  /** Counterexamples go here. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** The exit code: 0 without a difference, 1 with some. Throws, with everything stopped, what kept it from running. */
export async function runConformance(suite: Suite<Actors>, options: RunOptions): Promise<0 | 1> {
  const { users, agents, seed, labels, say } = options;
  const sides = await openBoth(options);
  const compare = async (): Promise<0 | 1> => {
    say(`${labels.join(' against ')}: ${users} users, ${agents} agents, seed ${seed}`);
    await alignOrigins(sides);
    const startedMs = performance.now();
    let isFirst = true;
    const { actions, done, differences } = await conform(suite, sides, options, (compared) => {
      say(lineOf(compared));
      if (compared.difference !== undefined && isFirst) tellFirst(compared, sides, options);
      isFirst &&= compared.difference === undefined;
    });
    say(`done: ${[...done].map(([name, count]) => `${name} ${count}`).join(', ')}`);
    say(`${Math.round((performance.now() - startedMs) / 1000)} s`);
    say(`${differences.length} differences in ${actions} actions`);
    return differences.length === 0 ? 0 : 1;
  };
  return cleaningUp(compare, ...sides.map((side) => () => side.stop()));
}

/** Both, or none: when one cannot be opened the other is stopped again. */
async function openBoth({ users, agents, sides }: RunOptions): Promise<Sides<Side>> {
  const first = await Side.open({ ...sides[0], users, agents });
  try {
    return [first, await Side.open({ ...sides[1], users, agents })];
  } catch (error) {
    await first.stop();
    throw error;
  }
}

function lineOf({ sequence, bundles, difference, plays }: ComparedSequence): string {
  if (difference !== undefined) return `${sequence.title}: ${bundles.length} actions, DIFFERENT`;
  const failure = plays[0].seen.at(-1)?.failure;
  const ending = failure === undefined ? '' : `, ended by a step that fails on both (${failure.id})`;
  return `${sequence.title}: ${bundles.length} actions, the same${ending}`;
}

function tellFirst({ sequence, difference, plays }: ComparedSequence, sides: Sides<Side>, options: RunOptions): void {
  if (difference === undefined) return;
  const { labels, seed, folder, say } = options;
  const [, { begun }] = plays;
  say(differenceText(difference, labels, stepsUntil(difference, begun)));
  const { protocol } = sides[1];
  const counterexample = counterexampleOf({ difference, sequence, begun, seed, protocol });
  if (counterexample !== undefined) say(`steps saved: ${writeCounterexample(folder, counterexample)}`);
}
