/**
 * The terms of defaults at the block before. They are read as soon as anybody sees the event, since the
 * redeemer may be in a step of hundreds of blocks, and a chain forgets old states.
 */
import { type AgentDefaultTerms, defaultTerms } from '../model/redemption-default.ts';
import type { Point } from '../model/state.ts';
import { Remembered } from '../units/remembered.ts';
import type { Informer, Who } from './informer.ts';
import type { ProtocolEvent } from './protocol-logs.ts';

type Terms = ReturnType<typeof defaultTerms>;

export class DefaultTermsReader {
  readonly #informer: Pick<Informer, 'market'>;
  /** By position in the chain, so that blocks from before a restore are not confused with later ones. */
  readonly #known = new Remembered<Terms>();
  /** Positions of all noticed defaults, with a way to read them again if reading ahead failed. */
  readonly #noticed = new Map<string, () => Promise<Terms>>();
  /** EVM addresses of everybody who has looked; strangers' payouts do not matter. */
  readonly #redeemers = new Set<string>();

  constructor(informer: Pick<Informer, 'market'>) {
    this.#informer = informer;
  }

  /**
   * Reads the terms of every new default among the events that pays somebody who has looked, except those that `who` asked
   * for in `own` transactions.
   */
  notice(who: Who, events: readonly ProtocolEvent[], own: ReadonlySet<string>, at: Point): void {
    this.#redeemers.add(who.evmAddress.toLowerCase());
    for (const event of events) {
      if (event.event.name !== 'RedemptionDefault' || own.has(event.hash)) continue;
      const place = placeOf(event);
      // The watch over the protocol may have read it first.
      const isNoticed = this.#noticed.has(place) && this.#known.has(place);
      if (!this.paysSomebodyOfTheRun(event) || isNoticed) continue;
      const read = () => this.#read(event, events, at);
      this.#noticed.set(place, read);
      void this.#known.of(place, read);
    }
  }

  /** Of a default that was noticed. Throws when another transaction of its block may have changed them. */
  async of(event: ProtocolEvent): Promise<Terms> {
    const place = placeOf(event);
    const read = this.#noticed.get(place);
    if (read === undefined) throw new Error(`the default in ${event.hash} was not noticed`);
    return this.#known.of(place, read);
  }

  /** Of any default among the events; undefined when another transaction of its block may have changed them. */
  async termsOf(
    event: ProtocolEvent,
    events: readonly ProtocolEvent[],
    at: Point,
  ): Promise<AgentDefaultTerms | undefined> {
    if (sharesItsBlock(event, events)) return undefined;
    const { terms } = await this.#known.of(placeOf(event), () => this.#read(event, events, at));
    return terms;
  }

  /** True when the redeemer is somebody who has looked. */
  paysSomebodyOfTheRun({ event }: ProtocolEvent): boolean {
    return this.#redeemers.has(String(event.args['redeemer']).toLowerCase());
  }

  async #read(event: ProtocolEvent, events: readonly ProtocolEvent[], at: Point): Promise<Terms> {
    if (sharesItsBlock(event, events))
      throw new Error(
        `what stood before the default in ${event.hash} cannot be read: its block has other transactions`,
      );
    const market = await this.#informer.market({ ...at, block: event.block - 1 });
    return defaultTerms(market, String(event.event.args['agentVault']).toLowerCase());
  }
}

const sharesItsBlock = ({ block, hash }: ProtocolEvent, events: readonly ProtocolEvent[]): boolean =>
  events.some((other) => other.block === block && other.hash !== hash);

const placeOf = ({ blockHash, hash, event }: ProtocolEvent): string =>
  `${blockHash} ${hash} ${event.args['requestId']}`;
