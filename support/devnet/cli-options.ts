/**
 * The command line of the devnet program: one pure parse with errors of one line.
 */
import { parseArgs } from 'node:util';
import type { Visitors } from './http/visitors.ts';
import type { ClockKind } from './timings.ts';

export const USAGE = `npm run devnet -- [options]
  --clock virtual|realtime   virtual time, moved by control calls, or the wall clock (default: virtual)
  --artifacts DIR            compiled artifacts of the real contracts (default: the embedded stand-in)
  --agents N                 number of agents (default: 3)
  --json FILE                write the network record to FILE once everything is up
  --port N                   first of five consecutive ports (default: any free ports)
  --allow-origin ORIGIN      also answer pages of this origin, e.g. http://localhost:5173 (default: no pages)
  --allow-host NAME          also answer under this host name (default: only 127.0.0.1 and localhost)
  --ledger-accept            a ledger closes on a client's ledger_accept, as on a stand-alone server
  --base-reserve XRP         what an account of the ledger must keep (default: 1)
  --public-limits            the chain refuses what Coston2's public nodes refuse: logs of many blocks, large batches and so on
  --help                     print this`;

export interface CliOptions {
  readonly clock: ClockKind;
  readonly artifactsDir: string | undefined;
  readonly agents: number;
  readonly jsonFile: string | undefined;
  readonly portBase: number | undefined;
  readonly visitors: Visitors;
  readonly ledgerAccept: boolean;
  readonly publicLimits: boolean;
  readonly baseReserveXrp: number;
}

/** The command line is wrong; the message says how, in one line. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Agents beyond this only slow the start down. */
const AGENT_LIMIT = 50;
/** More than the ledger ever asked for. */
const MOST_RESERVE_XRP = 200;
const HIGHEST_PORT_BASE = 65_535 - 4;

/** `help` when help is asked for. Throws UsageError. */
export function parseCommandLine(args: readonly string[]): CliOptions | 'help' {
  const values = rawValues(args);
  if (values.help === true) return 'help';
  const { clock = 'virtual', artifacts, agents = '3', json, port } = values;
  if (clock !== 'virtual' && clock !== 'realtime')
    throw new UsageError(`--clock is virtual or realtime, not "${clock}"`);
  return {
    clock,
    artifactsDir: notEmpty('--artifacts', artifacts),
    agents: wholeNumber('--agents', agents, 1, AGENT_LIMIT),
    jsonFile: notEmpty('--json', json),
    ledgerAccept: values['ledger-accept'] === true,
    publicLimits: values['public-limits'] === true,
    baseReserveXrp: wholeNumber('--base-reserve', values['base-reserve'] ?? '1', 1, MOST_RESERVE_XRP),
    portBase: port === undefined ? undefined : wholeNumber('--port', port, 1, HIGHEST_PORT_BASE),
    visitors: {
      ...(values['allow-origin'] !== undefined && { origin: originIn(values['allow-origin']) }),
      ...(values['allow-host'] !== undefined && { host: hostIn(values['allow-host']) }),
    },
  };
}

function rawValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        clock: { type: 'string' },
        artifacts: { type: 'string' },
        agents: { type: 'string' },
        json: { type: 'string' },
        port: { type: 'string' },
        'allow-origin': { type: 'string' },
        'allow-host': { type: 'string' },
        'ledger-accept': { type: 'boolean' },
        'base-reserve': { type: 'string' },
        'public-limits': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(message.split('\n')[0] ?? message, { cause });
  }
}

function notEmpty(name: string, value: string | undefined): string | undefined {
  if (value === '') throw new UsageError(`${name} needs a value`);
  return value;
}

function originIn(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text) return text;
  throw new UsageError(`--allow-origin is an origin like http://localhost:5173, with nothing behind it, not "${text}"`);
}

function hostIn(text: string): string {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) return text;
  throw new UsageError(`--allow-host is a name without port, not "${text}"`);
}

function wholeNumber(name: string, text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < lowest || value > highest)
    throw new UsageError(`${name} is a whole number from ${lowest} to ${highest}, not "${text}"`);
  return value;
}
