/**
 * The journal of one key as a file: transactions are on disk before they are sent, and their final fate is added later.
 *
 * The first line names the network, so that a journal is never replayed on another one.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { appendLine, flushFolder, mendLines, readLines, writeWhole } from '../files/whole.ts';
import type { Journal, SignedTransaction, TransactionFate } from './journal.ts';

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/** Two networks are the same when all of these are equal; a restarted devnet has another block 0. */
export const networkIdentitySchema = z.strictObject({
  chainId: z.number(),
  genesisHash: z.string(),
  ledgerNetworkId: z.number(),
});
export type NetworkIdentity = z.infer<typeof networkIdentitySchema>;

const lineSchema = z.discriminatedUnion('line', [
  z.strictObject({ line: z.literal('network'), network: networkIdentitySchema }),
  z.strictObject({
    line: z.literal('signed'),
    chain: z.enum(['evm', 'ledger']),
    hash: z.string(),
    raw: z.string(),
    account: z.string(),
    sequence: z.number(),
    lastLedger: z.number().exactOptional(),
  }),
  z.strictObject({ line: z.literal('final'), hash: z.string(), fate: z.enum(['done', 'failed', 'dead']) }),
]);
type Line = z.infer<typeof lineSchema>;

/** A signed transaction; without a fate, what became of it is unknown. */
export interface JournalledTransaction extends SignedTransaction {
  readonly fate: TransactionFate | undefined;
}

/** The line could not be written, and its transaction was not sent. */
export class JournalRefused extends Error {
  override name = 'JournalRefused';
}

export class JournalFile implements Journal {
  readonly path: string;
  readonly #network: NetworkIdentity;

  /**
   * Opens the journal, or makes an empty one. A line that a crash cut off is removed, since its transaction was not sent; a
   * journal of another network is renamed. `tell` hears of both.
   */
  constructor(path: string, network: NetworkIdentity, tell: (what: string) => void) {
    this.path = path;
    this.#network = network;
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_OWNER_ONLY });
    if (existsSync(path)) {
      if (mendLines(path))
        tell(`${path}: its last line was cut off by a crash and is taken away; nothing was sent for it`);
      setAsideForeign(path, network, tell);
    }
    if (!existsSync(path)) this.#begin();
  }

  /** Throws JournalRefused and leaves the journal as it was. */
  signed(transaction: SignedTransaction): void {
    this.#append({ line: 'signed', ...transaction });
  }

  final(hash: string, fate: TransactionFate): void {
    this.#append({ line: 'final', hash, fate });
  }

  /** Every transaction since the journal was last closed, oldest first, with what is known of its fate. */
  transactions(): JournalledTransaction[] {
    const found = new Map<string, JournalledTransaction>();
    for (const line of linesOf(this.path)) {
      if (line.line === 'signed') {
        const { line: _, ...transaction } = line;
        found.set(line.hash, { ...transaction, fate: found.get(line.hash)?.fate });
      }
      const known = line.line === 'final' ? found.get(line.hash) : undefined;
      if (line.line === 'final' && known !== undefined) found.set(line.hash, { ...known, fate: line.fate });
    }
    return [...found.values()];
  }

  /**
   * What is not final yet, oldest first: each transaction with its rivals, newest first. Rivals are one account's
   * transactions with the same nonce or sequence, so at most one of them can count; some may have a fate already.
   */
  openEntries(): (readonly JournalledTransaction[])[] {
    const places = new Map<string, JournalledTransaction[]>();
    for (const transaction of this.transactions()) {
      const place = `${transaction.chain} ${transaction.account} ${transaction.sequence}`;
      places.set(place, [transaction, ...(places.get(place) ?? [])]);
    }
    return [...places.values()].filter((rivals) => rivals.some(({ fate }) => fate === undefined));
  }

  /** Empties the journal, when everything in it is final. */
  close(): void {
    const open = this.transactions().filter(({ fate }) => fate === undefined);
    if (open.length > 0) throw new Error(`${this.path} has ${open.length} transactions whose fate is not known`);
    this.#begin();
  }

  #begin(): void {
    writeWhole(this.path, `${toLine({ line: 'network', network: this.#network })}\n`, { mode: OWNER_ONLY });
  }

  #append(line: Line): void {
    try {
      if (!existsSync(this.path)) this.#begin();
      appendLine(this.path, toLine(line), { mode: OWNER_ONLY, isFlushed: true });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new JournalRefused(`${this.path} could not be written: ${why}`, { cause });
    }
  }
}

const toLine = (line: Line): string => JSON.stringify(line);

const linesOf = (path: string): Line[] => readLines(path).map((text, index) => parseLine(text, `${path}:${index + 1}`));

function parseLine(text: string, place: string): Line {
  const parsed = lineSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${place} is no line of a journal, so nobody knows what was sent for it: keep a copy, look on both chains what was ` +
      'sent then, and take away this line alone; the others are needed to bring the money home',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which is no line of a journal
  }
}

function setAsideForeign(path: string, network: NetworkIdentity, tell: (what: string) => void): void {
  const [text] = readLines(path);
  if (text === undefined) return rmSync(path); // nothing was written down yet, so it is nobody's
  const first = parseLine(text, `${path}:1`);
  if (first.line === 'network' && isSame(first.network, network)) return;
  const of = first.line === 'network' ? first.network.genesisHash.slice(2, 10) : 'nothing';
  const aside = freeName(path.replace(/\.jsonl$/, `.of-${of}`));
  renameSync(path, aside);
  flushFolder(dirname(path));
  tell(`${path} belongs to another network; it is kept as ${aside} and not replayed`);
}

const isSame = (one: NetworkIdentity, other: NetworkIdentity): boolean =>
  one.chainId === other.chainId &&
  one.genesisHash === other.genesisHash &&
  one.ledgerNetworkId === other.ledgerNetworkId;

function freeName(base: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${base}.jsonl` : `${base}.${count}.jsonl`;
    if (!existsSync(name)) return name;
  }
}
