/**
 * The house rules that neither the compiler nor the linter checks: who may import whom, what no source may contain, which
 * documents must name what. Each check is a pure function of files, tried first on planted bad examples.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundles } from '../bundles/index.ts';
import { envExample, readmeWith, settingsTable } from './settings/documents.ts';
import { allRows } from './settings/rows.ts';
import { ROOMS, type SourceFile, importsOf, layerProblems } from './tidy/layers.ts';
import { readSources } from './tidy/read-sources.ts';

interface Ban {
  readonly what: string;
  readonly pattern: RegExp;
  /** The files it applies to; all by default. */
  readonly where?: RegExp;
  /** Where it is right, and why. */
  readonly except: Readonly<Record<string, string>>;
}

const AMOUNT_WORDS = '[Uu]ba|[Ww]ei|[Dd]rops|[Aa]mount|[Bb]alance|[Pp]rice|[Pp]ayment|[Bb]ips|[Uu]nits';

/** Tests, and what only tests use. */
const TESTING = /\.test\.ts$|\/testing(\/|\.ts$)|\/test-network\.ts$|(^|\/)vitest\.config\.ts$/;

const BANS: readonly Ban[] = [
  { what: 'an open end', pattern: /\b(TODO|FIXME|XXX|HACK)\b/, except: {} },
  { what: 'a silenced compiler', pattern: /@ts-(ignore|nocheck|expect-error)|\bas any\b/, except: {} },
  { what: 'a test left out', pattern: /\b(test|it|describe)\.(skip|only|todo|fails)\b/, except: {} },
  {
    what: 'a swallowed error',
    pattern: /catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\(\) => \{\s*\}\)/,
    except: {},
  },
  {
    what: 'a remembered promise; a failed read must be forgotten, as Remembered does',
    pattern: /#\w+: Promise<(?!void>)[^;\n]*\| undefined;|Map<[^;\n]*, Promise<(?!void>)/,
    except: { 'support/units/remembered.ts': 'it is what forgets them' },
  },
  { what: 'a place on one machine', pattern: /['"`(\s]\/(work|tmp|home|root)\//, except: {} },
  { what: 'a server open to the network', pattern: /0\.0\.0\.0|listen\([^)]*['"]::['"]/, except: {} },
  {
    what: 'a sleep; wait for the condition',
    pattern: /\bsetTimeout\(|timers\/promises/,
    except: {
      'support/devnet/http/http-server.ts': 'a reply that nobody reads is not kept for ever',
      'support/network/world.ts': 'on a network whose time cannot be moved, waiting is waiting',
      'support/keys/key-lock.ts': 'a process that dies tells nobody that it lets go of a lock',
      'support/programs/kill-campaign/victim.ts': 'kills at a drawn moment of real time',
      'support/clients/endpoints.ts': 'the pause before a service that failed is asked again',
      'support/clients/xrpl/ledger-socket.ts': 'gives up on an answer that does not come',
      'support/chaos/http-proxy.ts': 'a delay is what it is for',
      'support/chaos/socket-proxy.ts': 'a delay is what it is for',
      'support/devnet/realtime-clock.ts': 'the clock that is real time',
      'support/devnet/realtime-clock.test.ts': 'measures that clock',
      'support/devnet/testing/devnet-under-test.ts': 'lets real time pass on a devnet that lives in it',
    },
  },
  {
    what: 'a limit in time that a slow machine meets; HANG_MS is the only one',
    where: TESTING,
    pattern:
      /\b(timeout|testTimeout|hookTimeout|connectionTimeout)\s*:(?!\s*((2 \* )?HANG_MS|NO_TIMEOUT_MS)\b)|\b(\w*[tT]imeoutMs|timeMs|waitMs)\s*:\s*\d|^\s*\}, (\d[\d_]*|\w*(TIMEOUT|_MS)\w*)\);?$|\bwaitFor\(|\.waitUntil\(\(\)|interruptAfterTimeLimit|AbortSignal\.timeout\(/,
    except: {
      'support/chaos/testing/struck-network.ts':
        'no answer at all is told by a limit only; what comes late is asked again',
      'support/sequence/shrink.test.ts': 'the clock of that budget is moved by the test',
    },
  },
  {
    what: 'the clock of the machine in a test',
    where: TESTING,
    pattern: /\b(performance|Date)\.now\(\)|process\.hrtime/,
    except: {
      'support/clients/endpoints.test.ts': 'puts another time in its place',
      'support/chaos/testing/struck-network.ts': 'puts another time in its place',
      'scenarios/sequences.test.ts': 'RUN_TIME: a QA run that goes on for so long',
    },
  },
  {
    what: 'a clean-up that takes for granted what a hook may have failed to open; let the hook return it',
    where: TESTING,
    pattern: /\bafter(All|Each)\((?!\(\) => opened\.close\(\)\))/,
    except: {},
  },
  {
    what: 'an amount as a float',
    pattern: new RegExp(
      String.raw`\bparseFloat\(|\.toFixed\(|[/*] 1e\d|\bNumber\([^()]*(${AMOUNT_WORDS})|\b(format|parse)(Ether|Units)\(`,
    ),
    except: {
      'support/devnet/ledger/rpc/server-methods.ts': 'server_info speaks of XRP in decimals',
      'support/devnet/ledger/rpc/faucet.ts': 'the faucet API answers in XRP with decimals',
      'support/devnet/ledger/rpc/holding-methods.ts': 'noripple_check gives a fee as a JSON number',
      'support/devnet/ledger/rpc/subscriptions.ts': 'the ledger stream gives fees as JSON numbers',
    },
  },
  {
    what: 'a secret',
    pattern:
      /\bsEd[1-9A-HJ-NP-Za-km-z]{28}\b|['"]s[1-9A-HJ-NP-Za-km-z]{28}['"]|BEGIN [A-Z ]*PRIVATE KEY|(private_?key|secret|password|api_?key)\w*['"]?\s*[:=]\s*['"][^'"\s]{12,}['"]/i,
    except: {
      'support/devnet/ledger/genesis.ts': 'the well-known seed of every test ledger',
      'support/devnet/well-known.ts': 'keys that everybody knows, worth nothing',
      'support/devnet/fdc/attestations.test.ts': 'a published seed that must not pass as an address',
    },
  },
];

/** Lines with something banned, and exceptions that are no longer needed. */
function bannedLines(files: readonly SourceFile[], bans: readonly Ban[]): string[] {
  return bans.flatMap(({ what, pattern, except, where = /^/ }) => {
    const concerned = files.filter(({ path }) => where.test(path));
    const hits = concerned.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [{ path, where: `${path}:${index + 1}`, line }] : [])),
    );
    const idle = Object.keys(except).filter((path) => !hits.some((hit) => hit.path === path));
    return [
      ...hits.filter(({ path }) => !(path in except)).map(({ where, line }) => `${where}: ${what}: ${line.trim()}`),
      ...idle.map((path) => `${path}: needs no exception for ${what}`),
    ];
  });
}

/** Sources that do not begin with a comment; tests explain themselves by their titles. */
function silentFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => /\.(ts|mjs)$/.test(path) && !/\.(test|d)\.ts$/.test(path))
    .filter(({ text }) => !text.startsWith('/**'))
    .map(({ path }) => `${path}: does not open with a comment that says what it is for`);
}

