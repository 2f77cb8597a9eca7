/**
 * Mints as a user does: reserve an agent's collateral, pay XRP, prove the payment, execute. No formulas here.
 */
import type { AttestationProof } from '../clients/fdc/types.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { FinalTransaction } from '../clients/xrpl/ledger-account.ts';
import { eventsOf, requireEvent } from '../readers/events.ts';
import type { Hands } from './hands.ts';

/** A reservation as its event reports it. The amounts are claims, to be compared with the model's. */
export interface Reservation {
  readonly id: bigint;
  readonly valueUba: bigint;
  readonly feeUba: bigint;
  readonly firstBlock: bigint;
  readonly lastBlock: bigint;
  readonly lastTimestampS: bigint;
  readonly paymentAddress: string;
  readonly paymentReference: string;
  /** The reservation's block, and its time in Unix seconds. */
  readonly block: number;
  readonly atS: bigint;
}

export interface ExecutedMinting {
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

  /** Reserves collateral, sending `valueWei` for the reservation fee (what is too much comes back). */
  async reserve(agentVault: string, lots: bigint, maxFeeBips: bigint, valueWei: bigint): Promise<Reservation> {
    const { assetManager } = this.#hands.contracts;
    const receipt = await this.#hands.send(
      'reserveCollateral',
      assetManager,
      assetManagerInterface.encodeFunctionData('reserveCollateral', [agentVault, lots, maxFeeBips, NO_EXECUTOR]),
      valueWei,
    );
    const reserved = requireEvent(eventsOf(receipt.logs, assetManager, assetManagerInterface), 'CollateralReserved');
    return {
      id: reserved['collateralReservationId'],
      valueUba: reserved['valueUBA'],
      feeUba: reserved['feeUBA'],
      firstBlock: reserved['firstUnderlyingBlock'],
      lastBlock: reserved['lastUnderlyingBlock'],
      lastTimestampS: reserved['lastUnderlyingTimestamp'],
      paymentAddress: reserved['paymentAddress'],
      paymentReference: reserved['paymentReference'],
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
    const { assetManager } = this.#hands.contracts;
    const proof = await this.prove(paymentHash);
    const receipt = await this.#hands.send(
      'executeMinting',
      assetManager,
      assetManagerInterface.encodeFunctionData('executeMinting', [proof, reservationId]),
    );
    const executed = requireEvent(eventsOf(receipt.logs, assetManager, assetManagerInterface), 'MintingExecuted');
    return {
      mintedUba: executed['mintedAmountUBA'],
      agentFeeUba: executed['agentFeeUBA'],
      poolFeeUba: executed['poolFeeUBA'],
    };
  }
}
