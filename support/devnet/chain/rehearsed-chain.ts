/**
 * A chain that was set up before is not set up again: a devnet asks the same in the same way each time it starts, so what a
 * chain answered once answers the next start too, and the state it came to is put in its place (`.cache/chains`).
 *
 * Nothing is taken for granted: an answer is given only to the very request that it answered, and the state is used only
 * when all that made it was asked. Where something else is asked, the setting-up begins anew with a chain of its own.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { JsonRpc, type JsonRpcOptions, type RpcCall } from '../../clients/flare/json-rpc.ts';
import { packJson, unpackJson } from '../../units/json.ts';
import { inCache, keep, readKept } from '../kept-files.ts';

/** Something was asked that the kept chain was not asked, or less was asked. */
export class RehearsalDiffers extends Error {
  override name = 'RehearsalDiffers';
}

/** Answers by what was asked, each list in the order of asking; and the chain's state after all of it. */
const keptSchema = z.object({ answers: z.record(z.string(), z.array(z.string())), state: z.string() });
type Kept = z.infer<typeof keptSchema>;

/** How a chain is set up: by itself, by itself and written down, or as it was before. */
export interface Rehearsal {
  /** What `asked` is answered: by `ask`, or by what it gave before. Answers are plain data. */
  answer<T>(asked: unknown, ask: () => Promise<T>): Promise<T>;
  /** The setting-up is over: the chain is now in the state that it came to. */
  end(chain: JsonRpc): Promise<void>;
}

/** Asks the chain. */
export const unrehearsed: Rehearsal = { answer: (_, ask) => ask(), end: async () => {} };

/** `key`: whatever tells this setting-up from others; `mayUse` false sets it up anew and keeps that. */
export function rehearsal(key: string, mayUse: boolean, folder = inCache('chains')): Rehearsal {
  const file = path.join(folder, `${digestOf(key)}.json.br`);
  const kept = mayUse ? readChain(file) : undefined;
  return kept === undefined ? recording(file) : playingBack(kept);
}

function recording(file: string): Rehearsal {
  const answers: Record<string, string[]> = {};
  let isOver = false;
  return {
    answer: async (asked, ask) => {
      const answer = await ask();
      if (!isOver) (answers[digestOf(packJson(asked))] ??= []).push(packJson(answer));
      return answer;
    },
    end: async (chain) => {
      isOver = true;
      const kept: Kept = { answers, state: await chain.call<string>('anvil_dumpState') };
      // The state is compressed as it comes.
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY };
      keep(file, brotliCompressSync(JSON.stringify(kept), { params }));
    },
  };
}

function playingBack({ answers, state }: Kept): Rehearsal {
  let isOver = false;
  return {
    answer: async (asked, ask) => {
      if (isOver) return ask();
      const answer = answers[digestOf(packJson(asked))]?.shift();
      if (answer === undefined) throw new RehearsalDiffers(`this was not asked before: ${packJson(asked)}`);
      return unpackJson(answer);
    },
    end: async (chain) => {
      const unasked = Object.values(answers).flat().length;
      if (unasked > 0) throw new RehearsalDiffers(`${unasked} requests of before were not made`);
      isOver = true;
      await chain.call('anvil_loadState', [state]);
    },
  };
}

/** An unreadable file is as good as none: what is set up anew replaces it. */
function readChain(file: string): Kept | undefined {
  const bytes = readKept(file);
  if (bytes === undefined) return undefined;
  try {
    return keptSchema.safeParse(JSON.parse(brotliDecompressSync(bytes).toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A connection to a chain whose setting-up is rehearsed. */
export class RehearsedRpc extends JsonRpc {
  readonly #rehearsal: Rehearsal;
  /** Acts under way, which are rehearsed as a whole. */
  #acts = 0;

  constructor(url: string, rehearsal: Rehearsal, options: JsonRpcOptions) {
    super(url, options);
    this.#rehearsal = rehearsal;
  }

  override batch<T extends readonly unknown[]>(calls: readonly RpcCall[]): Promise<T> {
    if (this.#acts > 0) return super.batch<T>(calls);
    return this.#rehearsal.answer(calls, () => super.batch<T>(calls));
  }

  /** Rehearses an act that asks more than once: only what it is and what it comes to count. */
  act<T>(what: unknown, act: () => Promise<T>): Promise<T> {
    return this.#rehearsal.answer(what, async () => {
      this.#acts += 1;
      try {
        return await act();
      } finally {
        this.#acts -= 1;
      }
    });
  }
}