/** Clean-ups that wait in `finally`: one that fails takes the place of what was found before. */
const hidingCleanUps = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path, text }) => !TESTING.test(path) && /finally\s*\{[^}]*\bawait\b/.test(text))
    .map(({ path }) => `${path}: waits in finally, where a failure hides the first one; use cleaningUp`);

/** Bundle files that the registry does not import. */
function unregisteredBundles(files: readonly SourceFile[]): string[] {
  const index = files.find(({ path }) => path === 'bundles/index.ts');
  const registered = new Set(index === undefined ? [] : importsOf(index).map(({ target }) => target));
  return files
    .filter(({ path, text }) => /^bundles\/[^/]+\.ts$/.test(path) && /= defineBundle\b/.test(text))
    .filter(({ path }) => !registered.has(path))
    .map(({ path }) => `${path}: is not in bundles/index.ts`);
}

/** Names that a document lacks between backticks. */
const missingNames = ({ path, text }: SourceFile, names: readonly string[]): string[] =>
  names.filter((name) => !text.includes(`\`${name}\``)).map((name) => `${path}: does not document ${name}`);

/** A generated document that is out of date. */
const staleDocument = ({ path, text }: SourceFile, written: string): string[] =>
  text === written ? [] : [`${path}: is not what the table of settings says; run npm run settings-docs`];

