/**
 * network: a network as a process of this run reaches it: clients, contracts, readers, control of time where there is one.
 * Imports settings and the rooms below.
 * Never here: users, or money.
 */
import { type ProtocolContracts, findContracts } from '../clients/flare/contracts.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { ChainTerms } from '../clients/flare/account.ts';
import { DevnetControl } from '../clients/devnet-control.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import type { Traffic } from '../clients/traffic.ts';
import { LedgerClient } from '../clients/xrpl/ledger-client.ts';
import { EvidenceReader } from '../readers/ending-evidence.ts';
import { GiftReader } from '../readers/gifts.ts';
import { HappeningsReader } from '../readers/happenings.ts';
import { ProtocolLogs } from '../readers/protocol-logs.ts';
import { DefaultTermsReader } from '../readers/default-terms.ts';
import { Informer } from '../readers/informer.ts';
import { canSimulate } from '../probes/simulation.ts';
import { readHead, remembersBlocks } from '../clients/flare/reads.ts';
import { Floor, type Lane, sideBySide, takeTurns } from '../sequence/turns.ts';
import type { Waiter } from '../units/waiter.ts';
import { type ApiKeys, PUBLIC_API_KEYS, chainHeaders } from './api-keys.ts';

export interface World {
  readonly record: NetworkRecord;
  readonly apiKeys: ApiKeys;
  readonly rpc: JsonRpc;
  readonly ledger: LedgerClient;
  readonly contracts: ProtocolContracts;
  readonly informer: Informer;
  readonly happenings: HappeningsReader;
  readonly defaultTerms: DefaultTermsReader;
  readonly gifts: GiftReader;
  readonly evidence: EvidenceReader;
  readonly logs: ProtocolLogs;
  readonly chainTerms: ChainTerms;
  /** Several calls on top of each other, with time and code changed, without sending anything. */
  readonly canSimulate: boolean;
  /** Time and snapshots, on a devnet that gives them. */
  readonly control: DevnetControl | undefined;
  /** Runs users: in turns where time can be moved, elsewhere side by side, all on one floor. */
  run(lanes: readonly Lane[], schedule: readonly number[]): Promise<void>;
  /** Call after the network was put back: forgets what was read of it. */
  forget(): void;
  close(): Promise<void>;
}

/** Rounds over all endpoints of chain and ledger; with the pauses between, failures of up to a minute are survived. */
const TRIES = 14;

/**
 * Connects to every service of the record, and tells `traffic` of what it asks them. Closes what it opened when one cannot
 * be reached.
 */
export async function reachWorld(
  record: NetworkRecord,
  apiKeys: ApiKeys = PUBLIC_API_KEYS,
  traffic?: Traffic,
): Promise<World> {
  const patience = { tries: TRIES, neverBackward: !record.capabilities.canSnapshot, ...(traffic && { traffic }) };
  const rpc = new JsonRpc(record.chain.rpcUrls, {
    headers: chainHeaders(apiKeys),
    ...patience,
    limits: record.chain.limits ?? {},
  });
  const ledger = new LedgerClient(record.ledger.webSocketUrls, patience);
  const { controlUrl, controlToken } = record;
  const floor = new Floor();
  const control =
    controlUrl === undefined || controlToken === undefined
      ? undefined
      : new DevnetControl(controlUrl, controlToken, traffic);
  try {
    const [contracts, simulates] = await Promise.all([findContracts(rpc, record), canSimulate(rpc), ledger.connect()]);
    const chainTerms: ChainTerms = {
      chainId: BigInt(record.chain.chainId),
      maxFeePerGasWei: BigInt(record.chain.maxFeePerGasWei),
      maxPriorityFeePerGasWei: BigInt(record.chain.maxPriorityFeePerGasWei),
      feeCapWei: feeCapOf(record),
      receiptPollMs: record.chain.receiptPollMs,
      receiptTimeoutMs: record.chain.receiptTimeoutMs,
      confirmations: record.chain.confirmations ?? 0,
    };
    const memory = remembersBlocks(rpc);
    const informer = new Informer(rpc, ledger, contracts, chainTerms);
    const logs = new ProtocolLogs(rpc, contracts, informer);
    const defaultTerms = new DefaultTermsReader(informer);
    return {
      record,
      apiKeys,
      rpc,
      ledger,
      contracts,
      informer,
      happenings: new HappeningsReader(rpc, ledger, contracts, logs, informer, defaultTerms),
      defaultTerms,
      gifts: new GiftReader(rpc, contracts, informer),
      evidence: new EvidenceReader(rpc, ledger, contracts.assetManager, informer),
      logs,
      chainTerms,
      canSimulate: simulates,
      control,
      run: (lanes, schedule) =>
        control !== undefined && record.capabilities.canWarpTime
          ? takeTurns(lanes, control, schedule)
          : sideBySide(lanes, realTime(rpc), floor),
      forget: () => {
        memory.forget();
        informer.forget();
        logs.forget();
      },
      close: async () => {
        rpc.close();
        control?.close();
        await ledger.disconnect();
      },
    };
  } catch (error) {
    rpc.close();
    control?.close();
    await ledger.disconnect();
    throw error;
  }
}

const USUAL_CAP = 10n;

const feeCapOf = ({ chain: { feeCapWei, maxFeePerGasWei } }: NetworkRecord): bigint =>
  feeCapWei === undefined ? USUAL_CAP * BigInt(maxFeePerGasWei) : BigInt(feeCapWei);

/** Real time; the network says what time it is. */
export function realTime(rpc: JsonRpc): Waiter {
  return {
    nowS: async () => (await readHead(rpc)).timeS,
    sleepS: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  };
}
