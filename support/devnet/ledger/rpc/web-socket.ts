/**
 * The WebSocket transport: requests and answers matched by `id`, and stream messages in between.
 */
import { z } from 'zod';
import { parseJsonOrNothing } from '../../http/bounded-json.ts';
import { dispatch } from './dispatch.ts';
import { defaultApiVersion, isApiVersion } from './request.ts';
import { type ErrorFields, RpcError, rpcError } from './rpc-error.ts';
import type { Host, Params, Result, Subscriber } from './types.ts';

const message = z.record(z.string(), z.unknown());

/** Answers one message of a connection. */
export function answerMessage(host: Host, text: string, subscriber: Subscriber): Result {
  const parsed = message.safeParse(parseJsonOrNothing(text));
  if (!parsed.success) return { type: 'error', error: 'jsonInvalid', value: text };
  const request = parsed.data;
  const { command = request.method } = request;
  const apiVersion = request.api_version ?? defaultApiVersion;
  if (typeof command !== 'string') return failure(request, rpcError('commandMissing').fields);
  if (!isApiVersion(apiVersion)) return failure(request, new RpcError({ error: 'invalid_API_version' }).fields);
  const answer = dispatch(host, { command, params: request, apiVersion, subscriber });
  if ('error' in answer) return failure(request, answer.error);
  return { ...correlation(request), type: 'response', status: 'success', result: answer.result };
}

const failure = (request: Params, error: ErrorFields): Result => ({
  ...correlation(request),
  type: 'response',
  status: 'error',
  ...error,
  request,
});

/** The version is echoed only to those who named one. */
const correlation = (request: Params): Result => ({
  ...('id' in request && { id: request.id }),
  ...('api_version' in request && { api_version: request.api_version }),
});
