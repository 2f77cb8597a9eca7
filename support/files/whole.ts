/**
 * files: files that money depends on are whole or not there, and on disk when the call returns.
 * Imports nothing from the project. A write may be cut short and a process may die between two calls.
 * Never here: what the files contain.
 */
import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

export interface WholeFileOptions {
  /** Exactly this mode, whatever the umask; without it, as the umask says. */
  readonly mode?: number;
  /** An existing file is an error with code EEXIST instead of being replaced. */
  readonly isNew?: boolean;
}

/** Writes a file. Readers get the old content or the new one, never a part, even after a power failure. */
export function writeWhole(path: string, content: string, { mode, isNew = false }: WholeFileOptions = {}): void {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = openSync(unfinished, 'wx', mode);
    try {
      if (mode !== undefined) chmodSync(unfinished, mode);
      writeAll(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (isNew) linkSync(unfinished, path);
    else renameSync(unfinished, path);
    flushFolder(dirname(path));
  } finally {
    rmSync(unfinished, { force: true });
  }
}

export interface LineOptions {
  /** Mode of a file that this line begins. */
  readonly mode?: number;
  /** Whether the line must outlast a power cut too, not only the process. */
  readonly isFlushed: boolean;
}

/**
 * Appends one line, or throws and leaves the file as it was. A half line at its end, left by a crash or a broken disk, is
 * cut off first, so that lines never run together. Only one process at a time may append.
 */
export function appendLine(path: string, line: string, { mode, isFlushed }: LineOptions): void {
  const file = openSync(path, 'a+', mode);
  try {
    const wholeBytes = cutHalfLine(file);
    try {
      writeAll(file, `${line}\n`);
      if (isFlushed) fsyncSync(file);
    } catch (error) {
      ftruncateSync(file, wholeBytes);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** The whole lines of a file; a half one at its end, left by a crash, is skipped. */
export const readLines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

/** Cuts off what follows the last whole line. True when there was something. */
export function mendLines(path: string): boolean {
  const file = openSync(path, 'r+');
  try {
    return fstatSync(file).size !== cutHalfLine(file);
  } finally {
    closeSync(file);
  }
}

/** Makes what was created, renamed or removed in a folder outlast a power cut. */
export function flushFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Returns the number of bytes left. */
function cutHalfLine(file: number): number {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  if (size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last.toString() === '\n')) return size;
  const wholeBytes = readFileSync(file).lastIndexOf('\n') + 1;
  ftruncateSync(file, wholeBytes);
  return wholeBytes;
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    const count = writeSync(file, bytes, written);
    if (count === 0) throw new Error(`the disk took ${written} of ${bytes.length} bytes`);
    written += count;
  }
}
