/**
 * Many reads of one state as one call: a contract of our own, Lens.sol, whose code goes along with the call. Only packs and
 * unpacks; what a node makes of it is for `many-reads.ts` to see.
 */
import type { RpcCall } from '../block-needs.ts';
import { LENS_CODE } from './code.ts';

/** An address that nobody uses: keccak256('fassets-qa lens'), its first 20 bytes. */
const LENS_ADDRESS = '0xcc0a1ad00a35c57a9d8b42c87b2c75eb9d57a6ea';

interface Question {
  readonly to: string;
  /** Undefined for the native balance. */
  readonly data: string | undefined;
}

/** The calls as one; undefined where one of them is not a plain view or native balance at this block tag. */
export function packed(calls: readonly RpcCall[], blockTag: string): RpcCall | undefined {
  const parts: string[] = [];
  for (const call of calls) {
    const question = questionIn(call, blockTag);
    if (question === undefined) return undefined;
    const { to, data } = question;
    const size = data === undefined ? 'ffffffff' : hex4(data.length / 2 - 1);
    parts.push(to.slice(2), size, data === undefined ? '' : data.slice(2));
  }
  const override = { [LENS_ADDRESS]: { code: LENS_CODE } };
  return { method: 'eth_call', params: [{ to: LENS_ADDRESS, data: `0x${parts.join('')}` }, blockTag, override] };
}

/**
 * What each call returned; undefined for one that failed. Undefined as a whole where the answer is not the lens's, as of a
 * node that does not look at overrides.
 */
export function unpacked(answer: unknown, count: number): (string | undefined)[] | undefined {
  if (typeof answer !== 'string') return undefined;
  const answers: (string | undefined)[] = [];
  let at = 2 + HEAD_DIGITS;
  for (let index = 0; index < count; index += 1) {
    const from = at + 2 + SIZE_DIGITS;
    const size = Number.parseInt(answer.slice(at + 2, from), 16);
    if (Number.isNaN(size)) return undefined;
    const to = from + 2 * size;
    answers.push(answer.slice(at, at + 2) === '01' ? `0x${answer.slice(from, to)}` : undefined);
    at = to;
  }
  return at === answer.length ? answers : undefined;
}

/** Block number and timestamp. */
const HEAD_DIGITS = 32;
const SIZE_DIGITS = 8;

const hex4 = (size: number): string => size.toString(16).padStart(SIZE_DIGITS, '0');

function questionIn({ method, params }: RpcCall, blockTag: string): Question | undefined {
  const [asked, at, ...more] = params;
  if (at !== blockTag || more.length > 0) return undefined;
  if (method === 'eth_getBalance' && typeof asked === 'string') return { to: asked, data: undefined };
  if (method !== 'eth_call' || typeof asked !== 'object' || asked === null) return undefined;
  const { to, data, ...other } = asked as { readonly to?: unknown; readonly data?: unknown };
  // Whoever also says who asks, or with what money, is asked for by themselves.
  if (typeof to !== 'string' || typeof data !== 'string' || Object.keys(other).length > 0) return undefined;
  return { to, data };
}
