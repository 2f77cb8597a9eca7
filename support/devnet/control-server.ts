/**
 * Takes control calls for a devnet over HTTP on the local machine, one after the other: time, snapshots, faults.
 *
 * POST { method, params } with the devnet's token, and the answer is { result } or, with another status than 200, { error }.
 * Decides nothing itself.
 */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from './http/bounded-json.ts';
import { type HttpAnswer, type HttpRequest, startHttpServer } from './http/http-server.ts';
import type { SettingChange } from './agents/setting.ts';
import { Refused } from './http/refused.ts';
import type { Visitors } from './http/visitors.ts';

export interface ControlTarget {
  now(): number;
  /** The new time. */
  advanceTo(atS: number): Promise<number>;
  snapshot(): Promise<number>;
  restore(id: number): Promise<void>;
  /** Throws for data that is no fault plan. */
  setFaults(plan: unknown): void;
  /** The price of XRP becomes so many bips more (or less) than the usual one. */
  publishPrice(shiftBips: number): Promise<void>;
  /** A block is mined that asks so much for a unit of gas; the ones after it ask less and less, as nobody fills them. */
  setBaseFee(wei: bigint): Promise<void>;
  /**
   * An agent announces another fee or share and changes it when it may. The value that the setting will have: that of an earlier
   * announcement if it is still to come. Throws when the protocol refuses.
   */
  announceSetting(change: SettingChange): Promise<bigint>;
  /** What can be said about the devnet, as JSON. */
  describe(): unknown;
}

export interface ControlServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ControlServerOptions {
  /** What a caller must know. */
  readonly token: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
}

const shiftBips = z
  .number()
  .int()
  .gt(-10_000, 'above -10000 bips, as a price stays above 0')
  .max(1_000_000, 'at most 1000000 bips, a price a hundred times as high');

const baseFee = z
  .string()
  .regex(/^\d{1,15}$/, 'a whole number of wei as text, below a million gwei')
  .transform(BigInt);

const settingChange = z.object({
  vault: z.string(),
  name: z.enum(['feeBIPS', 'poolFeeShareBIPS', 'redemptionPoolFeeShareBIPS']),
  value: z.number().int().nonnegative().max(10_000, 'at most 10000 bips, which is all of it'),
});

const callSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('now') }),
  z.object({ method: z.literal('advanceTo'), params: z.object({ atS: z.number().int().nonnegative() }) }),
  z.object({ method: z.literal('snapshot') }),
  z.object({ method: z.literal('restore'), params: z.object({ id: z.number().int().positive() }) }),
  z.object({ method: z.literal('setFaults'), params: z.object({ faults: z.unknown() }) }),
  z.object({ method: z.literal('publishPrice'), params: z.object({ shiftBips }) }),
  z.object({ method: z.literal('setBaseFee'), params: z.object({ wei: baseFee }) }),
  z.object({ method: z.literal('announceSetting'), params: settingChange }),
  z.object({ method: z.literal('describe') }),
]);

/** Rejects with an error that names the port when it is taken. */
export async function startControlServer(target: ControlTarget, options: ControlServerOptions): Promise<ControlServer> {
  const { token, port = 0, visitors = {} } = options;
  let last: Promise<unknown> = Promise.resolve(); // whole calls wait for one another; half ones are nobody's turn
  return startHttpServer({ owner: 'devnet control', port, visitors }, (request) => {
    const call = callIn(request, token);
    const answer = last.then(() => answerTo(target, call, request));
    last = answer;
    return answer;
  });
}

type Call = z.infer<typeof callSchema>;

/** Throws Refused for what is no call, or not from whom the devnet's record was given to. */
function callIn({ method, headers, text }: HttpRequest, token: string): Call {
  if (method !== 'POST') throw new Refused(405, 'control calls are POST requests');
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    throw new Refused(415, 'control calls have the content type application/json');
  if (!isSame(headers.authorization, `Bearer ${token}`))
    throw new Refused(
      401,
      "control calls carry the devnet's token: Authorization: Bearer, then controlToken of its record",
    );
  const call = callSchema.safeParse(parseJson(text));
  if (!call.success) throw new Refused(400, `not a control call: ${z.prettifyError(call.error)}`);
  return call.data;
}

/** Takes the same time wherever the two differ. */
function isSame(given = '', wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Never rejects: what goes wrong is the answer. Who has hung up before his turn wants nothing any more. */
async function answerTo(target: ControlTarget, call: Call, { isGone }: HttpRequest): Promise<HttpAnswer> {
  if (isGone()) return { status: 400, body: { error: 'the caller has hung up' } };
  try {
    return { status: 200, body: { result: (await perform(target, call)) ?? null } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

async function perform(target: ControlTarget, call: Call): Promise<unknown> {
  if (call.method === 'now') return target.now();
  if (call.method === 'advanceTo') return target.advanceTo(call.params.atS);
  if (call.method === 'snapshot') return target.snapshot();
  if (call.method === 'restore') return target.restore(call.params.id);
  if (call.method === 'setFaults') return target.setFaults(call.params.faults);
  if (call.method === 'publishPrice') return target.publishPrice(call.params.shiftBips);
  if (call.method === 'setBaseFee') return target.setBaseFee(call.params.wei);
  if (call.method === 'announceSetting')
    return Number(await target.announceSetting({ ...call.params, value: BigInt(call.params.value) }));
  return target.describe();
}
