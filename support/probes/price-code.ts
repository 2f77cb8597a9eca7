/** Code of a price reader that answers as told, in place of the network's own. */
import { keccak256 } from 'ethers';
import { priceReaderInterface } from '../clients/flare/interfaces.ts';
import type { Feed } from '../model/prices.ts';

interface Answer {
  /** Data of the call. */
  readonly data: string;
  /** Whole words. */
  readonly returned: string;
}

/** Answers for both kinds of price of each symbol; anything else reverts. */
export function priceReaderCode(feeds: Readonly<Record<string, Feed>>): string {
  const answersOf = ([symbol, { ordinary, trusted }]: [string, Feed]): Answer[] => [
    answer('getPrice', symbol, [ordinary.value, ordinary.atS, ordinary.decimals]),
    answer('getPriceFromTrustedProviders', symbol, [trusted.value, trusted.atS, trusted.decimals]),
    answer('getPriceFromTrustedProvidersWithQuality', symbol, [
      trusted.value,
      trusted.atS,
      trusted.decimals,
      trusted.submits,
    ]),
  ];
  return answeringCode(Object.entries(feeds).flatMap(answersOf));
}

const answer = (name: string, symbol: string, values: readonly bigint[]): Answer => ({
  data: priceReaderInterface.encodeFunctionData(name, [symbol]),
  returned: priceReaderInterface.encodeFunctionResult(name, values),
});

const WORD = 64;
const pushWord = (hex: string): string => `7f${hex.padStart(WORD, '0')}`;
const pushPlace = (place: number): string => `61${place.toString(16).padStart(4, '0')}`;

/** calldatacopy(0, 0, size), then the hash of it all. */
const HASH_OF_CALL = '36600060003736600020';
const REVERT = '60006000fd';
/** dup, push the hash, eq, push the place, jumpi. */
const CASE_BYTES = 1 + 33 + 1 + 3 + 1;

/** Compares the hash of the call with each known one, and returns what belongs to it. */
function answeringCode(answers: readonly Answer[]): string {
  const head = HASH_OF_CALL.length / 2 + answers.length * CASE_BYTES + REVERT.length / 2;
  const bodies = answers.map(({ returned }) => bodyOf(returned.slice(2)));
  const places = bodies.map((_, index) =>
    bodies.slice(0, index).reduce((place, body) => place + body.length / 2, head),
  );
  const cases = answers.map(
    ({ data }, index) => `80${pushWord(keccak256(data).slice(2))}14${pushPlace(places[index] ?? 0)}57`,
  );
  return `0x${HASH_OF_CALL}${cases.join('')}${REVERT}${bodies.join('')}`;
}

/** jumpdest, each word into memory, return. */
function bodyOf(words: string): string {
  const stores = words.match(/.{64}/g)?.map((word, index) => `${pushWord(word)}${pushPlace(index * 32)}52`) ?? [];
  return `5b${stores.join('')}${pushPlace(words.length / 2)}6000f3`;
}
