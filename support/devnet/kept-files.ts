/** What was computed once and may be lost: files in `.cache`, whole or not there, also for two processes at once. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CACHE_FOLDER = path.resolve(import.meta.dirname, '../../.cache');

/** A folder of the checkout's cache. */
export const inCache = (name: string): string => path.join(CACHE_FOLDER, name);

/** Undefined when there is no such file. */
export function readKept(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whoever reads sees all of it or nothing. */
export function keep(file: string, content: string | Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
