/**
 * The way of a newcomer to a live network, on a devnet that is treated as one: users, doctor, fund, balances, a run. Secrets
 * show nowhere, and where something is wrong it is told before any money moves.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import { PUBLIC_API_KEYS } from '../network/api-keys.ts';
import { preflight } from '../preflight/preflight.ts';
import { examineProtocol } from '../preflight/preflight-protocol.ts';
import { Closers } from '../devnet/closers.ts';
import { type PrivateNetwork, settingsWith, startPrivateNetwork } from './testing/private-network.ts';
import { type StartedRun, type Starter, test } from './testing/started-run.ts';
import { addressesOf } from '../keys/credentials.ts';
import { readKeyFile, writeKeyFile } from '../keys/key-files.ts';
import { wellKnownKeys } from '../keys/key-source.ts';
import { reachWorld } from '../network/world.ts';

const COIN = 10n ** 18n;
/** Keys that nobody else uses; the devnet knows nothing of them. */
const strangers = { funder: wellKnownKeys('stranger'), other: wellKnownKeys('other stranger') };
/** Stands for an API key, and can be found again. */
const MARK = 'must-not-show-anywhere';

let network: PrivateNetwork;
let scratch: string;
const opened = new Closers();
afterAll(() => opened.close());
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'live-network-'));
  opened.add(async () => rmSync(scratch, { recursive: true }));
  network = await startPrivateNetwork();
  opened.add(() => network.stop());
});

const newFolder = (): string => mkdtempSync(join(scratch, 'users-'));
const keysIn = (usersFolder: string, name: string) => readKeyFile(join(usersFolder, 'private'), name);

function command(
  start: Starter,
  [name = '', ...args]: readonly string[],
  usersFolder: string,
  environment: Readonly<Record<string, string>> = {},
  record: NetworkRecord = network.record,
): StartedRun {
  return start.program([suite.programs, name, ...args], {
    environment: {
      NETWORK: 'network.json',
      USERS_FOLDER: usersFolder,
      USERS: '1',
      STEPS: '1',
      RUNS: '1',
      ...environment,
    },
    files: { 'network.json': JSON.stringify(record) },
  });
}

/** Every form in which an actor's secrets could show. */
function secretsOf(usersFolder: string, names: readonly string[]): string[] {
  return names
    .map((name) => keysIn(usersFolder, name))
    .flatMap(({ evmPrivateKey, ledgerSeed }) => [
      evmPrivateKey.slice(2),
      evmPrivateKey.slice(2).toUpperCase(),
      ledgerSeed,
    ]);
}

describe('users', () => {
  test('are made once, with partners and a funder, and only addresses are printed', async ({ start, expect }) => {
    const folder = newFolder();
    const first = await command(start, ['users', '--count', '2'], folder).ended();
    const names = ['funder', 'user-1', 'user-1-partner', 'user-2', 'user-2-partner'];
    expect(first.code).toBe(0);
    const files = readdirSync(join(folder, 'private')).toSorted();
    expect(files).toEqual(names.map((name) => `${name}.json`).toSorted());
    for (const file of files) expect(statSync(join(folder, 'private', file)).mode & 0o777).toBe(0o600);
    for (const name of names) expect(first.output).toContain(addressesOf(keysIn(folder, name)).evmAddress);
    for (const secret of secretsOf(folder, names)) expect(first.output).not.toContain(secret);

    const before = files.map((file) => readFileSync(join(folder, 'private', file), 'utf8'));
    const more = await command(start, ['users', '--count', '3'], folder).ended();
    expect(more.code).toBe(0);
    expect(more.output.match(/^kept/gm)).toHaveLength(5);
    expect(more.output.match(/^new/gm)).toHaveLength(2);
    expect(files.map((file) => readFileSync(join(folder, 'private', file), 'utf8'))).toEqual(before);
  });

  test('a funder that exists is taken from the settings, and another one refused', async ({ start, expect }) => {
    const folder = newFolder();
    const given = ({ evmPrivateKey, ledgerSeed }: typeof strangers.funder) => ({
      FUNDER_EVM_KEY: evmPrivateKey.slice(2),
      FUNDER_LEDGER_SEED: ledgerSeed,
    });
    expect((await command(start, ['users', '--count', '1'], folder, given(strangers.funder)).ended()).code).toBe(0);
    expect(addressesOf(keysIn(folder, 'funder'))).toEqual(addressesOf(strangers.funder));
    expect((await command(start, ['users', '--count', '1'], folder, given(strangers.funder)).ended()).code).toBe(0);
    const other = await command(start, ['users', '--count', '1'], folder, given(strangers.other)).ended();
    expect(other.code).toBe(1);
    expect(other.output).toMatch(/funder\.json holds other keys than FUNDER_EVM_KEY.*never overwritten/);
    for (const { evmPrivateKey, ledgerSeed } of Object.values(strangers)) {
      expect(other.output).not.toContain(evmPrivateKey.slice(2));
      expect(other.output).not.toContain(ledgerSeed);
    }
  });
});

