/**
 * A chain on which some transactions wait until more is paid for them: stands before a node, takes them as a pool does, and
 * gives the node one of the rivals of a nonce when enough have been offered, or when fees have eased.
 *
 * Which wait, for how many raises, and whether then the oldest or the newest gets in, is drawn for each nonce.
 */
import { Transaction } from 'ethers';
import { z } from 'zod';
import { type Proxy, give, startProxy } from '../../devnet/http/proxy.ts';
import { drawsOf } from './draws.ts';

/** A transaction that was offered, with its rivals under the same account and nonce. */
export interface Offer {
  readonly account: string;
  readonly nonce: number;
  readonly hash: string;
  /** Whom it pays or calls, with what and how much; the same for rivals, which differ in their fees only. */
  readonly act: string;
}

export interface FeeMarketOptions {
  readonly seed: string;
  /** Of a hundred nonces so many wait. */
  readonly percent: number;
  /** Real milliseconds after which a nonce's newest transaction gets in although nobody paid more. */
  readonly easeMs: number;
}

interface Place {
  /** Oldest first. */
  readonly rivals: string[];
  readonly sinceMs: number;
  readonly raises: number;
  readonly isOldestTaken: boolean;
  isOpen: boolean;
}

/** What becomes of offered bytes: they wait, or these go to the node. */
export type Taken = { readonly waits: true } | { readonly waits: false; readonly raw: string };

export class FeeMarket {
  readonly #options: FeeMarketOptions;
  readonly #places = new Map<string, Place>();
  readonly #offers = new Map<string, Offer>();

  constructor(options: FeeMarketOptions) {
    this.#options = options;
  }

  /** Everything that was ever offered, in that order. */
  get offers(): readonly Offer[] {
    return [...this.#offers.values()];
  }

  take(raw: string, nowMs: number): Taken {
    const { from, nonce, hash, to, data, value, maxFeePerGas, maxPriorityFeePerGas } = Transaction.from(raw);
    const account = (from ?? '').toLowerCase();
    this.#offers.set(hash ?? '', { account, nonce, hash: hash ?? '', act: `${to} ${data} ${value}` });
    const place = this.#placeOf(`${account} ${nonce}`, nowMs);
    if (!place.rivals.includes(raw)) place.rivals.push(raw);
    // Who must pay an exact price has no more to offer.
    const isExact = maxFeePerGas === maxPriorityFeePerGas;
    if (place.isOpen || isExact || place.raises === 0) return { waits: false, raw };
    const isOutbid = place.rivals.length > place.raises;
    place.isOpen = isOutbid || nowMs - place.sinceMs > this.#options.easeMs;
    if (!place.isOpen) return { waits: true };
    const winner = isOutbid && place.isOldestTaken ? place.rivals[0] : place.rivals.at(-1);
    return { waits: false, raw: winner ?? raw };
  }

  #placeOf(name: string, nowMs: number): Place {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const draw = drawsOf(`${this.#options.seed} ${name}`);
    const raises = draw(100) < this.#options.percent ? 1 + Number(draw(4) === 0) : 0;
    const place = { rivals: [], sinceMs: nowMs, raises, isOldestTaken: draw(3) === 0, isOpen: false };
    this.#places.set(name, place);
    return place;
  }
}

const callSchema = z.object({ id: z.number(), method: z.string(), params: z.array(z.unknown()) });
type Call = z.infer<typeof callSchema>;
const answersSchema = z.union([z.array(z.unknown()), z.unknown().transform((answer) => [answer])]);

const SENDING = /^eth_sendRawTransaction(Sync)?$/;
/** Code with which a node says that it gave up waiting for a receipt (EIP-7966). */
const NO_RECEIPT_YET = 4;

/** Puts a market before the node at `url`. */
export const startFeeMarket = (url: string, market: FeeMarket): Promise<Proxy> =>
  startProxy('a fee market', url, async (exchange, forward, response) => {
    const parsed: unknown = JSON.parse(exchange.body);
    const calls = z.array(callSchema).parse(Array.isArray(parsed) ? parsed : [parsed]);
    const ask: Ask = async (asked) => {
      if (asked.length === 0) return [];
      const body = JSON.stringify(asked.map((call) => ({ jsonrpc: '2.0', ...call })));
      return answersSchema.parse(JSON.parse((await forward({ ...exchange, body })).body));
    };
    const sent: unknown[] = [];
    for (const call of calls.filter(({ method }) => SENDING.test(method)))
      sent.push(...(await send(call, market, ask)));
    const answers = [...sent, ...(await ask(calls.filter(({ method }) => !SENDING.test(method))))];
    const headers = { 'content-type': 'application/json' };
    give(response, { status: 200, headers, body: JSON.stringify(Array.isArray(parsed) ? answers : answers[0]) });
  });

type Ask = (calls: readonly Call[]) => Promise<readonly unknown[]>;

async function send(call: Call, market: FeeMarket, ask: Ask): Promise<readonly unknown[]> {
  const { id, method, params } = call;
  const raw = String(params[0]);
  const taken = market.take(raw, performance.now());
  if (!taken.waits && taken.raw === raw) return ask([call]);
  if (!taken.waits) await ask([{ id, method: 'eth_sendRawTransaction', params: [taken.raw] }]);
  const { hash } = Transaction.from(raw);
  if (!method.endsWith('Sync')) return [{ jsonrpc: '2.0', id, result: hash }];
  return [{ jsonrpc: '2.0', id, error: { code: NO_RECEIPT_YET, message: `no receipt in time of ${hash}` } }];
}
