/** The .env file of a folder: what it sets, or what is wrong with it. Its lines may hold secrets, so none is ever shown. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { utf8Text } from '../units/utf8.ts';
import { SettingsError } from './settings.ts';

/** Empty when there is no file. Throws SettingsError for one that cannot be read whole. */
export function readDotenv(folder: string): Record<string, string> {
  const path = join(folder, '.env');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return {};
  if (!found.isFile()) throw new SettingsError(`${path} is not a file`);
  const text = readText(path);
  const problems = problemsOf(text);
  if (problems.length > 0) throw new SettingsError(problems.map((problem) => `${path}: ${problem}`).join('\n'));
  return parse(text);
}

function readText(path: string): string {
  try {
    return utf8Text(readFileSync(path));
  } catch (error) {
    throw new SettingsError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** What dotenv would silently ignore: lines that set nothing, and all but the last of those that set the same name. */
function problemsOf(text: string): string[] {
  const lineOf = new Map<string, number>();
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    if (/^\s*(#.*)?$/.test(line)) return [];
    const name = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)/.exec(line)?.[1];
    if (name === undefined) return [`line ${index + 1} is not NAME=value`];
    const before = lineOf.get(name);
    lineOf.set(name, index + 1);
    return before === undefined ? [] : [`lines ${before} and ${index + 1} both set ${name}`];
  });
}