describe('preflight', () => {
  const look = (change: (record: NetworkRecord) => NetworkRecord, verifier = PUBLIC_API_KEYS.verifier) => {
    const folder = newFolder();
    for (const name of ['funder', 'user-1', 'user-1-partner'])
      writeKeyFile(join(folder, 'private'), { ...wellKnownKeys(name === 'funder' ? name : `a ${name}`), name });
    return preflight(suite, change(network.record), settingsWith(folder), { verifier });
  };
  const wrongIn = async (looked: ReturnType<typeof look>) =>
    (await looked).findings.filter(({ isRight }) => !isRight).map(({ about, text }) => `${about}: ${text}`);

  test('finds nothing wrong where nothing is', async ({ expect }) => {
    expect(await wrongIn(look((record) => record))).toEqual([]);
  });

  const NOWHERE = '127.0.0.1:2';
  test.for<[string, (record: NetworkRecord) => NetworkRecord, RegExp]>([
    [
      'another chain',
      (r) => ({ ...r, chain: { ...r.chain, chainId: 114 } }),
      /^chain: is chain 31337, not 114: RPC_URLS/,
    ],
    ['no chain', (r) => ({ ...r, chain: { ...r.chain, rpcUrls: [`http://${NOWHERE}`] } }), /^chain: .*ECONNREFUSED/],
    [
      'one dead node of two',
      (r) => ({ ...r, chain: { ...r.chain, rpcUrls: [...r.chain.rpcUrls, `http://${NOWHERE}`] } }),
      /^chain: .*ECONNREFUSED/,
    ],
    [
      'another ledger',
      (r) => ({ ...r, ledger: { ...r.ledger, networkId: 0 } }),
      /^ledger: is network 1, not 0: LEDGER_URLS/,
    ],
    ['no ledger', (r) => ({ ...r, ledger: { ...r.ledger, webSocketUrls: [`ws://${NOWHERE}`] } }), /^ledger: /],
    [
      'no verifier',
      (r) => ({ ...r, fdc: { ...r.fdc, verifierUrls: [`http://${NOWHERE}`] } }),
      /^verifier: .*ECONNREFUSED/,
    ],
    [
      'no data-availability layer',
      (r) => ({ ...r, fdc: { ...r.fdc, dataAvailabilityUrls: [`http://${NOWHERE}`] } }),
      /^data availability: .*ECONNREFUSED/,
    ],
    [
      'another source',
      (r) => ({ ...r, fdc: { ...r.fdc, sourceId: 'XRP' } }),
      /proofs of testXRP, but .* fdc\.sourceId is XRP/,
    ],
    [
      'a registry that is none',
      (r) => ({ ...r, contracts: { ...r.contracts, registry: `0x${'12'.repeat(20)}` } }),
      /^contracts: /,
    ],
    [
      'a name that the registry does not have',
      (r) => ({ ...r, contracts: { ...r.contracts, assetManagerName: 'AssetManagerFDOGE' } }),
      /^contracts: .*no contract named AssetManagerFDOGE/,
    ],
  ])('finds %s', async ([, change, expected], { expect }) => {
    expect(await wrongIn(look(change))).toContainEqual(expect.stringMatching(expected));
  });

  test('finds that nobody can be minted with', async ({ expect }) => {
    const world = await reachWorld(network.record);
    try {
      const market = await world.informer.market();
      const busy = market.agents.map((agent) => ({ ...agent, freeLots: 0n }));
      const found = await examineProtocol(world, { ...market, agents: busy });
      expect(found.filter(({ isRight }) => !isRight)).toMatchObject([
        { about: 'agents', text: 'none of 2 is available with a free lot: nothing can be minted' },
      ]);
    } finally {
      await world.close();
    }
  });

  test('finds an API key that is not taken, and does not show it', async ({ expect }) => {
    const wrong = await wrongIn(look((record) => record, MARK));
    expect(wrong).toEqual([expect.stringMatching(/^verifier: refuses the API key \(HTTP 401\): VERIFIER_API_KEY$/)]);
  });
});

describe('doctor', () => {
  test('exit 0 where all is right: a devnet program’s record as it is', async ({ start, expect }) => {
    const { code, output } = await command(
      start,
      ['doctor'],
      newFolder(),
      {},
      { ...network.record, wellKnownKeys: true },
    ).ended();
    expect(output).not.toContain('WRONG');
    expect(output).toMatch(/all is right\n$/);
    expect(code).toBe(0);
  });

  test('nothing reachable, no keys: a line for each, exit 1', async ({ start, expect }) => {
    const urls = ['http://127.0.0.1:2'];
    const { chain, ledger, fdc } = network.record;
    const { code, output } = await command(
      start,
      ['doctor'],
      newFolder(),
      {},
      {
        ...network.record,
        chain: { ...chain, rpcUrls: urls },
        ledger: { ...ledger, webSocketUrls: ['ws://127.0.0.1:2'] },
        fdc: { ...fdc, verifierUrls: urls, dataAvailabilityUrls: urls },
      },
    ).ended();
    for (const about of ['chain', 'ledger', 'verifier', 'data availability', 'keys', 'protocol'])
      expect(output).toMatch(new RegExp(`^WRONG  ${about} `, 'm'));
    expect(output).toContain('npm run users -- --count 1');
    expect(output).toMatch(/6 of 6 are wrong\n$/);
    expect(code).toBe(1);
  });
});

