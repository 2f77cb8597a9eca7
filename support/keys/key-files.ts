/**
 * Keys of live networks as files: one for each actor, readable by its owner only, written once and never overwritten.
 *
 * Errors name files, never their content.
 */
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../files/whole.ts';
import { type UserKeys, evmPrivateKey, ledgerSeed } from './credentials.ts';

/** A file or folder of keys that is missing, open to others, or not what it should be. */
export class KeyFileError extends Error {
  override name = 'KeyFileError';
}

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;
const OPEN_TO_OTHERS = 0o077;

const keyFileSchema = z.strictObject({ name: z.string(), evmPrivateKey, ledgerSeed });

/** Where the keys of a network's actors are. */
export const keyFolder = (usersFolder: string, network: string): string => join(usersFolder, network);
export const keyFilePath = (folder: string, name: string): string => join(folder, `${name}.json`);

/** Names of the actors who have a file in this folder. */
export function namesWithKeys(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.startsWith('.'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
}

/** Throws KeyFileError: no such file, open to others, or without usable keys of this name. */
export function readKeyFile(folder: string, name: string): UserKeys {
  const path = keyFilePath(folder, name);
  checkPrivate(folder, 'folder', FOLDER_OWNER_ONLY);
  checkPrivate(path, 'file', OWNER_ONLY);
  const parsed = keyFileSchema.safeParse(parseJson(path));
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path: [field = 'the content'] }) => String(field));
    throw new KeyFileError(`${path} holds no usable keys; wrong or missing: ${[...new Set(wrong)].join(', ')}`);
  }
  if (parsed.data.name !== name) throw new KeyFileError(`${path} holds the keys of another name: it was copied`);
  return parsed.data;
}

/** Writes the keys whole or not at all, on disk before it returns. Throws KeyFileError when the file exists. */
export function writeKeyFile(folder: string, keys: UserKeys): string {
  const path = keyFilePath(folder, keys.name);
  mkdirSync(folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
  checkPrivate(folder, 'folder', FOLDER_OWNER_ONLY);
  try {
    writeWhole(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: OWNER_ONLY, isNew: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new KeyFileError(`${path} exists; keys are never overwritten`);
    throw error;
  }
  return path;
}

function checkPrivate(path: string, kind: 'file' | 'folder', mode: number): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new KeyFileError(`there is no ${kind} ${path}`);
  if (kind === 'file' ? !found.isFile() : !found.isDirectory()) throw new KeyFileError(`${path} is not a ${kind}`);
  if ((found.mode & OPEN_TO_OTHERS) !== 0)
    throw new KeyFileError(`${path} is open to others: chmod ${mode.toString(8)} ${path}`);
}

/** The message of JSON.parse would show part of the content. */
function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new KeyFileError(`${path} cannot be read as JSON`);
  }
}
