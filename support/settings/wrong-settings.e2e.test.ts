/**
 * Every setting, record field and option set wrongly in turn: the answer names it and says what would be right, shows no
 * secret, and nobody has been called, let alone paid.
 */
import { existsSync, readFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe } from 'vitest';
import { z } from 'zod';
import { suite } from '../../fixtures/suite.ts';
import { networkRecordSchema } from '../clients/network-record.ts';
import { listenOnLoopback } from '../devnet/http/loopback.ts';
import { SETTING_NAMES } from './rows.ts';
import { SettingsError } from './settings.ts';
import { loadSecrets, loadSettings } from './load.ts';
import { coston2 } from '../clients/known-networks/coston2.ts';
import { test } from '../run/testing/started-run.ts';
import { WRONG_FIELDS, WRONG_SETTINGS } from '../run/testing/wrong-settings.ts';

const RECORD_SCHEMA = z.toJSONSchema(networkRecordSchema, { io: 'input' });
let folder: string;
/** Everything the networks of these tests name leads here, and nobody may come. */
let calls = 0;
const tripwire = http.createServer((_request, response) => {
  calls += 1;
  response.writeHead(500).end();
});
tripwire.on('upgrade', (_request, socket) => {
  calls += 1;
  socket.destroy();
});
let url: string;
beforeAll(async () => {
  url = await listenOnLoopback(tripwire, 'tripwire', 0);
  return () => {
    tripwire.close();
    if (calls > 0) throw new Error(`${calls} calls were made though everything was set wrongly`);
  };
});
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrong-settings-'));
  return () => rmSync(folder, { recursive: true });
});

/** A network whose every service is the tripwire. */
const record = () => ({
  ...coston2,
  chain: { ...coston2.chain, rpcUrls: [url] },
  ledger: { ...coston2.ledger, webSocketUrls: [url.replace('http', 'ws')] },
  fdc: { ...coston2.fdc, verifierUrls: [url], dataAvailabilityUrls: [url] },
  faucetUrl: url,
});

function recordFile(content: unknown): string {
  const path = join(folder, 'network.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** What the settings and secrets of this environment are refused with. */
function refusalOf(environment: Readonly<Record<string, string>>): string {
  try {
    loadSettings(suite, environment, folder);
    loadSecrets(environment, folder);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a setting', () => {
  test('each is in the table', ({ expect }) => {
    const tried = new Set(WRONG_SETTINGS.map(({ name }) => name));
    expect(SETTING_NAMES.filter((name) => !tried.has(name))).toEqual([]);
  });

  test.for(WRONG_SETTINGS)('$name=$value', ({ name, value, right, isSecret }, { expect }) => {
    const isOverride = /_URLS$|^REGISTRY$|^ASSET_MANAGER$|^GAS_FEE_CAP_WEI$/.test(name);
    const message = refusalOf({ ...(isOverride && { NETWORK: recordFile(record()) }), [name]: value });
    expect(message).toMatch(new RegExp(`^${name}\\b`));
    expect(message.split('\n'), 'one line, of this setting only').toHaveLength(1);
    expect(message).toMatch(right);
    if (isSecret) expect(message).not.toMatch(/hidden|word/i);
    if (isSecret) expect(message).not.toContain(value);
  });

  test.for(['RPC_URLS', 'LEDGER_URLS', 'VERIFIER_URLS', 'DATA_AVAILABILITY_URLS', 'REGISTRY', 'ASSET_MANAGER'])(
    '%s without a network that it belongs to',
    (name, { expect }) => {
      const values: Record<string, string> = { LEDGER_URLS: 'ws://x', REGISTRY: `0x${'12'.repeat(20)}` };
      values['ASSET_MANAGER'] = `0x${'12'.repeat(20)}`;
      expect(refusalOf({ [name]: values[name] ?? 'http://x' })).toMatch(
        new RegExp(`^${name} is not for the embedded devnet: set NETWORK to `),
      );
    },
  );
});

describe('a field of a network record', () => {
  test('each is in the table', ({ expect }) => {
    expect(Object.keys(WRONG_FIELDS).toSorted()).toEqual(fieldsOf(RECORD_SCHEMA).toSorted());
  });

  test.for(Object.entries(WRONG_FIELDS))('%s', ([field, value], { expect }) => {
    const message = refusalOf({ NETWORK: recordFile(changed(record(), field.split('.'), value)) });
    expect(message).toMatch(/^NETWORK: [^\n]*network\.json is not a network record: [^\n]+$/);
    expect(message).toContain(field);
  });

  test.for(fieldsOf(RECORD_SCHEMA, true))('%s, left out', (field, { expect }) => {
    const message = refusalOf({ NETWORK: recordFile(changed(record(), field.split('.'), undefined)) });
    expect(message).toContain(field);
  });

  test('one that does not exist', ({ expect }) => {
    expect(refusalOf({ NETWORK: recordFile({ ...record(), funderKey: 'x' }) })).toContain('funderKey');
  });
});

/** Ways to the leaves of a JSON schema, with dots; with `isRequired` only to those that must be there. */
function fieldsOf({ properties = {}, required = [] }: z.core.JSONSchema.BaseSchema, isRequired = false): string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    if (isRequired && !required.includes(name)) return [];
    if (typeof field === 'boolean' || field.properties === undefined) return [name];
    return fieldsOf(field, isRequired).map((rest) => `${name}.${rest}`);
  });
}

