/** What this process and those that it started have used of the processor; real time where the system does not tell. */
import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Of a process in /proc: its parent, its processor time in clock ticks. */
export interface ProcessTimes {
  readonly name: string;
  readonly parent: number;
  readonly ticks: number;
}

/** Linux counts processor time of other processes in hundredths of a second. */
const TICK_MS = 10;

/** One line of /proc/PID/stat; the name stands in brackets and may hold anything. */
export function processTimes(stat: string): ProcessTimes {
  const [from, to] = [stat.indexOf('('), stat.lastIndexOf(')')];
  const fields = stat.slice(to + 2).split(' ');
  // Fields 4, 14 and 15 of proc(5); the third comes right after the name.
  const field = (number: number): number => Number(fields[number - 3]);
  return { name: stat.slice(from + 1, to), parent: field(4), ticks: field(14) + field(15) };
}

/** Those that descend from `ancestor`, by id. */
export function descendantsOf(ancestor: number, processes: ReadonlyMap<number, ProcessTimes>): number[] {
  const children = [...processes].filter(([, { parent }]) => parent === ancestor).map(([id]) => id);
  return children.flatMap((child) => [child, ...descendantsOf(child, processes)]);
}

export interface Processor {
  /** `cpu`, or `wall` where the system tells only of this process. */
  readonly unit: 'cpu' | 'wall';
  /** Milliseconds so far. */
  usedMs(): number;
}

/** Counts those processes that run now, so call it when all that is to be measured has started. */
export function processorOfAll(): Processor {
  const own = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const started = startedByUs();
  if (started === undefined) return { unit: 'wall', usedMs: () => performance.now() };
  return { unit: 'cpu', usedMs: () => started.reduce((sum, id) => sum + ticksOf(id) * TICK_MS, own()) };
}

/** The most memory, in megabytes, that any process of this name under us has held; undefined where nobody tells. */
export function peakMbOf(name: string): number | undefined {
  const peaksKb = (startedByUs() ?? [])
    .filter((id) => processTimes(readFileSync(`/proc/${id}/stat`, 'utf8')).name === name)
    .map((id) => Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
  return peaksKb.length === 0 ? undefined : Math.max(...peaksKb) / 1024;
}

const ticksOf = (id: number): number => processTimes(readFileSync(`/proc/${id}/stat`, 'utf8')).ticks;

/** Undefined where there is no /proc. */
function startedByUs(): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const processes = new Map<number, ProcessTimes>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(entry) : undefined;
    if (stat !== undefined) processes.set(Number(entry), processTimes(stat));
  }
  return descendantsOf(process.pid, processes);
}

/** Undefined for a process that has ended since it was listed. */
function statOf(id: string): string | undefined {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
