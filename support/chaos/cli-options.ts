/**
 * The command line of the chaos program: one pure parse with errors of one line.
 */
import { parseArgs } from 'node:util';
import { CHAOS_KINDS, type LimitKind, describeKind, limitKinds } from './kinds.ts';

const WIDTH = Math.max(...CHAOS_KINDS.map((kind) => kind.length));

export const USAGE = `npm run chaos -- --record FILE --json OUT [options]
  --record FILE    record of the network to stand in front of, for example one written by npm run devnet
  --json OUT       write the record with the proxies' URLs to OUT, for NETWORK=OUT
  --seed N         seed of everything random (default: 1)
  --rate PERCENT   share of each service's requests that are disturbed, 0 to 100 (default: 5)
  --limits KINDS   what the chain's nodes always refuse, with commas between, or all: ${limitKinds.join(', ')}
                   (default: none). The limits are those of the record, or of Coston2's public nodes
  --help           print this
It prints these counts on SIGUSR2 and at the end (SIGINT, SIGTERM):
${CHAOS_KINDS.map((kind) => `  ${kind.padEnd(WIDTH)}  ${describeKind(kind)}`).join('\n')}`;

export interface CliOptions {
  readonly recordFile: string;
  readonly jsonFile: string;
  readonly seed: number;
  readonly ratePercent: number;
  readonly limits: readonly LimitKind[];
}

/** The command line is wrong; the message says how, in one line. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** `help` when help is asked for. Throws UsageError. */
export function parseCommandLine(args: readonly string[]): CliOptions | 'help' {
  const { record, json, seed = '1', rate = '5', limits = 'none', help } = rawValues(args);
  if (help === true) return 'help';
  return {
    recordFile: given('--record', record),
    jsonFile: given('--json', json),
    seed: number('--seed', seed, /^\d{1,10}$/, 2 ** 32 - 1),
    ratePercent: number('--rate', rate, /^\d{1,3}(\.\d+)?$/, 100),
    limits: limitsIn(limits),
  };
}

function rawValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        record: { type: 'string' },
        json: { type: 'string' },
        seed: { type: 'string' },
        rate: { type: 'string' },
        limits: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(message.split('\n')[0] ?? message, { cause });
  }
}

function limitsIn(text: string): readonly LimitKind[] {
  if (text === 'all') return limitKinds;
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const kind = limitKinds.find((candidate) => candidate === name);
    if (kind !== undefined) return kind;
    throw new UsageError(`--limits is all, none or any of ${limitKinds.join(', ')}, not "${text}"`);
  });
}

function given(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`${name} needs a file`);
  return value;
}

function number(name: string, text: string, form: RegExp, highest: number): number {
  const value = Number(text);
  if (!form.test(text) || value > highest)
    throw new UsageError(`${name} is a number from 0 to ${highest}, not "${text}"`);
  return value;
}
