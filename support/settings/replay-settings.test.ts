/** A pasted replay meets the deployment that the failure was met on, and judges it in the same way. */
import { describe, expect, test } from 'vitest';
import { replayCommand, shrinkCommand } from '../report/failure-text.ts';
import { type Environment, parseSettings } from './parse.ts';
import { EMBEDDED_DEVNET, replaySettingsOf } from './replay-settings.ts';
import { allRows } from './rows.ts';

const parse = (environment: Environment, fromFile: Environment = {}) => parseSettings(environment, fromFile, () => 7);
const toldFor = (environment: Environment, fromFile: Environment = {}): readonly string[] => {
  const { network, others } = replaySettingsOf(parse(environment, fromFile));
  return [...network, ...others];
};
/** The environment that a pasted command makes. */
const environmentOf = (told: readonly string[]): Record<string, string> =>
  Object.fromEntries(told.map((setting) => [setting.split('=', 1)[0], setting.slice(setting.indexOf('=') + 1)]));

/** A value for each setting that a replay needs, none of them the usual one. */
const UNUSUAL: Readonly<Record<string, string>> = {
  NETWORK: 'my networks/coston2.json',
  AGENTS: '5',
  FASSETS_ARTIFACTS: '../fassets/artifacts',
  PLANTED_FAULT: 'mint-one-drop-short',
  FEE_TOLERANCE_NATIVE_WEI: '123456789012345678901234567890',
  FEE_TOLERANCE_XRP_DROPS: '12',
  FEE_TOLERANCE_FASSET_UBA: '1',
  USERS_FOLDER: '/keys of qa',
  RPC_URLS: 'https://one/rpc, http://127.0.0.1:8545',
  LEDGER_URLS: 'wss://ledger:51233',
  VERIFIER_URLS: 'https://verifier/xrp',
  DATA_AVAILABILITY_URLS: 'https://layer',
  GAS_FEE_CAP_WEI: '1000000000000',
  REGISTRY: `0x${'12'.repeat(20)}`,
  ASSET_MANAGER: `0x${'34'.repeat(20)}`,
};

/** Settings that a replay does without, and why. */
const NEEDLESS: Readonly<Record<string, string>> = {
  SEED: 'stands in the file',
  USERS: 'stands in the file',
  FAULTS: 'stand in the file',
  BUNDLE_PARAMS: 'stand in the file with each step',
  BUNDLES: 'the file says which steps there are',
  BUNDLE_WEIGHTS: 'nothing is drawn',
  RUNS: 'nothing is drawn',
  STEPS: 'nothing is drawn',
  RUN_TIME: 'nothing is drawn',
  REPLAY: 'is the file, and the command names it',
  JANITOR: 'what happens after a killed run is no part of the failure',
};

describe('every setting', () => {
  test('is told to a replay, needless to it, or a secret', () => {
    const told = allRows.filter(({ inReplay }) => inReplay !== undefined).map(({ name }) => name);
    const others = allRows.filter(({ inReplay, secret }) => inReplay === undefined && secret !== 'always');
    expect(told.toSorted()).toEqual(Object.keys(UNUSUAL).toSorted());
    expect(others.map(({ name }) => name).toSorted()).toEqual(Object.keys(NEEDLESS).toSorted());
  });

  test.for(Object.entries(UNUSUAL))('%s=%s comes back as it was', ([name, value]) => {
    const settings = parse({ [name]: value });
    expect(toldFor({ [name]: value })).toHaveLength(1);
    expect(parse(environmentOf(toldFor({ [name]: value })))).toEqual(settings);
  });

  test('all at once', () => {
    const told = toldFor(UNUSUAL);
    expect(told).toHaveLength(Object.keys(UNUSUAL).length);
    expect(parse(environmentOf(told))).toEqual(parse(UNUSUAL));
  });
});

test('nothing is told of what is as usual, whether it is set or not', () => {
  expect(toldFor({})).toEqual([]);
  expect(toldFor({ NETWORK: 'devnet', AGENTS: '3', FEE_TOLERANCE_XRP_DROPS: '0', RUNS: '9' })).toEqual([]);
});

test.for([
  [{ NETWORK: 'devnet' }, { NETWORK: 'coston2' }, 'NETWORK=devnet'],
  [{ REGISTRY: '' }, { REGISTRY: `0x${'12'.repeat(20)}` }, 'REGISTRY='],
  [{}, { AGENTS: '3' }, 'AGENTS=3'],
] as const)('%j goes before %j of .env, in a replay too', ([environment, fromFile, told]) => {
  expect(toldFor(environment, fromFile)).toEqual([told]);
  expect(parse(environmentOf([told]), fromFile)).toEqual(parse(environment, fromFile));
});

test('secrets are never told', () => {
  expect(toldFor({ VERIFIER_API_KEY: 'hidden', CHAIN_API_KEY: 'hidden', FUNDER_EVM_KEY: '6b'.repeat(32) })).toEqual([]);
});

test('shrinking happens on the embedded devnet, whatever network is set', () => {
  const environment = { ...UNUSUAL, ...EMBEDDED_DEVNET };
  expect(parse(environment, UNUSUAL)).toMatchObject({ network: 'devnet', overrides: parse({}).overrides });
  const onLive = { NETWORK: 'coston2', ASSET_MANAGER: `0x${'34'.repeat(20)}`, FEE_TOLERANCE_XRP_DROPS: '12' };
  const settings = replaySettingsOf(parse(onLive));
  expect(shrinkCommand('a.json', settings)).toBe('FEE_TOLERANCE_XRP_DROPS=12 npm run shrink -- a.json');
  expect(replayCommand('a.json', settings)).toBe(
    `NETWORK=coston2 ASSET_MANAGER=0x${'34'.repeat(20)} FEE_TOLERANCE_XRP_DROPS=12 REPLAY=a.json npx vitest run`,
  );
});
