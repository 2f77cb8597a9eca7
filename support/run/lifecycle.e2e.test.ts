/**
 * However a run ends, nothing outlives it, its money is accounted for where that can be done, and its exit code is right.
 * Each test runs the real command line on the embedded devnet.
 */
import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';
import { counterexample } from '../sequence/testing/counterexample.ts';
import { type StartedRun, test } from './testing/started-run.ts';

const ACCOUNTED = 'closes to the last unit';

describe.concurrent('a signal', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('%s cancels the tests, collects and accounts', async ([signal, exitCode], { start, expect }) => {
    const run = start.behaviour('waits for ever');
    await run.printed('it waits');
    run.child.kill(signal);
    const { code, output } = await run.ended();
    expect(output).toContain(ACCOUNTED);
    expect(lastLine(output)).toBe(`cancelled by ${signal}: not all tests were done`);
    expect(JSON.parse(readFileSync(path.join(run.folder, 'reports/run.json'), 'utf8'))).toMatchObject({
      cancelledBy: signal,
    });
    expect(code).toBe(exitCode);
    expect(run.leftovers()).toEqual([]);
  });

  test('during real steps ends in a statement too', async ({ start, expect }) => {
    const run = start.suite(['run', 'sequences'], {
      environment: { USERS: '2', STEPS: '5000', BUNDLES: 'mint-lowest-fee-agent,redeem' },
    });
    await expect.poll(() => stepsOf(run)).toBeGreaterThan(3);
    run.child.kill('SIGTERM');
    const { code, output } = await run.ended();
    expect(output).toMatch(/\d+ actions, \d+ mismatches, \d+ unknown/);
    expect(code).toBe(143);
    expect(run.leftovers()).toEqual([]);
  });

  test('again cuts off a test that does not give way, and still collects', async ({ start, expect }) => {
    const run = start.behaviour('spins for ever');
    await run.printed('it spins');
    run.child.kill('SIGTERM');
    await run.printed('SIGTERM: the tests are cancelled');
    run.child.kill('SIGTERM');
    const { code, output } = await run.ended();
    expect(output).toContain(ACCOUNTED);
    expect(code).toBe(143);
    expect(run.leftovers()).toEqual([]);
  });

  test('for the third time quits at once', async ({ start, expect }) => {
    const run = start.behaviour('spins for ever');
    await run.printed('it spins');
    // Stopped meanwhile, so that it meets all three at once.
    for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGCONT'] as const) run.child.kill(signal);
    const { code, output } = await run.ended();
    expect(output).not.toContain(ACCOUNTED);
    expect(code).toBeGreaterThan(128);
    await expect.poll(() => run.leftovers()).toEqual([]);
  });
});

describe.concurrent('an end that nobody asked for', () => {
  test('kill -9 leaves no process and no file', async ({ start, expect }) => {
    const run = start.behaviour('waits for ever');
    await run.printed('it waits');
    expect(run.leftovers()).not.toEqual([]);
    run.child.kill('SIGKILL');
    await run.ended();
    await expect.poll(() => run.leftovers()).toEqual([]);
  });

  test('kill -9 in the midst of a failure: its counterexample is there, and replays', async ({ start, expect }) => {
    const environment = { PLANTED_FAULT: 'agent-pays-one-drop-less' };
    const run = start.suite(['run', 'scenarios/sequences'], {
      environment: { ...environment, STEPS: '30', BUNDLES: 'mint-lowest-fee-agent,redeem' },
    });
    const saved = path.join(run.folder, 'reports', 'counterexamples');
    const files = () => (existsSync(saved) ? readdirSync(saved).filter((file) => file.endsWith('.json')) : []);
    await expect.poll(files, { interval: 5 }).not.toEqual([]);
    run.child.kill('SIGKILL');
    await run.ended();
    const [file = ''] = files();
    const replay = start.suite(['run'], { environment: { ...environment, REPLAY: path.join(saved, file) } });
    const { code, output } = await replay.ended();
    expect(output).toMatch(/reproduced: user-1, redeem: xrp is \d+, expected \d+, off by -1\b/);
    expect(code).toBe(1);
  });

  test.for(['leaves the process', 'leaves a rejection'])(
    'a test that %s: collected, exit code 1',
    async (name, { start, expect }) => {
      const run = start.behaviour(name);
      const { code, output } = await run.ended();
      expect(output).toContain(ACCOUNTED);
      expect(code).toBe(1);
      expect(run.leftovers()).toEqual([]);
    },
  );

  test('a network that dies: nothing can be collected, exit code 1 though every test passed', async ({
    start,
    expect,
  }) => {
    const run = start.behaviour('goes on when told');
    await run.printed('it waits');
    run.killProgram('anvil');
    writeFileSync(path.join(run.folder, 'go'), '');
    const { code, output } = await run.ended();
    expect(output).toMatch(/1 passed/);
    expect(output).toContain('anvil ended unasked');
    expect(code).toBe(1);
    expect(run.leftovers()).toEqual([]);
  });

  test('a devnet that cannot start: every test says why', async ({ start, expect }) => {
    const run = start.behaviour('passes', { environment: { TMPDIR: '/dev/null' } });
    const { code, output } = await run.ended();
    expect(output).toMatch(/the run could not be opened: anvil did not start/);
    expect(code).toBe(1);
    expect(run.leftovers()).toEqual([]);
  });
});

