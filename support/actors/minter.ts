/**
 * Mints as a user does: reserve an agent's collateral, pay XRP, prove the payment, execute. No formulas here.
 */
import type { AttestationProof } from '../clients/fdc/types.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { FinalTransaction } from '../clients/xrpl/ledger-account.ts';
import { eventsOf, requireEvent } from '../readers/events.ts';
import { namedIn } from '../readers/named-executor.ts';
import { mintingRecord } from '../model/records.ts';
import type { Hands } from './hands.ts';
import { stillOpen } from './open-records.ts';

/** A reservation as its event reports it. The amounts are claims, to be compared with the model's. */
export interface Reservation {
  readonly id: bigint;
  /** Lower-case. */
  readonly minter: string;
  readonly valueUba: bigint;
  readonly feeUba: bigint;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
  readonly paymentAddress: string;
  readonly paymentReference: string;
  /** Lower-case; absent where nobody is named. */
  readonly executor?: string;
  readonly executorFeeWei: bigint;
  /** The reservation's block, and its time in Unix seconds. */
  readonly block: number;
  readonly atS: bigint;
}

export interface ExecutedMinting {
  /** Lower-case. */
  readonly agentVault: string;
  readonly mintedUba: bigint;
  readonly agentFeeUba: bigint;
  readonly poolFeeUba: bigint;
}

const NO_EXECUTOR = `0x${'0'.repeat(40)}`;

export class Minter {
  readonly #hands: Hands;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  /** The user's address on the EVM chain. */
  get address(): string {
    return this.#hands.evmAddress;
  }

  /**
   * Reserves collateral, sending `valueWei` for the reservation fee. What is too much comes back, or is the executor's if one is
   * named.
   */
  async reserve(
    agentVault: string,
    lots: bigint,
    maxFeeBips: bigint,
    valueWei: bigint,
    executor: string = NO_EXECUTOR,
  ): Promise<Reservation> {
    const { assetManager } = this.#hands.contracts;
    const receipt = await this.#hands.send(
      'reserveCollateral',
      assetManager,
      assetManagerInterface.encodeFunctionData('reserveCollateral', [agentVault, lots, maxFeeBips, executor]),
      valueWei,
    );
    const reserved = requireEvent(eventsOf(receipt.logs, assetManager, assetManagerInterface), 'CollateralReserved');
    return {
      id: reserved['collateralReservationId'],
      minter: String(reserved['minter']).toLowerCase(),
      valueUba: reserved['valueUBA'],
      feeUba: reserved['feeUBA'],
      firstBlock: reserved['firstUnderlyingBlock'],
      lastBlock: reserved['lastUnderlyingBlock'],
      lastTimestampS: reserved['lastUnderlyingTimestamp'],
      paymentAddress: reserved['paymentAddress'],
      paymentReference: reserved['paymentReference'],
      ...namedIn(reserved),
      block: receipt.blockNumber,
      atS: await this.#hands.blockTimeS(receipt.blockNumber),
    };
  }

  /** Pays the reservation on the ledger. */
  async pay(reservation: Reservation, amountDrops: bigint): Promise<FinalTransaction> {
    return this.#hands.pay('the minting payment', {
      destination: reservation.paymentAddress,
      amountDrops,
      reference: reservation.paymentReference,
    });
  }

  /** Proves a payment on the ledger. */
  async prove(paymentHash: string): Promise<AttestationProof<'Payment'>> {
    return this.#hands.prove('Payment', { transactionId: `0x${paymentHash.toLowerCase()}`, inUtxo: 0n, utxo: 0n });
  }

  /** Proves the payment and executes the minting. */
  async execute(reservationId: bigint, paymentHash: string): Promise<ExecutedMinting> {
    return this.#execute(reservationId, await this.prove(paymentHash));
  }

  /** The same, but undefined when somebody else has ended the reservation while the payment was being proven. */
  async executeIfOpen(reservationId: bigint, paymentHash: string): Promise<ExecutedMinting | undefined> {
    const proof = await this.prove(paymentHash);
    const isOpen = (await stillOpen(this.#hands, [mintingRecord(reservationId)])).length > 0;
    return isOpen ? this.#execute(reservationId, proof) : undefined;
  }

  async #execute(reservationId: bigint, proof: AttestationProof<'Payment'>): Promise<ExecutedMinting> {
    const { assetManager } = this.#hands.contracts;
    const receipt = await this.#hands.send(
      'executeMinting',
      assetManager,
      assetManagerInterface.encodeFunctionData('executeMinting', [proof, reservationId]),
    );
    const executed = requireEvent(eventsOf(receipt.logs, assetManager, assetManagerInterface), 'MintingExecuted');
    return {
      agentVault: String(executed['agentVault']).toLowerCase(),
      mintedUba: executed['mintedAmountUBA'],
      agentFeeUba: executed['agentFeeUBA'],
      poolFeeUba: executed['poolFeeUBA'],
    };
  }
}
