/**
 * Mints without an agent: pay the core vault, prove the payment, execute. No formulas here.
 */
import { ZeroAddress } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { FinalTransaction } from '../clients/xrpl/ledger-account.ts';
import { directMintingReference } from '../model/direct-minting.ts';
import { type NamedEvent, eventsOf } from '../readers/events.ts';
import type { Hands } from './hands.ts';

/** What an execution told, each figure a claim to be compared with the model's. */
export interface ToldDirectMinting {
  /** `DirectMintingExecuted` or another event of direct minting. */
  readonly event: string;
  /** Its arguments by name, addresses lower-case. */
  readonly told: Readonly<Record<string, string>>;
}

/** For whom a payment is. */
export interface Aim {
  readonly tag?: number;
  readonly recipient?: string | undefined;
}

export class DirectMinter {
  readonly #hands: Hands;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  /** The user's address on the EVM chain. */
  get address(): string {
    return this.#hands.evmAddress;
  }

  /** Pays the core vault, with a tag, a memo that names the recipient (EVM address), or both. */
  async pay(destination: string, amountDrops: bigint, { tag, recipient }: Aim): Promise<FinalTransaction> {
    return this.#hands.pay('the direct minting payment', {
      destination,
      amountDrops,
      ...(recipient !== undefined && { reference: directMintingReference(recipient) }),
      ...(tag !== undefined && { destinationTag: tag }),
    });
  }

  /** Proves the payment and executes; with `isOwnProof` nobody else may use the proof. */
  async execute(paymentHash: string, isOwnProof: boolean): Promise<ToldDirectMinting[]> {
    const { assetManager } = this.#hands.contracts;
    const proof = await this.#hands.prove('XRPPayment', {
      transactionId: `0x${paymentHash.toLowerCase()}`,
      proofOwner: isOwnProof ? (this.address as `0x${string}`) : ZeroAddress,
    });
    const receipt = await this.#hands.send(
      'executeDirectMinting',
      assetManager,
      assetManagerInterface.encodeFunctionData('executeDirectMinting', [proof]),
    );
    return eventsOf(receipt.logs, assetManager, assetManagerInterface)
      .filter(({ name }) => name.includes('DirectMinting'))
      .map(told);
  }
}

const told = ({ name, args }: NamedEvent): ToldDirectMinting => ({
  event: name,
  told: Object.fromEntries(
    Object.entries(args.toObject()).map(([field, value]) => [field, String(value).toLowerCase()]),
  ),
});
