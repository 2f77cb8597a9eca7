/** The figures of soaked seeds as rows of text, and whether all is well. */
import { statesText } from '../../model/states.ts';
import type { Soak } from './soak.ts';

export const HEAD = ['seed', 'plays', 'actions', 'wrong', 'unknown', 'seconds', ''] as const;

/** One line of the table; its end says what is not as it should be. */
export function cellsOf({ seed, plays, actions, wrong, unknown, tookMs, problems, failure }: Soak): string[] {
  const remark = [...(failure === undefined ? [] : [headline(failure)]), ...problems].join('; ');
  return [...[seed, plays, actions, wrong, unknown, Math.round(tookMs / 1000)].map(String), remark];
}

const headline = (text: string): string => text.split('\n')[0] ?? '';

export interface Sum {
  readonly text: string;
  /** Every seed was soaked, nothing was wrong or unknown, all was wound up, and each chosen fault was on. */
  readonly isGood: boolean;
}

/** `asked` is the number of seeds, `faults` what they were drawn with. */
export function summary(soaks: readonly Soak[], asked: number, faults: readonly string[]): Sum {
  const total = (figure: (soak: Soak) => number): number => soaks.reduce((sum, soak) => sum + figure(soak), 0);
  const strikes = faults.map((fault) => ({ fault, steps: total(({ struck }) => struck[fault] ?? 0) }));
  const idle = strikes.filter(({ steps }) => steps === 0).map(({ fault }) => fault);
  const [wrong, unknown] = [total((soak) => soak.wrong), total((soak) => soak.unknown)];
  const isClean = wrong + unknown === 0 && soaks.every(({ problems, failure }) => problems.length === 0 && !failure);
  return {
    text: [
      ...(faults.length === 0
        ? []
        : [`steps under faults: ${strikes.map(({ fault, steps }) => `${fault} ${steps}`).join(', ')}`]),
      ...(idle.length === 0 ? [] : [`never on, so nothing is said of them: ${idle.join(', ')}`]),
      ...(soaks.length === 0 ? [] : [statesText(joined(soaks), faults.length > 0)]),
      ...(soaks.length === asked ? [] : [`${asked - soaks.length} of ${asked} seeds could not be soaked`]),
      `${total(({ actions }) => actions)} actions over ${soaks.length} seeds: ${wrong} wrong, ${unknown} unknown`,
    ].join('\n'),
    isGood: isClean && idle.length === 0 && soaks.length === asked,
  };
}

/** How often each state was reached by all of them together. */
function joined(soaks: readonly Soak[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { states } of soaks)
    for (const [state, times] of Object.entries(states)) counts[state] = (counts[state] ?? 0) + times;
  return counts;
}
