/**
 * A saved play as parts of a new one: the same users do the same bundles with the same choices, in the same turns.
 *
 * Amounts are resolved anew against what is there. `replay` gives a verdict on a whole file; it never shrinks.
 */
import { NotReplayable, type Counterexample, type FaultWindow } from '../sequence/counterexample.ts';
import { decided, isImpossible } from '../sequence/runner.ts';
import type { ExecutedStep, Step } from '../sequence/step.ts';
import type { Actors } from '../actors/actors.ts';
import { type Suite, findBundle } from '../sequence/suite.ts';
import { partnerOf } from '../keys/names.ts';
import { PlayFailed } from './failed-play.ts';
import type { Part, PartStep, Play } from '../sequence/play.ts';
import type { Stage } from './stage.ts';

/**
 * The steps as parts for these users. `onNotEnabled` is told of a step whose time has come and that cannot be done; it
 * is left out unless that throws. Throws NotReplayable for a user, bundle, choice or parameter that does not exist.
 */
export function partsOf(
  suite: Suite<Actors>,
  steps: readonly Step[],
  users: readonly string[],
  onNotEnabled: (reason: string) => void,
): Part<Actors>[] {
  const known = new Set([...users, ...users.map(partnerOf)]);
  const stranger = steps.flatMap((step) => [step.user, laneOf(step)]).find((name) => !known.has(name));
  if (stranger !== undefined)
    throw new NotReplayable(`there is no ${stranger} among the ${users.length} users of this run`);
  const lanes = new Set(steps.map(laneOf));
  // A schedule counts all who are ready, so those who have nothing to do take part as well; nobody waits for a single one.
  const players = lanes.size === 1 ? [...lanes] : users;
  return players.map((user) => ({
    user,
    decisions: steps.filter((step) => laneOf(step) === user).map((step) => partStep(suite, step, onNotEnabled)),
  }));
}

/** A saved play, with its winding up as parts of their own; like `partsOf`. */
export function playOf(
  suite: Suite<Actors>,
  { steps, schedule, faults = [], settledFrom = steps.length }: Saved,
  title: string,
  users: readonly string[],
  onNotEnabled: (reason: string) => void,
): Play<Actors> {
  const parts = (some: readonly Step[]): Part<Actors>[] => partsOf(suite, some, users, onNotEnabled);
  const windingUp = settledFrom < steps.length ? parts(steps.slice(settledFrom)) : [];
  return { title, parts: parts(steps.slice(0, settledFrom)), schedule, faults, windingUp };
}

interface Saved {
  readonly steps: readonly Step[];
  readonly schedule: readonly number[];
  readonly faults?: readonly FaultWindow[];
  readonly settledFrom?: number;
}

const laneOf = (step: Step): string => step.lane ?? step.user;

function partStep(suite: Suite<Actors>, step: Step, onNotEnabled: (reason: string) => void): PartStep<Actors> {
  const bundle = findBundle(suite, step.bundle);
  if (bundle === undefined) throw new NotReplayable(`there is no bundle ${step.bundle}`);
  const { name, choices, params } = bundle;
  if (choices.length !== step.choices.length)
    throw new NotReplayable(`${name} takes ${choices.length} choices, the file gives ${step.choices.length}`);
  const unknown = Object.keys(step.params ?? {}).find((param) => !params.includes(param));
  if (unknown !== undefined) throw new NotReplayable(`${name} takes no ${unknown}`);
  const decide = decided(bundle, step.choices, step.params);
  return {
    by: step.user,
    decide(view) {
      const decision = decide(view);
      if ('notEnabled' in decision) onNotEnabled(`${step.user} ${decision.notEnabled}`);
      return decision;
    },
  };
}

/**
 * Plays the file from where the stage begins. Returns when it no longer fails, with the number of steps that came to
 * other amounts than in the file. Throws PlayFailed, which says whether the failure is the file's, or NotReplayable.
 */
export async function replay(stage: Stage, counterexample: Counterexample, path: string): Promise<number> {
  const { id, foundBy, steps, faults = [], failure, failedStep } = counterexample;
  const wasImpossible = isImpossible(failure.id);
  const play = {
    ...playOf(stage.suite, counterexample, foundBy, stage.users, (reason) => {
      if (!wasImpossible) throw new NotReplayable(reason);
    }),
    required: wasImpossible ? steps.slice(failedStep).map(({ bundle }) => bundle) : [],
  };
  for (const { bundle } of steps) {
    const known = findBundle(stage.suite, bundle);
    const lacking = known && stage.lacksFor(known);
    if (lacking !== undefined) throw new NotReplayable(lacking);
  }
  if (faults.length > 0 && !stage.canInjectFaults)
    throw new NotReplayable('it needs faults, and this network cannot inject them');
  await stage.begin(`replay of ${id}`);
  try {
    return countOthers(steps, (await stage.play(play)).steps);
  } catch (error) {
    if (!(error instanceof PlayFailed)) throw error;
    // What the failure left behind has been told; where it can be undone it need not be told again at the end.
    await stage.begin('after the replay');
    const { report } = error;
    if (report.failure.id === failure.id) throw new PlayFailed({ ...report, path, preface: 'reproduced' });
    const remarks = [...(report.remarks ?? []), `it fails otherwise than in ${path} (${failure.id})`];
    throw new PlayFailed({ ...report, remarks });
  }
}

/** Steps that were not done as they were saved, by position. */
function countOthers(saved: readonly ExecutedStep[], done: readonly ExecutedStep[]): number {
  return saved.filter((step, index) => planText(step) !== planText(done[index])).length;
}

const planText = (step: ExecutedStep | undefined) => JSON.stringify([step?.user, step?.bundle, step?.plan]);
