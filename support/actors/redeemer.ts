/**
 * Redeems as a user does: burn FAssets for requests to agents, then look for their payments on the ledger.
 */
import { ZeroHash, keccak256, toUtf8Bytes } from 'ethers';
import type { AttestationProof } from '../clients/fdc/types.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { LedgerClient, LedgerPoint } from '../clients/xrpl/ledger-client.ts';
import { eventsOf, requireEvent } from '../readers/events.ts';
import type { Hands } from './hands.ts';
import { namedIn } from '../readers/named-executor.ts';
import { readLedgerAccount } from '../readers/market-reads.ts';
import { type UnpaidRequest, readUnpaidRequest } from '../readers/record-reads.ts';
import { redemptionRecord } from '../model/records.ts';
import { stillOpen } from './open-records.ts';

/** A request as its event reports it. The amounts are claims, to be compared with the model's. */
export interface RedemptionRequest {
  readonly id: bigint;
  readonly agentVault: string;
  /** Lower-case. */
  readonly redeemer: string;
  readonly paymentAddress: string;
  readonly valueUba: bigint;
  readonly feeUba: bigint;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
  readonly paymentReference: string;
  /** Lower-case; absent where nobody is named. */
  readonly executor?: string;
  readonly executorFeeWei: bigint;
  /** Block of the request. */
  readonly block: number;
}

/** What a call to redeem brought, as its events report it. */
export interface Redemption {
  readonly requests: readonly RedemptionRequest[];
  /** Events about what the queue did not have: name, redeemer, how much. */
  readonly incomplete: readonly string[];
}

/** `RedemptionRequestIncomplete` tells lots, `RedemptionAmountIncomplete` base units. */
export const incompleteText = (event: string, redeemer: string, remaining: bigint): string =>
  `${event} ${redeemer.toLowerCase()} ${remaining}`;

/** Until when a request can be paid. */
type Deadline = Pick<RedemptionRequest, 'id' | 'lastBlock' | 'lastTimestampS'>;

/** What else a redemption may be asked with. */
export interface RedeemTerms {
  readonly paymentAddress?: string;
  readonly executor?: string;
  /** All that is sent for executors of all requests. */
  readonly executorFeeWei?: bigint;
}

const NO_EXECUTOR = `0x${'0'.repeat(40)}`;

export class Redeemer {
  readonly #hands: Hands;
  readonly #ledger: LedgerClient;

  constructor(hands: Hands, ledger: LedgerClient) {
    this.#hands = hands;
    this.#ledger = ledger;
  }

  get address(): string {
    return this.#hands.evmAddress;
  }

  get ledgerAddress(): string {
    return this.#hands.ledgerAddress;
  }

  /** Asks for a redemption of whole lots, to the user's own ledger address unless the terms say otherwise. */
  async redeem(lots: bigint, terms: RedeemTerms = {}): Promise<Redemption> {
    return this.#request('redeem', lots, terms);
  }

  /** Asks for a redemption of any amount, not only whole lots (v1.3). */
  async redeemAmount(amountUba: bigint, terms: RedeemTerms = {}): Promise<Redemption> {
    return this.#request('redeemAmount', amountUba, terms);
  }

  async #request(
    method: 'redeem' | 'redeemAmount',
    quantity: bigint,
    { paymentAddress = this.#hands.ledgerAddress, executor = NO_EXECUTOR, executorFeeWei = 0n }: RedeemTerms = {},
  ): Promise<Redemption> {
    const { assetManager } = this.#hands.contracts;
    const data = assetManagerInterface.encodeFunctionData(method, [quantity, paymentAddress, executor]);
    const receipt = await this.#hands.send(method, assetManager, data, executorFeeWei);
    const events = eventsOf(receipt.logs, assetManager, assetManagerInterface);
    const requests = events
      .filter((event) => event.name === 'RedemptionRequested')
      .map(({ args }) => ({
        id: args['requestId'],
        agentVault: (args['agentVault'] as string).toLowerCase(),
        redeemer: (args['redeemer'] as string).toLowerCase(),
        paymentAddress: args['paymentAddress'],
        valueUba: args['valueUBA'],
        feeUba: args['feeUBA'],
        firstBlock: args['firstUnderlyingBlock'],
        lastBlock: args['lastUnderlyingBlock'],
        lastTimestampS: args['lastUnderlyingTimestamp'],
        paymentReference: args['paymentReference'],
        ...namedIn(args),
        block: receipt.blockNumber,
      }));
    const incomplete = events
      .filter(({ name }) => name === 'RedemptionRequestIncomplete' || name === 'RedemptionAmountIncomplete')
      .map(({ name, args }) =>
        incompleteText(name, args['redeemer'], args['remainingLots'] ?? args['remainingAmountUBA']),
      );
    return { requests, incomplete };
  }

