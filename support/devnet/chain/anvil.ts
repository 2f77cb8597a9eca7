/**
 * The devnet's EVM node: one anvil process, started from the binary that npm installed, and surely stopped.
 *
 * A supervisor process stands between us and anvil, so that anvil dies and its files go even when we are killed with
 * -9. Nothing is deployed here and no time is kept here; chain-time.ts does that.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { HANG_MS } from '../../units/hang.ts';
import { throwUncaught } from '../uncaught.ts';

export interface AnvilOptions {
  /** 0 lets the system choose. */
  readonly port?: number;
  readonly chainId?: number;
  /** Unix second of the genesis block, after which time stands still until it is moved. Absent: the wall clock. */
  readonly startS?: number;
  /** Seconds between blocks that carry nothing, beside a block for each transaction. Absent: only the latter. */
  readonly emptyBlockS?: number;
  /** How many past blocks can be asked for state. */
  readonly historyBlocks?: number;
  /** Of a page that may call from a browser; none unless said. */
  readonly allowOrigin?: string;
  /** Told when the process ends unasked, with the last of what it printed. Default: thrown as an uncaught error. */
  readonly onDeath?: (error: Error) => void;
}

export interface Anvil {
  readonly url: string;
  /** Of the supervisor. */
  readonly pid: number;
  /** Ends the process and removes its files; more than once is fine. */
  stop(): Promise<void>;
}

/** The supervisor's exit code when anvil ended and nobody had asked for it. */
const ENDED_BY_ITSELF = 1;
const COMPLAINTS_LIMIT_CHARACTERS = 4000;
/** Zero stays zero, while any other base fee moves with the blocks and evm_revert forgets to put it back. */
const BASE_FEE_WEI = 0;

/** Throws when the binary is missing, the port is busy, or anvil ends before it listens (with what it printed). */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const { port = 0 } = options;
  const supervisor = path.join(import.meta.dirname, 'anvil-supervisor.mjs');
  // In a process group of its own, so that Ctrl-C in a terminal leaves it alive for the clean-up of its users.
  const child = spawn(process.execPath, [supervisor, anvilBinary(), ...anvilArguments(options)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  let stopping = false;
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString('utf8')).slice(-COMPLAINTS_LIMIT_CHARACTERS);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdin.on('error', () => child.kill());
  child.once('exit', () => killGroup(child.pid)); // should the supervisor itself have been killed

  const neverUp = ended.then((): never => {
    throw startFailure(port, complaints);
  });
  const url = await Promise.race([listeningUrl(child), neverUp]);

  const onDeath = options.onDeath ?? throwUncaught;
  child.once('close', (code) => {
    if (!stopping || code === ENDED_BY_ITSELF)
      onDeath(new Error(`anvil ended unasked: ${complaints.trim() || 'its supervisor was killed'}`));
  });
  const stop = async () => {
    stopping = true;
    child.stdin.end();
    await ended;
  };
  try {
    await prepare(url, options.startS !== undefined);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, stop };
}

/** Where anvil says it listens; pending for ever if it never says so. */
function listeningUrl(child: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let greeting = '';
    const read = (chunk: Buffer) => {
      greeting += chunk.toString('utf8');
      const address = /Listening on (127(?:\.\d+){3}:\d+)/.exec(greeting)?.[1];
      if (address === undefined) return;
      child.stdout.off('data', read).resume();
      resolve(`http://${address}`);
    };
    child.stdout.on('data', read);
    child.once('error', reject);
  });
}

function anvilArguments(options: AnvilOptions): string[] {
  const args = ['--host', loopbackAddress(options.port ?? 0), '--port', String(options.port ?? 0)];
  args.push('--chain-id', String(options.chainId ?? 31337), '--accounts', '0');
  args.push('--hardfork', 'cancun', '--prune-history', String(options.historyBlocks ?? 256));
  args.push('--disable-code-size-limit', '--block-base-fee-per-gas', String(BASE_FEE_WEI));
  args.push(...(options.allowOrigin === undefined ? ['--no-cors'] : ['--allow-origin', options.allowOrigin]));
  if (options.startS !== undefined) args.push('--timestamp', String(options.startS));
  if (options.emptyBlockS !== undefined) args.push('--mixed-mining', '--block-time', String(options.emptyBlockS));
  return args;
}

/**
 * Whoever wants a certain port gets the usual address. Otherwise a drawn one of the loopback range, where the system has them
 * all: anvil answers a WebSocket of any Origin, and so no page can guess where.
 */
function loopbackAddress(port: number): string {
  if (port !== 0 || process.platform !== 'linux') return '127.0.0.1';
  return ['127', ...Array.from({ length: 3 }, () => randomInt(1, 255))].join('.');
}

/** Stops the log of every request, and time where it is ours to move: a block then has its parent's timestamp. */
async function prepare(url: string, timeStandsStill: boolean): Promise<void> {
  const rpc = new JsonRpc(url, { timeoutMs: HANG_MS });
  try {
    await rpc.call('anvil_setLoggingEnabled', [false]);
    if (timeStandsStill) await rpc.call('anvil_setBlockTimestampInterval', [0]);
  } finally {
    rpc.close();
  }
}

/** Path of the native binary in the platform's package, which npm installs as an optional dependency. */
function anvilBinary(): string {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const packageName = `@foundry-rs/anvil-${platform}`;
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  const require = createRequire(import.meta.url);
  // The platform package hangs on @foundry-rs/anvil, so it is looked up from there, wherever npm put it.
  const fromAnvil = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
  try {
    return path.join(path.dirname(fromAnvil.resolve(`${packageName}/package.json`)), 'bin', file);
  } catch (cause) {
    throw new Error(
      `anvil has no binary for ${platform} here: the npm package ${packageName} is not installed ` +
        '(optional dependencies left out, or a platform it does not exist for)',
      { cause },
    );
  }
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined || process.platform === 'win32') return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

function startFailure(port: number, complaints: string): Error {
  if (/address.*in use/i.test(complaints)) return new Error(`anvil: port ${port} is busy`);
  return new Error(`anvil did not start: ${complaints.trim()}`);
}