/** Bundle files without examples beside them. Refusals have theirs in one file. */
function bundlesWithoutExamples(files: readonly SourceFile[]): string[] {
  const there = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path, text }) => /^bundles\/[^/]+\.ts$/.test(path) && /= define(Bundle|Wait)\b/.test(text))
    .filter(({ path }) => !there.has(path.replace(/\.ts$/, '.test.ts')))
    .map(({ path }) => `${path}: has no examples beside it`);
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

/** Builds for other platforms that the lock file lacks; `npm ci` refuses it then. */
function missingBuilds({ packages }: LockFile): string[] {
  return Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !(`node_modules/${name}` in packages))
    .map((name) => `package-lock.json: lacks ${name}; run node .ci/complete-lock.mjs`);
}

const SELF = 'support/tidy.test.ts';
/** The rules themselves. */
const TIDY = 'support/tidy';
const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string): SourceFile => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') });

describe('the checks find planted bad examples', () => {
  const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: lines.join('\n') });

  test('an import up the house, with the way to it', () => {
    const files = [
      file('scenarios/a.test.ts', "import { b } from '../bundles/b.ts';"),
      file('bundles/b.ts', "import { c } from '../support/model/c.ts';"),
      file('support/model/c.ts', '', 'import {', '  d,', "} from '../clients/xrpl/d.ts';"),
      file('support/clients/xrpl/d.ts', "import { e } from '../../units/e.ts';"),
      file('support/units/e.ts', ''),
    ];
    expect(layerProblems(files)).toEqual([
      'support/model/c.ts:4: support/model may import support/units, not support/clients' +
        ' (scenarios/a.test.ts → bundles/b.ts → support/model/c.ts → support/clients/xrpl/d.ts)',
    ]);
  });

  test.each([
    ['support/units/a.ts', "export { b } from '../model/b.ts';", 'support/model'],
    ['support/sequence/a.ts', "import type { B } from '../actors/b.ts';", 'support/actors'],
    ['support/devnet/fdc/a.ts', "const b = await import('../../actors/b.ts');", 'support/actors'],
    ['support/devnet/a.ts', "import '../sequence/b.ts';", 'support/sequence'],
    ['support/report/a.ts', "import { b } from '../../bundles/index.ts';", 'bundles'],
    ['bundles/a.ts', "import { b } from '../support/clients/b.ts';", 'support/clients'],
    ['support/stage/a.ts', "import { b } from '../../fixtures/suite.ts';", 'fixtures'],
    ['support/model/a.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['support/units/a.ts', "import { id } from 'ethers';", 'ethers'],
  ])('%s: %s', (path, line, named) => {
    expect(layerProblems([file(path, line)])).toEqual([expect.stringContaining(`, not ${named} (`)]);
  });

  test('imports down the house are right', () => {
    const files = [
      file('scenarios/a.ts', "import { b } from '../fixtures/b.ts';", "import { c } from '../support/devnet/c.ts';"),
      file('support/model/a.ts', "import { b } from '../units/b.ts';", "import { c } from './c.ts';"),
      file('support/model/a.test.ts', "import { test } from 'vitest';"),
      file('support/clients/xrpl/a.ts', "import { Client } from 'xrpl';", "import { b } from '../flare/b.ts';"),
    ];
    expect(layerProblems(files)).toEqual([]);
  });

  test.each([
    ['an open end', '// TODO: later'],
    ['a silenced compiler', 'const x = y as any;'],
    ['a test left out', "test.skip('x', () => {});"],
    ['a swallowed error', 'try { act(); } catch {}'],
    ['a remembered promise', '#pools: Promise<readonly Pool[]> | undefined;'],
    ['a remembered promise', 'readonly #known = new Map<string, Promise<Terms>>();'],
    ['a place on one machine', "readFileSync('/tmp/x')"],
    ['a server open to the network', "server.listen(0, '0.0.0.0');"],
    ['a sleep', 'await new Promise((resolve) => setTimeout(resolve, 100));'],
    ['an amount as a float', 'const fee = Number(feeUba) / 2;'],
    ['an amount as a float', 'const xrp = drops / 1e6;'],
    ['an amount as a float', 'formatEther(balance)'],
    ['a secret', "const apiKey = 'f00dcafe-0123-4567';"],
    ['a secret', "seed: 'snoPBrXtMeMyMHUVTgbuqAfg1SUTb'"],
  ])('%s: %s', (what, line) => {
    expect(bannedLines([file('support/a.ts', 'fine();', line)], withoutExceptions)).toEqual([
      expect.stringMatching(new RegExp(`^support/a\\.ts:2: ${what}`)),
    ]);
  });

  test.each([
    ['a limit in time', "describe('users', { timeout: 120_000 }, () => {"],
    ['a limit in time', 'await expect.poll(look, { timeout: SOON }).toBe(1);'],
    ['a limit in time', 'testTimeout: 240_000,'],
    ['a limit in time', '}, 120_000);'],
    ['a limit in time', '}, COMPILE_TIMEOUT_MS);'],
    ['a limit in time', 'await vi.waitFor(() => expect(seen).toBe(true));'],
    ['a limit in time', 'await vi.waitUntil(() => asked.length === 1);'],
    ['a limit in time', 'const terms = { ...TERMS, receiptTimeoutMs: 1600 };'],
    ['a limit in time', "lockKey(folder, 'user-1', 'another', { waitMs: 10_000 })"],
    ['a limit in time', 'budget: { plays: 60, timeMs: 40_000 },'],
    ['a limit in time', 'await fetch(url, { signal: AbortSignal.timeout(3_000) });'],
    ['the clock', 'expect(performance.now() - startMs).toBeLessThan(500);'],
    ['a clean-up', 'afterAll(() => network.stop());'],
    ['a clean-up', 'afterEach(async () => {'],
  ])('in a test, not elsewhere, %s: %s', (what, line) => {
    const places = ['support/a.test.ts', 'support/testing/a.ts', 'support/a.ts'].map((path) => file(path, line));
    expect(bannedLines(places, withoutExceptions)).toEqual([
      expect.stringMatching(new RegExp(`^support/a\\.test\\.ts:1: ${what}`)),
      expect.stringMatching(new RegExp(`^support/testing/a\\.ts:1: ${what}`)),
    ]);
  });

  test('the one limit, a clean-up of what was opened, and the time of a network are right', () => {
    const lines = [
      'expect: { poll: { timeout: HANG_MS } },',
      'testTimeout: 2 * HANG_MS,',
      'new JsonRpc(url, { timeoutMs: HANG_MS });',
      'afterAll(() => opened.close());',
      'network.attestor({ provableTimeoutS: 20 })',
    ];
    expect(bannedLines([file('support/a.test.ts', ...lines)], withoutExceptions)).toEqual([]);
  });
  const withoutExceptions = BANS.map((ban) => ({ ...ban, except: {} }));

  test('an exception covers its file and must be needed', () => {
    const ban: Ban = { what: 'x', pattern: /bad/, except: { 'a.ts': 'why', 'gone.ts': 'why' } };
    expect(bannedLines([file('a.ts', 'bad')], [ban])).toEqual(['gone.ts: needs no exception for x']);
  });

  test('a file without an opening comment', () => {
    const files = [file('a.ts', '/** What. */'), file('b.ts', 'export {};', '/** Late. */'), file('c.test.ts', '')];
    expect(silentFiles(files)).toEqual([expect.stringContaining('b.ts')]);
  });

  test('a clean-up that can hide what was found', () => {
    const waits = ['try {', '  act();', '} finally {', '  await stop();', '}'];
    const files = [
      file('support/a.ts', ...waits),
      file('support/a.test.ts', ...waits),
      file('support/b.ts', 'try {', '  act();', '} finally {', '  release();', '}', 'await other();'),
    ];
    expect(hidingCleanUps(files)).toEqual([expect.stringMatching(/^support\/a\.ts: waits in finally/)]);
  });

  test('a bundle that nobody registered', () => {
    const files = [
      file('bundles/index.ts', "import { a } from './a.ts';"),
      file('bundles/a.ts', 'export const a = defineBundle<Actors>({});'),
      file('bundles/b.ts', 'export const b = defineBundle<Actors>({});'),
      file('bundles/shared.ts', 'export const helper = 1;'),
    ];
    expect(unregisteredBundles(files)).toEqual(['bundles/b.ts: is not in bundles/index.ts']);
  });

  test('a bundle without examples beside it', () => {
    const files = [
      file('bundles/a.ts', 'export const a = defineBundle<Actors>({});'),
      file('bundles/a.test.ts', "import { a } from './a.ts';"),
      file('bundles/b.ts', 'export const b = defineBundle<Actors>({});'),
      file('bundles/b-again.test.ts', "import { b } from './b.ts';"),
      file('bundles/c.ts', "export const c = defineWait('c');"),
      file('bundles/shared.ts', 'export function defineWait() {}'),
    ];
    expect(bundlesWithoutExamples(files)).toEqual([
      'bundles/b.ts: has no examples beside it',
      'bundles/c.ts: has no examples beside it',
    ]);
  });

  test('a name that a document leaves out', () => {
    expect(missingNames(file('README.md', 'set `SEED` or USERS'), ['SEED', 'USERS'])).toEqual([
      'README.md: does not document USERS',
    ]);
  });

  test('a document that the table of settings has left behind', () => {
    const [seed, ...others] = allRows;
    const readme = `# Settings\n\n${settingsTable(others)}\n\nend`;
    expect(staleDocument({ path: 'README.md', text: readme }, readmeWith(readme, settingsTable()))).toHaveLength(1);
    expect(readmeWith(readme, settingsTable())).toContain(`\`${seed?.name}\``);
    expect(staleDocument({ path: '.env.example', text: envExample(others) }, envExample())).toHaveLength(1);
    expect(() => readmeWith('# none', settingsTable())).toThrow('no table of settings');
  });

  test('a lock file that lacks a platform', () => {
    const packages = {
      'node_modules/tool': { optionalDependencies: { 'tool-linux-x64': '1.0.0', 'tool-darwin-x64': '1.0.0' } },
      'node_modules/tool-linux-x64': {},
    };
    expect(missingBuilds({ packages })).toEqual([expect.stringContaining('tool-darwin-x64')]);
  });
});