  /**
   * Waits until every request has a successful payment of its agent's with its reference on the ledger, or its payment window
   * is over (both limits passed).
   */
  async awaitPayments(requests: readonly RedemptionRequest[]): Promise<void> {
    const agents = await this.#accountsOf(requests.map(({ agentVault }) => agentVault));
    const open = new Map(requests.map((request) => [withoutPrefix(request.paymentReference), request]));
    const firstBlock = Math.min(...requests.map((request) => Number(request.firstBlock)));
    await this.#look(requests, async (head) => {
      for (const payment of await this.#ledger.payments(this.#hands.ledgerAddress, firstBlock, head.ledger))
        if (payment.succeeded && payment.source === agents[open.get(payment.reference)?.agentVault ?? ''])
          open.delete(payment.reference);
      return [...open.values()].every((request) => isOver(request, head));
    });
  }

  /** The agents' accounts on the ledger, by vault. */
  #accountsOf(vaults: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const { assetManager } = this.#hands.contracts;
    return this.#hands.read(Object.fromEntries(vaults.map((vault) => [vault, readLedgerAccount(assetManager, vault)])));
  }

  /** True until somebody ends the request. */
  async isOpen(id: bigint): Promise<boolean> {
    return (await stillOpen(this.#hands, [redemptionRecord(id)])).length > 0;
  }

  /** Waits until the protocol has ended every request, or its payment window is over. */
  async awaitEnds(requests: readonly Deadline[]): Promise<void> {
    await this.#look(requests, async (head) => {
      const unended = requests.filter((request) => !isOver(request, head)).map(({ id }) => redemptionRecord(id));
      return (await stillOpen(this.#hands, unended)).length === 0;
    });
  }

  /**
   * Polls at growing intervals, since most agents pay at once and the rest may take the whole window, but not much later
   * than the window ends.
   */
  async #look(requests: readonly Deadline[], isDone: (head: LedgerPoint) => Promise<boolean>): Promise<void> {
    const { ledgerCloseS, waiter } = this.#hands;
    for (let pauseS = 2 * ledgerCloseS; ; pauseS = Math.min(2 * pauseS, LONGEST_PAUSE_S)) {
      const head = await this.#ledger.head();
      if (await isDone(head)) return;
      const restS = Math.max(...requests.map((request) => secondsLeft(request, head, ledgerCloseS)));
      await waiter.sleepS(Math.min(pauseS, Math.max(restS, ledgerCloseS)));
    }
  }

  /** A request of anybody's, as the protocol stores it. */
  async readRequest(id: bigint): Promise<UnpaidRequest> {
    const { request } = await this.#hands.read({ request: readUnpaidRequest(this.#hands.contracts.assetManager, id) });
    return request;
  }

  /** Proves that a request was not paid in time. */
  async proveUnpaid(claim: UnpaidRequest): Promise<AttestationProof<'ReferencedPaymentNonexistence'>> {
    return this.#hands.prove('ReferencedPaymentNonexistence', {
      minimalBlockNumber: claim.firstBlock,
      deadlineBlockNumber: claim.lastBlock,
      deadlineTimestamp: claim.lastTimestampS,
      destinationAddressHash: keccak256(toUtf8Bytes(claim.paymentAddress)),
      amount: claim.paymentUba,
      standardPaymentReference: claim.paymentReference,
      checkSourceAddresses: false,
      sourceAddressesRoot: ZeroHash,
    });
  }

  /**
   * Proves that a request was not paid in time and defaults it. Nothing is sent when `isWanted`, asked just before, says
   * that it is no longer needed.
   */
  async claimDefault(
    claim: UnpaidRequest,
    isWanted: () => Promise<boolean> = async () => true,
  ): Promise<RedemptionDefault | undefined> {
    const { assetManager } = this.#hands.contracts;
    const proof = await this.proveUnpaid(claim);
    if (!(await isWanted())) return undefined;
    const data = assetManagerInterface.encodeFunctionData('redemptionPaymentDefault', [proof, claim.id]);
    const receipt = await this.#hands.send('redemptionPaymentDefault', assetManager, data);
    const args = requireEvent(eventsOf(receipt.logs, assetManager, assetManagerInterface), 'RedemptionDefault');
    return {
      valueUba: args['redemptionAmountUBA'],
      vaultUnits: args['redeemedVaultCollateralWei'],
      poolWei: args['redeemedPoolCollateralWei'],
      block: receipt.blockNumber,
    };
  }
}

/** What the default event says was paid. */
export interface RedemptionDefault {
  readonly valueUba: bigint;
  readonly vaultUnits: bigint;
  readonly poolWei: bigint;
  readonly block: number;
}

const LONGEST_PAUSE_S = 120;

const isOver = (request: Deadline, head: LedgerPoint): boolean =>
  head.ledger > request.lastBlock && head.closeTimeS > request.lastTimestampS;

/** Until both limits are passed, as far as can be told from here. */
const secondsLeft = ({ lastBlock, lastTimestampS }: Deadline, head: LedgerPoint, closeS: number): number =>
  Math.max((Number(lastBlock) + 1 - head.ledger) * closeS, Number(lastTimestampS) + 1 - head.closeTimeS);

const withoutPrefix = (reference: string): string => reference.replace(/^0x/, '').toLowerCase();
