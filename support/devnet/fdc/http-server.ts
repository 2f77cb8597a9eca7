/**
 * What both FDC servers share in how they speak HTTP: JSON in, JSON out with integers of any size, errors in one form.
 *
 * Routing is the caller's function; nothing of the FDC is known here.
 */
import { parseJson } from '../http/bounded-json.ts';
import * as http from '../http/http-server.ts';
import type { Visitors } from '../http/visitors.ts';
import { isRecord } from './is-record.ts';

export type { HttpAnswer, RunningServer } from '../http/http-server.ts';

export interface HttpRequest extends http.HttpRequest {
  /** Parsed JSON of the body; undefined without one. */
  readonly body: unknown;
}

export type Handler = (request: HttpRequest) => http.HttpAnswer;

export const ok = (body: unknown): http.HttpAnswer => ({ status: 200, body });
export const notFound = (method: string, path: string): http.HttpAnswer => ({
  status: 404,
  body: { message: `Cannot ${method} ${path}`, error: 'Not Found', statusCode: 404 },
});

export interface FdcServerOptions {
  readonly owner: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly visitors?: Visitors;
}

/** Rejects with an error that names the port when it is taken. */
export function startFdcServer(
  { owner, port = 0, visitors = {} }: FdcServerOptions,
  handler: Handler,
): Promise<http.RunningServer> {
  const printRefusal = (statusCode: number, message: string) => ({ statusCode, message });
  return http.startHttpServer({ owner, port, visitors, printRefusal, printJson: toJson }, (request) =>
    handler({ ...request, body: request.text === '' ? undefined : parseJson(request.text) }),
  );
}

/** JSON.stringify that prints a bigint as a JSON number with all its digits. */
export function toJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`).join(',')}}`;
}
