/**
 * Takes control calls for a devnet over HTTP on the local machine, one after the other: time, snapshots, faults.
 *
 * POST { method, params } and the answer is { result } or, with status 400, { error }. Decides nothing itself.
 */
import http from 'node:http';
import { z } from 'zod';
import { listenOnLoopback } from './loopback.ts';

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
  /** What can be said about the devnet, as JSON. */
  describe(): unknown;
}

export interface ControlServer {
  readonly url: string;
  stop(): Promise<void>;
}

const BODY_LIMIT_CHARACTERS = 100_000;

const callSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('now') }),
  z.object({ method: z.literal('advanceTo'), params: z.object({ atS: z.number().int() }) }),
  z.object({ method: z.literal('snapshot') }),
  z.object({ method: z.literal('restore'), params: z.object({ id: z.number().int() }) }),
  z.object({ method: z.literal('setFaults'), params: z.object({ faults: z.unknown() }) }),
  z.object({ method: z.literal('publishPrice'), params: z.object({ shiftBips: z.number().int() }) }),
  z.object({ method: z.literal('describe') }),
]);

/** Rejects with an error that names the port when it is taken. Port 0 takes a free one. */
export async function startControlServer(target: ControlTarget, port = 0): Promise<ControlServer> {
  let last = Promise.resolve(); // calls wait for one another
  const server = http.createServer((request, response) => {
    last = last.then(() => answer(target, request, response));
  });
  server.keepAliveTimeout = 0; // an idle client must not find its connection closed just as it writes
  return {
    url: await listenOnLoopback(server, 'devnet control', port),
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly body: { readonly result: unknown } | { readonly error: string };
}

async function answer(
  target: ControlTarget,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { status, body } = await answerTo(target, request);
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Never rejects: what goes wrong is the answer. */
async function answerTo(target: ControlTarget, request: http.IncomingMessage): Promise<Answer> {
  try {
    if (request.method !== 'POST') throw new Error('control calls are POST requests');
    const call = callSchema.safeParse(JSON.parse(await bodyOf(request)));
    if (!call.success) throw new Error(`not a control call: ${z.prettifyError(call.error)}`);
    return { status: 200, body: { result: (await perform(target, call.data)) ?? null } };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

async function perform(target: ControlTarget, call: z.infer<typeof callSchema>): Promise<unknown> {
  if (call.method === 'now') return target.now();
  if (call.method === 'advanceTo') return target.advanceTo(call.params.atS);
  if (call.method === 'snapshot') return target.snapshot();
  if (call.method === 'restore') return target.restore(call.params.id);
  if (call.method === 'setFaults') return target.setFaults(call.params.faults);
  if (call.method === 'publishPrice') return target.publishPrice(call.params.shiftBips);
  return target.describe();
}

async function bodyOf(request: http.IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request as AsyncIterable<string>) {
    text += chunk;
    if (text.length > BODY_LIMIT_CHARACTERS) throw new Error('the control call is too long');
  }
  return text;
}
