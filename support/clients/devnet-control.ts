/**
 * Drives a devnet from outside: its time, its snapshots, its faults. For networks whose record has a controlUrl.
 *
 * It keeps one connection open, since a test run makes thousands of these calls.
 */
import { type Traffic, told } from './traffic.ts';
import type { Verdict } from './verdict.ts';
import http from 'node:http';
import { z } from 'zod';

const answerSchema = z.union([z.object({ result: z.unknown() }), z.object({ error: z.string() })]);

/** The devnet refused a control call; the message is its own. */
export class DevnetControlError extends Error implements Verdict {
  override name = 'DevnetControlError';
  readonly verdict = 'unknown';
  readonly kind = 'DevnetControlError';
}

export class DevnetControl {
  readonly url: string;
  readonly #token: string;
  readonly #traffic: Traffic | undefined;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1, noDelay: true });

  /** The URL and the token of the devnet's record. */
  constructor(url: string, token: string, traffic?: Traffic) {
    this.url = url;
    this.#token = token;
    this.#traffic = traffic;
  }

  /** Unix seconds of the devnet. */
  async nowS(): Promise<number> {
    return z.number().parse(await this.#call('now'));
  }

  /** Moves time forward, does everything due on the way, and returns the new time. */
  async advanceTo(atS: number): Promise<number> {
    return z.number().parse(await this.#call('advanceTo', { atS }));
  }

  /** Id of a snapshot of the whole devnet as it is now. */
  async snapshot(): Promise<number> {
    return z.number().parse(await this.#call('snapshot'));
  }

  /** Puts the devnet back to a snapshot, any number of times; snapshots taken after it are gone. */
  async restore(id: number): Promise<void> {
    await this.#call('restore', { id });
  }

  /** Injects these faults instead of the previous ones; `{}` heals everything. */
  async setFaults(faults: object): Promise<void> {
    await this.#call('setFaults', { faults });
  }

  /** Publishes a price of XRP at once, shifted by so much from the usual one. */
  async publishPrice(shiftBips: number): Promise<void> {
    await this.#call('publishPrice', { shiftBips });
  }

  /**
   * An agent announces another fee or share, which it changes when the protocol lets it. Returns the value that the setting will
   * have: that of an earlier announcement if it is still to come.
   */
  async announceSetting(vault: string, name: string, value: number): Promise<number> {
    return z.number().parse(await this.#call('announceSetting', { vault, name, value }));
  }

  /** Mines a block that asks so much for a unit of gas; the ones after it ask less and less. */
  async setBaseFee(wei: bigint): Promise<void> {
    await this.#call('setBaseFee', { wei: String(wei) });
  }

  /** What the devnet says about itself: protocol, agents, reverted transactions of its services. */
  async describe(): Promise<unknown> {
    return this.#call('describe');
  }

  /** Makes a call once more as it was told of to `traffic`. */
  async repeat(method: string, params: unknown): Promise<void> {
    await this.#call(method, params);
  }

  /** Closes the connection; it opens again by itself when needed. */
  close(): void {
    this.#agent.destroy();
  }

  async #call(method: string, params?: unknown): Promise<unknown> {
    const text = await told(this.#traffic, { service: 'control', calls: [{ method, params }] }, () =>
      this.#post(JSON.stringify({ method, params })),
    );
    const answer = answerSchema.parse(JSON.parse(text));
    if ('error' in answer) throw new DevnetControlError(answer.error);
    return answer.result;
  }

  #post(body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) =>
        reject(new Error(`the devnet at ${this.url} does not answer: ${error.message}`, { cause: error }));
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${this.#token}`,
      };
      const request = http.request(this.url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', fail);
        response.on('end', () => resolve(text));
      });
      request.on('error', fail);
      request.end(body);
    });
  }
}
