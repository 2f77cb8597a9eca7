/** A probe of a view: what it must answer, as things are or after some calls. */
import type { Interface } from 'ethers';
import { USER } from './people.ts';
import { type Must, type Probe, refused } from './probe.ts';
import type { Call, Play } from './simulation.ts';
import { VIEWS } from './view-interfaces.ts';

export interface Question {
  /** Address of the contract, and its views. */
  readonly to: string;
  readonly contract: Interface;
  readonly view: string;
  readonly args?: readonly unknown[];
  /** About whom or which part, for people; the same in every run. */
  readonly about: string;
}

/** When it is asked. */
export type When = Pick<Play, 'before' | 'codes'> & { readonly atS?: bigint };

const NOW: When = { before: [] };

/** It answers these values, in the ABI's order; a struct by the names of all its fields. */
export function answers(question: Question, values: readonly unknown[], when = NOW): Probe {
  const { contract, view } = question;
  const returned = contract.encodeFunctionResult(view, values);
  return probeOf(question, { kind: 'gives', returned, view: { contract, name: view } }, when);
}

/** The same of these parts of the answer only, where others change in ways that do not matter here. */
export function answersInPart(
  question: Question,
  values: readonly unknown[],
  parts: readonly string[],
  when: When,
): Probe {
  const { contract, view } = question;
  const returned = contract.encodeFunctionResult(view, values);
  return probeOf(question, { kind: 'gives', returned, view: { contract, name: view }, parts }, when);
}

/** Nobody is told anything of what there is not. */
export const refuses = (question: Question, error: string, when = NOW): Probe =>
  probeOf(question, refused(error), when);

function probeOf({ to, contract, view, args = [], about }: Question, must: Must, { atS, ...when }: When): Probe {
  const owner = [...VIEWS].find(([, views]) => views === contract)?.[0] ?? '';
  const act: Call = {
    from: USER,
    to,
    data: contract.encodeFunctionData(view, args),
    ...(atS === undefined ? {} : { atS }),
  };
  return { name: `${owner === 'AssetManager' ? '' : `${owner}.`}${view} ${about}`, must, play: { ...when, act } };
}