function changed(content: object, [field = '', ...rest]: readonly string[], value: unknown): object {
  const entries: Record<string, unknown> = { ...content };
  const inner = entries[field];
  entries[field] = rest.length > 0 && typeof inner === 'object' && inner ? changed(inner, rest, value) : value;
  return entries;
}

describe.concurrent('on the command line', () => {
  const SECRET = `0x${'6b'.repeat(32)}`;

  test.for([
    ['users', [], {}, /--count must be a whole number from 1 to 100/],
    ['users', ['--count', '0'], {}, /--count must be a whole number from 1 to 100/],
    ['users', ['--count', '101'], {}, /--count must be a whole number from 1 to 100/],
    ['users', ['--count', 'many'], {}, /--count must be a whole number from 1 to 100/],
    ['users', ['--count'], {}, /an option has a value it does not take, or lacks one\nusage: /],
    ['users', ['--key', SECRET], {}, /there is no such option\nusage: /],
    ['users', ['--count', '1', SECRET], {}, /secrets go into \.env or the environment\nusage: /],
    ['users', ['--count', '1'], { NETWORK: 'devnet' }, /NETWORK is devnet.*set NETWORK to coston2/],
    ['users', ['--count', '1'], { FUNDER_EVM_KEY: SECRET }, /FUNDER_EVM_KEY is set, but FUNDER_LEDGER_SEED is not/],
    ['fund', ['--no-wait=yes'], {}, /an option has a value it does not take/],
    ['fund', [], { RPC_URLS: 'ftp://x' }, /^RPC_URLS is not usable, but must be URLs/],
    ['balances', [SECRET], {}, /it takes options only/],
    ['balances', [], { ASSET_MANAGER: '0x12' }, /^ASSET_MANAGER is "0x12", but must be the address of a contract/],
    ['doctor', ['--json'], {}, /there is no such option/],
    ['doctor', [], { CHAIN_API_KEY: `${SECRET} x` }, /^CHAIN_API_KEY is not usable, but must be the API key/],
  ] as const)('%s %j with %j: exit 2', async ([name, args, environment, answer], { start, expect }) => {
    const files = { 'network.json': JSON.stringify(record()) };
    const run = start.program([suite.programs, name, ...args], {
      environment: { NETWORK: 'network.json', USERS_FOLDER: 'keys', ...environment },
      files,
    });
    const { code, output } = await run.ended();
    expect(output).toMatch(answer);
    expect(output).not.toContain(SECRET.slice(2));
    expect(code).toBe(2);
    expect(existsSync(join(run.folder, 'keys')), 'no keys were made').toBe(false);
  });

  test('a QA run in a place where reports is a file: exit 2, and the file is as it was', async ({ start, expect }) => {
    const run = start.suite(['run'], { files: { reports: 'mine' } });
    const { code, output } = await run.ended();
    expect(output).toMatch(/^reports is a file, but must be a folder for what a run writes\n$/m);
    expect(code).toBe(2);
    expect(readFileSync(join(run.folder, 'reports'), 'utf8')).toBe('mine');
  });

  test('a QA run with a wrong setting of a live network: exit 2, nothing written', async ({ start, expect }) => {
    const run = start.suite(['run'], { environment: { NETWORK: 'coston2', FUNDER_EVM_KEY: `${SECRET}6b` } });
    const { code, output } = await run.ended();
    // vite may tell before it that it was slow.
    expect(output).toMatch(/^FUNDER_EVM_KEY is not usable, but must be a private key of 64 hex digits\n$/m);
    expect(code).toBe(2);
    expect(readdirSync(run.folder)).toEqual(['temporary']);
  });
});
