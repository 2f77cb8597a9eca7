/** An account of a service of the devnet, whose transactions are sent when its time says so, and only once if rehearsed. */
import { EvmAccount, type Receipt, type TransactionRequest } from '../../clients/flare/account.ts';
import { CHAIN_TERMS } from './chain-terms.ts';
import type { ServiceRpc } from './chain-time.ts';

export class ServiceAccount extends EvmAccount {
  readonly #rpc: ServiceRpc;

  constructor(rpc: ServiceRpc, privateKey: string) {
    super(rpc, privateKey, CHAIN_TERMS);
    this.#rpc = rpc;
  }

  override sendUnchecked(request: TransactionRequest): Promise<Receipt> {
    return this.#rpc.sent({ from: this.address, ...request }, () => super.sendUnchecked(request));
  }
}
