/**
 * The JSON-RPC transport: one POST, one answer.
 *
 * Errors of a method are answered with status 200, as the real server does: wallets read them out of `result`.
 * Only what is no request at all gets a 400 with a bare text.
 */
import { z } from 'zod';
import { parseJsonOrNothing } from '../../http/bounded-json.ts';
import type { HttpAnswer } from '../../http/http-server.ts';
import { dispatch } from './dispatch.ts';
import { defaultApiVersion, isApiVersion } from './request.ts';
import type { Host, Params, Result } from './types.ts';

const refuse = (body: string): HttpAnswer => ({ status: 400, body });
const envelope = z.looseObject({ method: z.unknown().optional(), params: z.unknown().optional() });
const paramsList = z.array(z.record(z.string(), z.unknown())).max(1).nullish();

/** Answers the body of one POST. */
export function answerJsonRpc(host: Host, body: string): HttpAnswer {
  const request = envelope.safeParse(parseJsonOrNothing(body));
  if (!request.success) return refuse('Unable to parse request: ');
  const { method } = request.data;
  if (method === undefined || method === null) return refuse('Null method');
  if (typeof method !== 'string') return refuse('method is not string');
  if (method === '') return refuse('method is empty');
  const list = paramsList.safeParse(request.data.params);
  if (!list.success) return refuse('params unparsable');
  const params = list.data?.[0] ?? {};
  const apiVersion = params.api_version ?? defaultApiVersion;
  if (!isApiVersion(apiVersion)) return refuse('invalid_API_version');
  const answer = dispatch(host, { command: method, params, apiVersion });
  const result =
    'result' in answer
      ? { ...answer.result, status: 'success' }
      : { ...answer.error, request: { command: method, ...params }, status: 'error' };
  return { status: 200, body: { result, ...correlation(request.data) } };
}

/** What a caller recognizes its answer by is handed back. */
const correlation = (request: Params): Result =>
  Object.fromEntries(
    ['id', 'jsonrpc', 'ripplerpc'].flatMap((name) => (name in request ? [[name, request[name]]] : [])),
  );
