/**
 * What is known about one block, the newest that anybody asked about: what is asked at the same moment goes out together, and
 * what was answered is not asked again. A block never changes; whoever puts the chain back says so with `forget`.
 */
import type { RpcCall } from './block-needs.ts';
import type { JsonRpc } from './json-rpc.ts';
import { readMany } from './many-reads.ts';

/** What somebody asked for together. */
interface Wish {
  readonly calls: readonly RpcCall[];
  readonly resolve: (answers: readonly unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Known {
  readonly block: number;
  readonly answers: Map<string, unknown>;
  /** What goes out next. */
  wishes: Wish[];
  /** Goes along with the next wish; nobody waits for it. */
  expected: readonly RpcCall[];
}

const knownOf = (block: number): Known => ({ block, answers: new Map(), wishes: [], expected: [] });

export class BlockMemory {
  readonly #rpc: JsonRpc;
  #known = knownOf(-1);

  constructor(rpc: JsonRpc) {
    this.#rpc = rpc;
  }

  /** Answers in the order asked. Throws what the node answers to the first of these calls that fails. */
  async read(block: number, blockTag: string, calls: readonly RpcCall[]): Promise<readonly unknown[]> {
    if (block < this.#known.block) return readMany(this.#rpc, block, blockTag, calls);
    const known = this.#at(block);
    const answers = calls.map((call) => known.answers.get(keyOf(call)));
    if (!answers.includes(undefined)) return answers;
    return new Promise((resolve, reject) => {
      known.wishes.push({ calls, resolve, reject });
      // Whoever is about to ask at this moment still comes before.
      if (known.wishes.length === 1) setImmediate(() => void this.#grant(known, blockTag));
    });
  }

  /** These will be asked for soon, so they go along with the next that is asked about the block. */
  expect(block: number, calls: readonly RpcCall[]): void {
    if (block < this.#known.block) return;
    const known = this.#at(block);
    known.expected = [...known.expected, ...calls];
  }

  /** Call after the chain was put back. */
  forget(): void {
    this.#known = knownOf(-1);
  }

  #at(block: number): Known {
    if (block !== this.#known.block) this.#known = knownOf(block);
    return this.#known;
  }

  async #grant(known: Known, blockTag: string): Promise<void> {
    const { wishes, expected, answers, block } = known;
    known.wishes = [];
    known.expected = [];
    const missing = new Map<string, RpcCall>();
    for (const call of [...wishes.flatMap(({ calls }) => calls), ...expected])
      if (!answers.has(keyOf(call))) missing.set(keyOf(call), call);
    try {
      const found = await readMany(this.#rpc, block, blockTag, [...missing.values()]);
      for (const [index, key] of [...missing.keys()].entries()) answers.set(key, found[index]);
    } catch {
      // A failure concerns those whose call failed, and nobody else.
      for (const { calls, resolve, reject } of wishes)
        await readMany(this.#rpc, block, blockTag, calls).then(resolve, reject);
      return;
    }
    for (const { calls, resolve } of wishes) resolve(calls.map((call) => answers.get(keyOf(call))));
  }
}

/** A view or a balance; which block it is about is known. */
function keyOf({ method, params: [asked] }: RpcCall): string {
  if (typeof asked !== 'object' || asked === null) return `${method} ${String(asked)}`;
  return Object.entries(asked)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(' ');
}
