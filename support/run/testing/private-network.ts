/**
 * A devnet in real time that is treated as a live network: its record does not say that keys are well known, so users need
 * files, preflight looks at it, and money is planned. Judges nothing.
 */
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { LedgerClient } from '../../clients/xrpl/ledger-client.ts';
import { type Devnet, startDevnet } from '../../devnet/devnet.ts';
import { HANG_MS } from '../../units/hang.ts';
import { parseSettings } from '../../settings/parse.ts';
import type { Settings } from '../../settings/settings.ts';
import { type UserKeys, addressesOf } from '../../keys/credentials.ts';

export interface PrivateNetwork {
  readonly record: NetworkRecord;
  /** Gives native coin from nowhere, as a person at a faucet's page would. */
  giveNative(keys: UserKeys, wei: bigint): Promise<void>;
  /** Transactions sent with the key so far on the chain, and XRP it holds. */
  tracesOf(keys: UserKeys): Promise<{ readonly nonce: number; readonly drops: bigint }>;
  stop(): Promise<void>;
}

/** `faults` are planted in its services from the start. */
export async function startPrivateNetwork(
  faults: Parameters<typeof startDevnet>[0]['faults'] = {},
): Promise<PrivateNetwork> {
  const devnet: Devnet = await startDevnet({ clock: 'realtime', agents: 2, onFailure: () => {}, faults });
  const { wellKnownKeys: _, ...record } = devnet.record;
  const rpc = new JsonRpc(record.chain.rpcUrls[0] ?? '', { timeoutMs: HANG_MS });
  return {
    record: { ...record, name: 'private', nativeFaucetPage: 'http://faucet.test/native' },
    giveNative: async (keys, wei) => {
      await rpc.call('anvil_setBalance', [addressesOf(keys).evmAddress, `0x${wei.toString(16)}`]);
    },
    tracesOf: async (keys) => {
      const { evmAddress, ledgerAddress } = addressesOf(keys);
      const ledger = new LedgerClient(record.ledger.webSocketUrls[0] ?? '', { timeoutMs: HANG_MS });
      await ledger.connect();
      try {
        const drops = await ledger.balanceDrops(ledgerAddress, (await ledger.head()).ledger);
        return { nonce: Number(await rpc.call<string>('eth_getTransactionCount', [evmAddress, 'latest'])), drops };
      } finally {
        await ledger.disconnect();
      }
    },
    stop: async () => {
      rpc.close();
      await devnet.stop();
    },
  };
}

/** Settings of a small run, with the key files of a folder. */
export const settingsWith = (usersFolder: string, users = '1'): Settings =>
  parseSettings({ USERS: users, STEPS: '1', RUNS: '1', USERS_FOLDER: usersFolder }, {}, () => 7);
