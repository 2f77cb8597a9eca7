/**
 * Reads of one state in as few calls as a node allows: all in one by a lens, whose code goes along; where nodes refuse that, a
 * batch. Which it is, is found out once for each connection.
 */
import type { RpcCall } from './block-needs.ts';
import { type JsonRpc, JsonRpcError } from './json-rpc.ts';
import { packed, unpacked } from './lens/lens.ts';

/** Fewer are as quick by themselves. */
const FEWEST = 2;
/** So that one call stays below the gas that nodes give to a call, as far as can be told. */
const MOST_CALLS = 240;

interface Known {
  /** Undefined until tried. */
  takesLens: boolean | undefined;
  mostCalls: number;
}

const knownOf = new WeakMap<JsonRpc, Known>();

/** Answers in the order asked, as the node gives them. The first error is thrown. */
export async function readMany(
  rpc: JsonRpc,
  block: number | 'latest',
  blockTag: string,
  calls: readonly RpcCall[],
): Promise<readonly unknown[]> {
  const known = knownOf.get(rpc) ?? { takesLens: undefined, mostCalls: MOST_CALLS };
  knownOf.set(rpc, known);
  const pieces =
    known.takesLens === false || calls.length < FEWEST ? undefined : piecesOf(calls, blockTag, known.mostCalls);
  // Several at the newest block might not be about the same one.
  if (pieces === undefined || (block === 'latest' && pieces.length > 1)) return plainly(rpc, block, calls);
  return (await throughLens(rpc, block, pieces, known)) ?? knowing(known, await plainly(rpc, block, calls));
}

interface Piece {
  readonly calls: readonly RpcCall[];
  readonly asOne: RpcCall;
}

/** Undefined when there is something among them that a lens does not see. */
function piecesOf(calls: readonly RpcCall[], blockTag: string, mostCalls: number): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (let at = 0; at < calls.length; at += mostCalls) {
    const part = calls.slice(at, at + mostCalls);
    const asOne = packed(part, blockTag);
    if (asOne === undefined) return undefined;
    pieces.push({ calls: part, asOne });
  }
  return pieces;
}

/** Undefined when the node does not answer as a lens would. */
async function throughLens(
  rpc: JsonRpc,
  block: number | 'latest',
  pieces: readonly Piece[],
  known: Known,
): Promise<readonly unknown[] | undefined> {
  const calls = pieces.flatMap((piece) => piece.calls);
  let told: readonly unknown[];
  try {
    told = await plainly(
      rpc,
      block,
      pieces.map(({ asOne }) => asOne),
    );
  } catch (error) {
    if (error instanceof JsonRpcError) return undefined;
    throw error;
  }
  const answers: (string | undefined)[] = [];
  for (const [index, piece] of pieces.entries()) {
    const some = unpacked(told[index], piece.calls.length);
    if (some === undefined) return undefined;
    answers.push(...some);
  }
  known.takesLens = true;
  return withFailed(rpc, block, calls, answers);
}

/** Those that failed are asked by themselves: the node says why, or gives what was too much for one call. */
async function withFailed(
  rpc: JsonRpc,
  block: number | 'latest',
  calls: readonly RpcCall[],
  answers: readonly (string | undefined)[],
): Promise<readonly unknown[]> {
  const failed = calls.filter((_, index) => answers[index] === undefined);
  if (failed.length === 0) return answers;
  // Some of them alone might see a newer block.
  if (block === 'latest') return plainly(rpc, block, calls);
  const again = [...(await plainly(rpc, block, failed))];
  return answers.map((answer) => answer ?? again.shift());
}

/** Called when the plain way answered where the lens did not: it is refused altogether, or that was too much at once. */
function knowing<T>(known: Known, answers: T): T {
  if (known.takesLens === undefined) known.takesLens = false;
  else known.mostCalls = Math.max(FEWEST, Math.floor(known.mostCalls / 2));
  return answers;
}

const plainly = (rpc: JsonRpc, block: number | 'latest', calls: readonly RpcCall[]): Promise<unknown[]> =>
  block === 'latest' ? rpc.batch<unknown[]>(calls) : rpc.batchAbout<unknown[]>(block, calls);
