/** Environment and .env → settings, once and purely: every value is checked before anything starts, and a wrong one is named. */
import type { z } from 'zod';
import { looksLikeOurs, nearestName } from './near-names.ts';
import { type Group, SETTING_NAMES, allRows, mapRows } from './rows.ts';
import type { Setting } from './setting.ts';
import { type Secrets, type Settings, SettingsError, type ValuesOf, secretRows, settingRows } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the environment. `fromFile` is what .env holds; the environment goes first. `drawSeed` is asked only when
 * no seed is set. Throws SettingsError with one line for each wrong setting.
 */
export function parseSettings(environment: Environment, fromFile: Environment, drawSeed: () => number): Settings {
  const { seed, ...values } = parse(settingRows, environment, fromFile);
  return {
    ...values,
    seed: seed ?? drawSeed(),
    shard: undefined,
    isCi: (environment['CI'] ?? '') !== '',
    namesInFile: SETTING_NAMES.filter((name) => (fromFile[name] ?? '') !== ''),
  };
}

/** Secrets from the same places and by the same rules as settings. Throws SettingsError, which shows none of them. */
export function parseSecrets(environment: Environment, fromFile: Environment): Secrets {
  return parse(secretRows, environment, fromFile);
}

/** Values of these rows; whatever is wrong with any row there is, is told. */
function parse<Rows extends Group>(rows: Rows, environment: Environment, fromFile: Environment): ValuesOf<Rows> {
  const given = { ...fromFile, ...environment };
  const parsed = new Map<Setting, z.ZodSafeParseResult<unknown>>();
  for (const row of allRows) {
    const value = given[row.name] ?? '';
    if (value !== '') parsed.set(row, row.parse.safeParse(value));
  }
  const problems = [
    ...unknownNames('.env', Object.keys(fromFile)),
    ...unknownNames('the environment', Object.keys(environment).filter(looksLikeOurs)),
    ...[...parsed].flatMap(([row, { success }]) => (success ? [] : [problemOf(row, given[row.name])])),
  ];
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return mapRows(rows, (row) => (parsed.has(row) ? parsed.get(row)?.data : row.usual));
}

function problemOf({ name, wants, secret }: Setting, value: string | undefined): string {
  const shown = secret === undefined ? JSON.stringify(value) : 'not usable';
  return `${name} is ${shown}, but must be ${wants}`;
}

function unknownNames(where: string, names: readonly string[]): string[] {
  return names
    .filter((name) => !SETTING_NAMES.includes(name))
    .map((name) => `${where}: there is no setting ${name}${suggestion(name)}`);
}

function suggestion(name: string): string {
  const near = nearestName(name);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
