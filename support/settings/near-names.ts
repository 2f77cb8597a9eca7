/** Misspelt names of settings. The environment is full of other programs' names, which are not ours to judge. */
import { distance } from 'fastest-levenshtein';
import { SETTING_NAMES } from './rows.ts';

/** Names close to ours that belong to other programs. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  USER: 'the login name',
  AGENT: 'the program that runs this one, where it is an AI agent',
};
/** Where only we set names that begin so, any other is misspelt. */
const OWN_PREFIX = 'FEE_TOLERANCE_';
/** Shorter names are close to too many others when two letters differ. */
const LONG = 8;

/** True for a name in the environment that must have been meant as a setting: `SEEDS`, `BUNDLE`, `steps`, `USRES`. */
export function looksLikeOurs(name: string): boolean {
  if (SETTING_NAMES.includes(name) || Object.hasOwn(OF_OTHERS, name.toUpperCase())) return false;
  return name.startsWith(OWN_PREFIX) || SETTING_NAMES.some((known) => isMisspelt(name.toUpperCase(), known));
}

/** A letter more, less or other, or letters in another order; in a long name two letters. */
function isMisspelt(name: string, known: string): boolean {
  const letters = (word: string): string => word.split('').toSorted().join('');
  return distance(name, known) <= (known.length < LONG ? 1 : 2) || letters(name) === letters(known);
}

/** The setting that a name was meant for, when one is near. */
export const nearestName = (name: string): string | undefined => nearest(name.toUpperCase(), SETTING_NAMES);

/** The nearest of these names: by its letters, or because one name holds the other. */
function nearest(given: string, names: readonly string[]): string | undefined {
  const byDistance = names.toSorted((a, b) => distance(given, a) - distance(given, b));
  return (
    byDistance.find((known) => isMisspelt(given, known)) ??
    byDistance.find((known) => given !== '' && (known.includes(given) || given.includes(known)))
  );
}

/** What is said of a name in a list that is none of these: the nearest, if one is near, and all there are. */
export function noSuchName(where: string, given: string, names: readonly string[]): string {
  const meant = nearest(given, names);
  const said = `${where} names ${JSON.stringify(given)}`;
  const all = `here is only: ${names.join(', ')}`;
  return meant === undefined ? `${said}, but t${all}` : `${said}; did you mean ${meant}? T${all}`;
}
