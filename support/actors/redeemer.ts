/**
 * Redeems as a user does: burn FAssets for requests to agents, then look for their payments on the ledger.
 */
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { LedgerClient, LedgerPayment } from '../clients/xrpl/ledger-client.ts';
import { eventsOf } from './events.ts';
import type { Hands } from './hands.ts';

/** A request as its event tells it. Amounts are claims of the protocol, to be held against the model's. */
export interface RedemptionRequest {
  readonly id: bigint;
  readonly agentVault: string;
  readonly paymentAddress: string;
  readonly valueUba: bigint;
  readonly feeUba: bigint;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
  readonly paymentReference: string;
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

  /** Asks for a redemption of whole lots to the user's own ledger address. */
  async redeem(lots: bigint): Promise<RedemptionRequest[]> {
    const { assetManager } = this.#hands.contracts;
    const receipt = await this.#hands.send(
      'redeem',
      assetManager,
      assetManagerInterface.encodeFunctionData('redeem', [lots, this.#hands.ledgerAddress, NO_EXECUTOR]),
    );
    return eventsOf(receipt.logs, assetManager, assetManagerInterface)
      .filter((event) => event.name === 'RedemptionRequested')
      .map(({ args }) => ({
        id: args['requestId'],
        agentVault: (args['agentVault'] as string).toLowerCase(),
        paymentAddress: args['paymentAddress'],
        valueUba: args['valueUBA'],
        feeUba: args['feeUBA'],
        firstBlock: args['firstUnderlyingBlock'],
        lastBlock: args['lastUnderlyingBlock'],
        lastTimestampS: args['lastUnderlyingTimestamp'],
        paymentReference: args['paymentReference'],
      }));
  }

  /**
   * Waits until every request has a payment with its reference on the ledger, or its payment window is over (both
   * limits passed). Returns the payments seen, keyed by reference without 0x.
   */
  async awaitPayments(requests: readonly RedemptionRequest[]): Promise<Map<string, LedgerPayment>> {
    const seen = new Map<string, LedgerPayment>();
    const wanted = new Map(requests.map((request) => [withoutPrefix(request.paymentReference), request]));
    const [firstBlock] = requests.map((request) => Number(request.firstBlock)).sort((a, b) => a - b);
    if (firstBlock === undefined) return seen;
    for (;;) {
      const head = await this.#ledger.head();
      for (const payment of await this.#ledger.payments(this.#hands.ledgerAddress, firstBlock, head.ledger))
        if (wanted.has(payment.memo)) seen.set(payment.memo, payment);
      const open = [...wanted].filter(([reference]) => !seen.has(reference)).map(([, request]) => request);
      const inTime = open.some(
        (request) => head.ledger <= request.lastBlock || head.closeTimeS <= request.lastTimestampS,
      );
      if (!inTime) return seen;
      await this.#hands.waiter.sleepS(2 * this.#hands.ledgerCloseS);
    }
  }
}

const withoutPrefix = (reference: string): string => reference.replace(/^0x/, '').toLowerCase();
