/** What a stranger gives away on the chain: native coin, WNat, vault collateral, FAssets and pool tokens. */
import { ZeroAddress } from 'ethers';
import { type TransactionRequest } from '../../clients/flare/account.ts';
import { assetManagerInterface, erc20Interface, poolInterface } from '../../clients/flare/interfaces.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { Dice } from './dice.ts';

/** Of an agent. */
export interface KnownAgent {
  readonly vault: string;
  readonly pool: string;
  readonly poolToken: string;
}

export interface KnownTokens {
  readonly wNat: string;
  readonly fAsset: string;
  readonly vaultToken: string;
}

/** What the stranger holds, in smallest units. */
export interface Purse {
  readonly wNatWei: bigint;
  readonly fAssetUba: bigint;
  readonly vaultTokenUnits: bigint;
  /** Pool tokens that can be moved, by their address. */
  readonly poolTokensWei: Readonly<Record<string, bigint>>;
}

const NATIVE = 10n ** 18n;
const MOST_NATIVE_WEI = 3n * NATIVE;
const MOST_FASSET_UBA = 1_000_000n;
const MOST_VAULT_UNITS = 1_000_000n;
const WNAT_STOCK_WEI = 1_000n * NATIVE;
const ENTRY_WEI = 50n * NATIVE;
/** Where the protocol burns native coin. */
const BURN_ADDRESS = '0x000000000000000000000000000000000000dEaD';

/** A gift, or what it takes to have something to give; undefined when there is nobody to give to. */
export function drawGift(
  { people }: Acquaintance,
  agents: readonly KnownAgent[],
  { wNat, fAsset, vaultToken }: KnownTokens,
  purse: Purse,
  dice: Dice,
): TransactionRequest | undefined {
  const person = dice.pick(people);
  const agent = dice.pick(agents);
  if (person === undefined || agent === undefined) return undefined;
  const receiver = dice.pick([person, person, agent.pool, agent.vault]) ?? person;
  const token = (address: string, held: bigint, most: bigint): TransactionRequest =>
    transferOf(address, receiver, smaller(held, dice.amount(most)));
  switch (dice.below(6)) {
    case 0:
      return {
        to: dice.onceIn(6) ? BURN_ADDRESS : person,
        valueWei: dice.amount(MOST_NATIVE_WEI),
        data: drawData(dice),
      };
    case 1:
      return purse.wNatWei === 0n
        ? { to: wNat, data: erc20Interface.encodeFunctionData('deposit'), valueWei: WNAT_STOCK_WEI }
        : token(wNat, purse.wNatWei, MOST_NATIVE_WEI);
    case 2:
      return {
        to: wNat,
        data: erc20Interface.encodeFunctionData('depositTo', [receiver]),
        valueWei: dice.amount(MOST_NATIVE_WEI),
      };
    case 3:
      return purse.vaultTokenUnits === 0n ? undefined : token(vaultToken, purse.vaultTokenUnits, MOST_VAULT_UNITS);
    case 4:
      return purse.fAssetUba === 0n ? undefined : token(fAsset, purse.fAssetUba, MOST_FASSET_UBA);
    default: {
      const held = purse.poolTokensWei[agent.poolToken] ?? 0n;
      return held === 0n
        ? { to: agent.pool, data: poolInterface.encodeFunctionData('enter'), valueWei: ENTRY_WEI }
        : token(agent.poolToken, held, MOST_NATIVE_WEI);
    }
  }
}

/** One lot of an agent. */
export const reservation = (vault: string, feeBips: bigint, feeWei: bigint): TransactionRequest => ({
  to: '',
  data: assetManagerInterface.encodeFunctionData('reserveCollateral', [vault, 1n, feeBips, ZeroAddress]),
  valueWei: feeWei,
});

const transferOf = (token: string, to: string, amount: bigint): TransactionRequest => ({
  to: token,
  data: erc20Interface.encodeFunctionData('transfer', [to, amount]),
});

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);
/** An account without code takes any. */
const drawData = (dice: Dice): string => (dice.onceIn(2) ? '0x' : `0x${dice.hex(dice.below(40) + 1)}`);