/** Folders of a README's map, `support/` ones with their parent. */
function foldersOfMap(text: string): string[] {
  const map = /```\n(bundles\/[^`]*)```/.exec(text)?.[1] ?? '';
  return [...map.matchAll(/^( *)([a-z]+)\//gm)].map(([, indent = '', name = '']) =>
    indent === '' ? name : `support/${name}`,
  );
}

describe('the project', () => {
  const sources = readSources(ROOT, 'bundles', 'fixtures', 'scenarios', 'support', '.ci', 'vitest.config.ts').filter(
    ({ path }) => path !== SELF,
  );
  const manifest: { scripts: Record<string, string> } = JSON.parse(read('package.json').text);

  test('imports point down the house', () => expect(layerProblems(sources)).toEqual([]));
  test('no folder of support is outside of the table of layers', () => {
    const folders = readdirSync(resolve(ROOT, 'support'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `support/${name}`);
    expect(folders.filter((folder) => folder !== TIDY && ROOMS.every((room) => room.folder !== folder))).toEqual([]);
  });
  test('no source contains what none may contain', () => expect(bannedLines(sources, BANS)).toEqual([]));
  test('no clean-up hides what was found', () => expect(hidingCleanUps(sources)).toEqual([]));
  test('every source opens with a comment', () => expect(silentFiles(sources)).toEqual([]));
  test('the map in the README has just the folders that there are', () => {
    const inside = (folder: string): string[] =>
      readdirSync(resolve(ROOT, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    const there = ['bundles', 'scenarios', 'fixtures', 'support', 'docs'];
    const folders = [...there, ...inside('support').map((name) => `support/${name}`)];
    expect(foldersOfMap(read('README.md').text).toSorted()).toEqual(folders.toSorted());
  });
  test('every bundle is registered', () => expect(unregisteredBundles(sources)).toEqual([]));
  test('every bundle has its examples beside it', () => expect(bundlesWithoutExamples(sources)).toEqual([]));
  test('the README names every bundle and script', () => {
    const scripts = Object.keys(manifest.scripts).map((name) => (name === 'test' ? 'npm test' : `npm run ${name}`));
    const names = [...bundles.map(({ name }) => name), ...scripts];
    expect(missingNames(read('README.md'), names)).toEqual([]);
  });
  test('README and .env.example say of the settings what their table says', () => {
    const readme = read('README.md');
    expect(staleDocument(readme, readmeWith(readme.text, settingsTable()))).toEqual([]);
    expect(staleDocument(read('.env.example'), envExample())).toEqual([]);
  });
  test('the lock file knows every platform', () => {
    expect(missingBuilds(JSON.parse(read('package-lock.json').text))).toEqual([]);
  });
});
