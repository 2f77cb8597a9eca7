/** What the readers remember, and what becomes of a read that fails. */
import { expect, test } from 'vitest';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { JsonRpc, RpcTransportError } from '../clients/flare/json-rpc.ts';
import { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import { Informer } from './informer.ts';
import { ProtocolLogs } from './protocol-logs.ts';

/** A node that is down, and counts how often it is asked. */
class DownRpc extends JsonRpc {
  asked = 0;
  override async batch<T extends readonly unknown[]>(): Promise<T> {
    this.asked += 1;
    throw new RpcTransportError(`down, request ${this.asked}`);
  }
}

const ADDRESS = `0x${'1'.repeat(40)}`;
const FEES = { maxFeePerGasWei: 1n, maxPriorityFeePerGasWei: 0n };
const CONTRACTS: ProtocolContracts = {
  assetManager: ADDRESS,
  fAsset: ADDRESS,
  wNat: ADDRESS,
  priceReader: ADDRESS,
  collateralTypes: [],
  fdcHub: ADDRESS,
  fdcRequestFeeConfigurations: ADDRESS,
  fdcVerification: ADDRESS,
  relay: ADDRESS,
  features: { redeemAmount: true, directMinting: true },
};

test('pools that could not be read are read again by whoever asks next', async () => {
  const rpc = new DownRpc('http://127.0.0.1:0');
  const informer = new Informer(rpc, new LedgerClient('ws://127.0.0.1:0'), CONTRACTS, FEES);
  const logs = new ProtocolLogs(rpc, CONTRACTS, informer);
  await expect(informer.pools()).rejects.toThrow('down, request 1');
  await expect(informer.pools()).rejects.toThrow('down, request 2');
  await expect(logs.between(1, 2)).rejects.toThrow('down, request 3');
  await expect(logs.between(1, 2)).rejects.toThrow('down, request 4');
});
