/**
 * Acts on collateral pools as a user does: enter, exit, withdraw fees, hand pool tokens on. No formulas here.
 */
import { erc20Interface, poolInterface } from '../clients/flare/interfaces.ts';
import type { Result } from 'ethers';
import { eventsOf, requireEvent } from '../readers/events.ts';
import type { Hands } from './hands.ts';

/** Whose act it was, and whose its event says. Lower-case. */
interface Attributed {
  readonly user: string;
  readonly holder: string;
}

/** What the event of an entry says. */
export interface PoolEntry extends Attributed {
  readonly amountWei: bigint;
  readonly tokensWei: bigint;
  readonly lockedUntilS: bigint;
  /** Time of the entry's block, Unix seconds. */
  readonly atS: bigint;
}

/** What the event of an exit says. */
export interface PoolExit extends Attributed {
  readonly tokensWei: bigint;
  readonly collateralWei: bigint;
}

/** What the event of a withdrawal says. */
export interface FeesWithdrawn extends Attributed {
  readonly feesUba: bigint;
}

/** What the event of a payment of fee debt says. */
export interface FeeDebtPaid extends Attributed {
  readonly feesUba: bigint;
}

export class PoolManager {
  readonly #hands: Hands;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  async enter(pool: string, amountWei: bigint): Promise<PoolEntry> {
    const receipt = await this.#hands.send('enter', pool, poolInterface.encodeFunctionData('enter'), amountWei);
    const entered = requireEvent(eventsOf(receipt.logs, pool, poolInterface), 'CPEntered');
    return {
      ...this.#attributed(entered),
      amountWei: entered['amountNatWei'],
      tokensWei: entered['receivedTokensWei'],
      lockedUntilS: entered['timelockExpiresAt'],
      atS: await this.#hands.blockTimeS(receipt.blockNumber),
    };
  }

  async exit(pool: string, tokensWei: bigint): Promise<PoolExit> {
    const receipt = await this.#hands.send('exit', pool, poolInterface.encodeFunctionData('exit', [tokensWei]));
    const exited = requireEvent(eventsOf(receipt.logs, pool, poolInterface), 'CPExited');
    return {
      ...this.#attributed(exited),
      tokensWei: exited['burnedTokensWei'],
      collateralWei: exited['receivedNatWei'],
    };
  }

  async withdrawFees(pool: string, feesUba: bigint): Promise<FeesWithdrawn> {
    const data = poolInterface.encodeFunctionData('withdrawFees', [feesUba]);
    const receipt = await this.#hands.send('withdrawFees', pool, data);
    const withdrawn = requireEvent(eventsOf(receipt.logs, pool, poolInterface), 'CPFeesWithdrawn');
    return { ...this.#attributed(withdrawn), feesUba: withdrawn['withdrawnFeesUBA'] };
  }

  /** Lets the pool take the amount, and pays it. */
  async payFeeDebt(pool: string, feesUba: bigint): Promise<FeeDebtPaid> {
    const { fAsset } = this.#hands.contracts;
    const approval = erc20Interface.encodeFunctionData('approve', [pool, feesUba]);
    await this.#hands.send('approval of the fee debt', fAsset, approval);
    const data = poolInterface.encodeFunctionData('payFAssetFeeDebt', [feesUba]);
    const receipt = await this.#hands.send('payFAssetFeeDebt', pool, data);
    const paid = requireEvent(eventsOf(receipt.logs, pool, poolInterface), 'CPFeeDebtPaid');
    return { ...this.#attributed(paid), feesUba: paid['paidFeesUBA'] };
  }

  #attributed(event: Result): Attributed {
    return { user: this.#hands.evmAddress.toLowerCase(), holder: String(event['tokenHolder']).toLowerCase() };
  }

  async transferTokens(poolToken: string, to: string, tokensWei: bigint): Promise<void> {
    await this.#hands.transferToken('transfer of pool tokens', poolToken, to, tokensWei);
  }

  /** Waits this many seconds of the network's time. */
  async wait(seconds: number): Promise<void> {
    await this.#hands.waiter.sleepS(seconds);
  }
}