describe('money', () => {
  test('a funder without any: the run is refused with the sums, nothing is sent; fund gets it', async ({
    start,
    expect,
  }) => {
    const folder = newFolder();
    await command(start, ['users', '--count', '1'], folder).ended();
    const funder = keysIn(folder, 'funder');
    const refused = await qaRun(start, folder).ended();
    expect(refused.output).toMatch(/private is not ready, and no money was moved/);
    expect(refused.output).toMatch(/WRONG {2}funder {2}0x\w{40} {2}[\d.]+ native and [\d.]+ XRP missing for the least/);
    expect(refused.code).toBe(1);
    expect(await network.tracesOf(funder)).toEqual({ nonce: 0, drops: 0n });

    const impatient = await command(start, ['fund', '--no-wait'], folder).ended();
    expect(impatient.output).toMatch(/the faucet gave 100 XRP/);
    expect(impatient.output).toMatch(/by hand: http:\/\/faucet\.test\/native for 0x\w{40}, [\d.]+ are missing/);
    expect(impatient.code).toBe(1);

    const patient = command(start, ['fund'], folder);
    await patient.printed('waiting for it');
    await network.giveNative(funder, 3000n * COIN);
    const { code, output } = await patient.ended();
    expect(output).toMatch(/3000 native arrived/);
    expect(output).toMatch(/the funder has what is wanted\n$/);
    expect(code).toBe(0);

    const balances = await command(start, ['balances'], folder).ended();
    expect(balances.output).toMatch(/^funder +3000 +[1-9]00 /m);
    expect(balances.code).toBe(0);
  });
});

describe('a failing run', () => {
  test('shows no secret anywhere, and what it saved shrinks on an embedded devnet', async ({ start, expect }) => {
    const faulty = await startPrivateNetwork({ ledger: { chargeFeeTwice: true } });
    try {
      const folder = newFolder();
      const names = ['funder', 'user-1', 'user-1-partner'];
      for (const name of names) writeKeyFile(join(folder, 'private'), { ...wellKnownKeys(`a failing ${name}`), name });
      await faulty.giveNative(keysIn(folder, 'funder'), 3000n * COIN);
      await command(start, ['fund'], folder, {}, faulty.record).ended();
      const run = qaRun(start, folder, faulty.record);
      await run.printed('the funder keeps');
      const commandLines = run.leftovers().join('\n');
      const { code, output } = await run.ended();
      expect(output, 'it failed as it should').toMatch(
        /user-1, mint-lowest-fee-agent: xrp is \d+, expected \d+, off by -12/,
      );
      expect(code).toBe(1);
      const written = readdirSync(join(run.folder, 'reports'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      expect(written.length).toBeGreaterThan(3);
      for (const secret of [...secretsOf(folder, names), MARK])
        for (const text of [commandLines, output, ...written])
          expect(text.includes(secret), 'a secret shows').toBe(false);

      const saved = join(run.folder, 'reports', 'counterexamples');
      const [file = ''] = readdirSync(saved).filter((name) => name.startsWith('mint-lowest-fee-agent-'));
      const environment = { PLANTED_FAULT: 'ledger-charges-fee-twice' };
      const shrinking = start.program([suite.programs, 'shrink', join(saved, file)], { environment });
      const shrunk = await shrinking.ended();
      expect(shrunk.output).toMatch(/^mint-lowest-fee-agent: balance of xrp: \d+ steps?, on an embedded devnet\n/);
      expect(shrunk.output).toMatch(
        /off by -12\n\nreplay: PLANTED_FAULT=ledger-charges-fee-twice REPLAY=.*shrunk\.json/,
      );
      expect(shrunk.output).toContain('nothing can be left out');
      expect(shrunk.code).toBe(0);
    } finally {
      await faulty.stop();
    }
  });
});

/** The smallest run, with every API key set to something that can be found again. */
function qaRun(start: Starter, usersFolder: string, record: NetworkRecord = network.record): StartedRun {
  return start.suite(['run', 'bundles'], {
    environment: {
      NETWORK: 'network.json',
      USERS_FOLDER: usersFolder,
      CHAIN_API_KEY: MARK,
      DATA_AVAILABILITY_API_KEY: MARK,
    },
    files: { 'network.json': JSON.stringify(record) },
  });
}