describe.concurrent('a run that needs no network', () => {
  test.for([
    ['listing', ['list'], 0],
    ['a name that no test has', ['run', '-t', 'no such test'], 1],
    ['a path that no file has', ['run', 'no/such/file'], 1],
  ] as const)('%s starts nothing and funds nobody', async ([, args, exitCode], { start, expect }) => {
    const run = start.suite(args);
    const { code, output } = await run.ended();
    expect(code).toBe(exitCode);
    if (args[1] === '-t') expect(lastLine(output)).toBe('nothing was tested: no user did a single step');
    expect(readdirSync(run.folder)).toEqual(['temporary']);
    expect(run.leftovers()).toEqual([]);
  });
});

describe.concurrent('a setting in .env', () => {
  test('counts as much as one in the environment: REPLAY replays, and nothing else', async ({ start, expect }) => {
    const files = { '.env': 'REPLAY=x.json', 'x.json': JSON.stringify(counterexample({})) };
    const { code, output } = await start.suite(['list'], { files }).ended();
    expect(output).toMatch(/^\[qa\] scenarios\/replay\.test\.ts > .*\n$/);
    expect(code).toBe(0);
  });
});

describe.concurrent('a wrong setting', () => {
  test.for([
    ['run', { environment: { STEPS: 'many' } }, /^STEPS is "many".*$/m],
    ['list', { environment: { NETWORK: 'nowhere' } }, /^NETWORK is "nowhere".*$/m],
    ['--watch', { files: { '.env': 'REPLAY=no/such/file' } }, /^REPLAY: .*$/m],
  ] as const)('stops %s with its line and no stack, exit code 2', async ([mode, set, line], { start, expect }) => {
    const run = start.suite([mode], set);
    const { code, output } = await run.ended();
    // On a slow machine vite adds how long its plugins took.
    expect(output).toMatch(line);
    expect(output).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
    expect(run.leftovers()).toEqual([]);
  });
});

describe.concurrent('a run that goes on', () => {
  test('watching: tests run again on the same network, and the end collects', async ({ start, expect }) => {
    const run = start.behaviour('passes', { mode: '--watch' });
    await run.printed('Waiting for file changes');
    const history = () => readFileSync(path.join(run.folder, 'reports/history.jsonl'), 'utf8');
    const [funded] = history().split('\n');
    utimesSync(path.join(import.meta.dirname, '../../fixtures/testing/behaviours.ts'), new Date(), new Date());
    await run.printed('RERUN');
    await expect.poll(() => history().split('put back').length - 1).toBe(2);
    expect(history().split('\n')[0]).toBe(funded);
    run.child.kill('SIGTERM');
    const { code, output } = await run.ended();
    expect(output).toContain(ACCOUNTED);
    expect(output.match(/^seed 7$/gm)).toHaveLength(2);
    expect(code).toBe(143);
    expect(run.leftovers()).toEqual([]);
  });

  test('two shards at once, each on a devnet of its own and with reports of its own', async ({ start, expect }) => {
    const shards = ['1/2', '2/2'].map(
      (name) => [`shard-${name.replace('/', '-of-')}`, start.suite(['run', `--shard=${name}`])] as const,
    );
    for (const [name, shard] of shards) {
      const { code, output } = await shard.ended();
      expect(output).toMatch(/Test Files {2}\d passed/);
      expect(output).toContain(ACCOUNTED);
      expect(code).toBe(0);
      expect(existsSync(path.join(shard.folder, 'reports', name, 'run.json'))).toBe(true);
      expect(shard.leftovers()).toEqual([]);
    }
  });

  test('--bail=1 ends at the first failure, and collects', async ({ start, expect }) => {
    const run = start.suite(['run', '--bail=1'], { environment: { PLANTED_FAULT: 'ledger-charges-fee-twice' } });
    const { code, output } = await run.ended();
    expect(output).toMatch(/1 failed/);
    expect(output).toMatch(/\d+ actions, \d+ mismatches, \d+ unknown/);
    expect(lastLine(output)).toBe('cancelled by the failures that --bail allows: not all tests were done');
    expect(code).toBe(1);
    expect(run.leftovers()).toEqual([]);
  });
});

describe.concurrent('the devnet program', () => {
  test.for(['SIGINT', 'SIGHUP', 'SIGKILL'] as const)('leaves nothing after %s', async (signal, { start, expect }) => {
    const program = path.join(import.meta.dirname, '../devnet/cli.ts');
    const run = start.program([program, '--agents', '1']);
    await run.printed('devnet is up');
    run.child.kill(signal);
    expect((await run.ended()).code).toBe(signal === 'SIGKILL' ? null : 0);
    await expect.poll(() => run.leftovers()).toEqual([]);
  });
});

/** Steps that have been done and judged so far. */
function stepsOf(run: StartedRun): number {
  const file = path.join(run.folder, 'reports/history.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('"type":"step"').length - 1 : 0;
}

const lastLine = (output: string): string | undefined => output.trimEnd().split('\n').at(-1);
