/**
 * Client of the FDC's data-availability layer: which rounds it has, and the proof of a request.
 *
 * Asks the raw v1 endpoint, whose bytes no JSON parser can change, and v0 where raw is not served. A missing proof does not
 * say why; compare latestRound() with the round asked for.
 */
import { z } from 'zod';
import { JsonService } from './json-service.ts';
import { encodeResponse } from './response-codec.ts';
import type { AttestationTypeName, Hex } from './types.ts';
import type { Waiter } from '../../units/waiter.ts';

export interface DataAvailabilityClientOptions {
  /** Equivalent base URLs, for example https://ctn2-data-availability.flare.network */
  readonly urls: readonly string[];
  /** Raises the rate limit; not needed. */
  readonly apiKey?: string;
  readonly waiter: Waiter;
  readonly timeoutMs?: number;
}

/** A proof as served: abi.encode(response) and the siblings, empty for a round with one attestation. */
export interface RawProof {
  readonly responseHex: Hex;
  readonly merkleProof: Hex[];
}

/** Every deployment has the path, so a 404 comes from a gateway. */
const MISROUTED = { passing: [404] };

const hex = z.string().startsWith('0x');
const status = z.object({ latest_fdc: z.object({ voting_round_id: z.number() }) });
const rawAnswer = z.object({ response_hex: hex, proof: z.array(hex) });
const v0Answer = z.object({ response: z.unknown(), proof: z.array(hex) });
const notThere = z.object({ error: z.literal('attestation request not found') });

export class DataAvailabilityClient {
  readonly #service: JsonService;

  constructor({ apiKey, ...options }: DataAvailabilityClientOptions) {
    this.#service = new JsonService({
      name: 'data availability',
      ...options,
      ...(apiKey === undefined ? {} : { headers: { 'x-api-key': apiKey } }),
    });
  }

  /** Newest FDC round that is stored with its proofs, -1 for none. */
  async latestRound(): Promise<number> {
    return status.parse(await this.#service.get('/api/v0/fsp/status', MISROUTED)).latest_fdc.voting_round_id;
  }

  /** Undefined when there is no proof (yet). Throws ServiceRefused or ServiceUnavailable. */
  async proof(type: AttestationTypeName, votingRoundId: number, requestHex: Hex): Promise<RawProof | undefined> {
    const body = { votingRoundId, requestBytes: requestHex };
    const path = '/api/v1/fdc/proof-by-request-round-raw';
    const answer = await this.#service.send('POST', path, body);
    if (answer.httpStatus === 404) return await this.#proofV0(type, body);
    if (answer.httpStatus === 400 && notThere.safeParse(answer.json).success) return undefined;
    const { response_hex: responseHex, proof } = rawAnswer.parse(this.#service.accept(path, answer));
    return { responseHex, merkleProof: proof };
  }

  async #proofV0(type: AttestationTypeName, body: object): Promise<RawProof | undefined> {
    const path = '/api/v0/fdc/get-proof-round-id-bytes';
    const answer = await this.#service.send('POST', path, body, MISROUTED);
    if (answer.httpStatus === 400 && notThere.safeParse(answer.json).success) return undefined;
    const { response, proof } = v0Answer.parse(this.#service.accept(path, answer));
    return { responseHex: encodeResponse(type, response), merkleProof: proof };
  }
}
