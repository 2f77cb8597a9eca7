/**
 * Reserves destination tags for direct mintings and hands them on. No formulas here.
 */
import { mintingTagsInterface } from '../clients/flare/interfaces.ts';
import { type NamedEvent, eventsOf } from '../readers/events.ts';
import type { Hands } from './hands.ts';

/** Events of the tag manager: the name, then the arguments, addresses lower-case. */
export type TagEvents = readonly string[];

export class TagOwner {
  readonly #hands: Hands;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  /** The user's address on the EVM chain. */
  get address(): string {
    return this.#hands.evmAddress;
  }

  /** Reserves the next tag for the fee. */
  async reserve(feeWei: bigint): Promise<TagEvents> {
    return this.#send('reserve', [], feeWei);
  }

  /** Hands a tag on: the new owner becomes its recipient. */
  async transfer(to: string, tag: bigint): Promise<TagEvents> {
    return this.#send('transfer', [to, tag]);
  }

  async #send(method: string, args: readonly unknown[], valueWei = 0n): Promise<TagEvents> {
    const { mintingTags } = this.#hands.contracts;
    if (mintingTags === undefined) throw new Error('this network has no tags for direct mintings');
    const data = mintingTagsInterface.encodeFunctionData(method, args);
    const { logs } = await this.#hands.send(`${method} of a minting tag`, mintingTags, data, valueWei);
    return eventsOf(logs, mintingTags, mintingTagsInterface).map(told);
  }
}

const told = ({ name, args }: NamedEvent): string =>
  [name, ...args.map((value) => String(value).toLowerCase())].join(' ');
