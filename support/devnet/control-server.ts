/**
 * Takes control calls for a devnet over HTTP on the local machine, one after the other: time, snapshots, faults.
 *
 * POST { method, params } and the answer is { result } or, with status 400, { error }. Decides nothing itself.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export interface ControlTarget {
  now(): number;
  /** The new time. */
  advanceTo(atS: number): Promise<number>;
  snapshot(): Promise<number>;
  restore(id: number): Promise<void>;
  /** Throws for data that is no fault plan. */
  setFaults(plan: unknown): void;
  /** What can be said about the devnet, as JSON. */
  describe(): unknown;
}

export interface ControlServer {
  readonly url: string;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const BODY_LIMIT_CHARACTERS = 100_000;

const callSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('now') }),
  z.object({ method: z.literal('advanceTo'), params: z.object({ atS: z.number().int() }) }),
  z.object({ method: z.literal('snapshot') }),
  z.object({ method: z.literal('restore'), params: z.object({ id: z.number().int() }) }),
  z.object({ method: z.literal('setFaults'), params: z.object({ faults: z.unknown() }) }),
  z.object({ method: z.literal('describe') }),
]);

/** Rejects with an error that names the port when it is taken. Port 0 takes a free one. */
export async function startControlServer(target: ControlTarget, port = 0): Promise<ControlServer> {
  let last: Promise<unknown> = Promise.resolve(); // calls wait for one another
  const server = http.createServer((request, response) => {
    const answer = last.then(() => answerTo(target, request));
    last = answer;
    void answer.then(({ status, body }) => {
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    });
  });
  server.keepAliveTimeout = 0; // an idle client must not find its connection closed just as it writes
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is busy' : `cannot be opened: ${cause.message}`;
      reject(new Error(`devnet control: port ${port} ${why}`, { cause }));
    });
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
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
  switch (call.method) {
    case 'now':
      return target.now();
    case 'advanceTo':
      return target.advanceTo(call.params.atS);
    case 'snapshot':
      return target.snapshot();
    case 'restore':
      return target.restore(call.params.id);
    case 'setFaults':
      return target.setFaults(call.params.faults);
    case 'describe':
      return target.describe();
  }
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
