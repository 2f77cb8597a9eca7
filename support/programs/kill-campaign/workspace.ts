/**
 * A folder in which runs can be killed: a record of the network under a name of its own, key files of a funder and users whom
 * nobody knows, and money for the funder from the devnet's own.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hexlify, randomBytes } from 'ethers';
import { generateSeed } from 'ripple-keypairs';
import { give } from '../../money/transfer.ts';
import type { Who } from '../../readers/informer.ts';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { openSession } from '../../users/session.ts';
import { addressesOf } from '../../keys/credentials.ts';
import { FUNDER_NAME, everyone, userNames } from '../../keys/names.ts';
import { keyFolder, writeKeyFile } from '../../keys/key-files.ts';
import { wellKnownKeys } from '../../keys/key-source.ts';
import type { World } from '../../network/world.ts';
import { FeeMarket, startFeeMarket } from './fee-market.ts';

export interface Workspace {
  readonly folder: string;
  /** Where keys and journals are. */
  readonly keys: string;
  readonly funder: Who;
  /** Everybody, the funder included. */
  readonly group: readonly Who[];
  /** What everybody here offers to the chain goes through it. */
  readonly market: FeeMarket;
  close(): Promise<void>;
  /** What programs of the suite are started with. */
  readonly environment: Readonly<Record<string, string>>;
}

const USERS = 2;
/** More than a campaign can use up, with its fees and the FAssets that are returned as such. */
const FUNDER_ALLOWANCE = { nativeWei: 20_000n * 10n ** 18n, drops: 50_000n * 10n ** 6n };

/**
 * How long transactions wait for their receipts: short, so that a raise, which comes after a quarter of it, is no long wait;
 * and when fees have eased so far that a transaction gets in without any raise, in time for whoever waits for it.
 */
const RECEIPT_TIMEOUT_MS = 16_000;
const EASE_MS = 10_000;

export interface WorkspaceOptions {
  readonly name: string;
  readonly bundles: string;
  /** Of a hundred nonces so many wait until more is paid. */
  readonly feeBumpPercent: number;
  readonly seed: number;
}

/**
 * Makes the folder, funds its funder, and puts a market of fees before the chain as its programs see it. The network must be a
 * devnet, whose own funder everybody knows.
 */
export async function makeWorkspace(world: World, options: WorkspaceOptions): Promise<Workspace> {
  const { name, bundles } = options;
  const folder = mkdtempSync(join(tmpdir(), 'fassets-qa-kills-'));
  const { wellKnownKeys: _, ...record } = world.record;
  const market = new FeeMarket({
    seed: `${options.seed} ${name}`,
    percent: options.feeBumpPercent,
    easeMs: EASE_MS,
  });
  const proxy = await startFeeMarket(record.chain.rpcUrls[0] ?? '', market);
  const chain = { ...record.chain, rpcUrls: [proxy.url], receiptTimeoutMs: RECEIPT_TIMEOUT_MS };
  const network: NetworkRecord = { ...record, chain, name };
  const recordPath = join(folder, 'network.json');
  writeFileSync(recordPath, JSON.stringify(network), { mode: 0o600 });
  const keys = keyFolder(join(folder, 'users'), name);
  const addresses = [FUNDER_NAME, ...everyone(userNames(USERS))].map((actor) => {
    const secrets = { name: actor, evmPrivateKey: hexlify(randomBytes(32)), ledgerSeed: generateSeed() };
    writeKeyFile(keys, secrets);
    return addressesOf(secrets);
  });
  const [funder] = addresses;
  if (funder === undefined) throw new Error('a workspace without a funder');
  await fundFrom(world, funder);
  return {
    folder,
    keys,
    funder,
    group: addresses,
    market,
    close: () => proxy.stop(),
    environment: {
      NETWORK: recordPath,
      USERS_FOLDER: join(folder, 'users'),
      USERS: String(USERS),
      STEPS: '3',
      RUNS: '1',
      BUNDLES: bundles,
      BUNDLE_WEIGHTS: 'redeem=3',
      JANITOR: 'off',
    },
  };
}

async function fundFrom(world: World, to: Who): Promise<void> {
  const rich = openSession(world, wellKnownKeys(FUNDER_NAME), { tolerances: {} });
  await world.run(
    [
      {
        name: rich.user,
        run: async (waiter) => {
          rich.enterLane(waiter);
          await give(rich.hands, to, FUNDER_ALLOWANCE);
        },
      },
    ],
    [],
  );
}
