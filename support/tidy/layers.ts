/**
 * tidy: the house rules. This file: the rooms from the ground up, and which rooms each may import besides itself.
 * Imports nothing from the project. The tidy test holds the sources to this table; `npm run layers` prints it.
 * Never here: rules that the compiler or the linter can hold.
 */
import { posix } from 'node:path';

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Room {
  readonly folder: string;
  readonly holds: string;
  readonly imports: readonly string[];
}

const TOOLS = ['support/units', 'support/files'];
const GROUND = [...TOOLS, 'support/model', 'support/clients'];
const LOWER = [...GROUND, 'support/sequence', 'support/readers', 'support/devnet'];
const PROBING = [...GROUND, 'support/readers'];
const BESIDE = [
  'support/actors',
  'support/probes',
  'support/keys',
  'support/report',
  'support/faults',
  'support/planted',
];
const BELOW_SETTINGS = [...LOWER, ...BESIDE];
const BELOW_MONEY = [...BELOW_SETTINGS, 'support/settings', 'support/network', 'support/users'];
const BELOW_RUN = [...BELOW_MONEY, 'support/money', 'support/stage', 'support/preflight'];
const BELOW_PROGRAMS = [...BELOW_RUN, 'support/run'];

/** A server of the devnet shares wire types with a client but no formula, or one mistake would cancel the other. */
export const ROOMS: readonly Room[] = [
  { folder: 'support/units', holds: 'amounts, formats, JSON, waiting', imports: [] },
  { folder: 'support/files', holds: 'files that are written whole or not at all', imports: [] },
  { folder: 'support/model', holds: 'formulas, statements of account, invariants', imports: ['support/units'] },
  { folder: 'support/clients', holds: 'chain, ledger and FDC as typed clients', imports: TOOLS },
  {
    folder: 'support/sequence',
    holds: 'bundles, steps, draws, turns, counterexamples, shrinking',
    imports: [...TOOLS, 'support/model'],
  },
  { folder: 'support/readers', holds: 'state and events, translated for the model', imports: GROUND },
  { folder: 'support/devnet', holds: 'the embedded network', imports: [...TOOLS, 'support/clients'] },
  { folder: 'support/probes', holds: 'acts that are only simulated, and what must come of them', imports: PROBING },
  {
    folder: 'support/actors',
    holds: 'minter, redeemer, pool manager, and what their acts cost',
    imports: [...PROBING, 'support/probes'],
  },
  {
    folder: 'support/keys',
    holds: 'names, key files, locks',
    imports: [...TOOLS, 'support/clients', 'support/readers', 'support/devnet'],
  },
  {
    folder: 'support/report',
    holds: 'statements and failures as text',
    imports: [...TOOLS, 'support/model', 'support/sequence'],
  },
  {
    folder: 'support/faults',
    holds: 'misbehaviour around a correct protocol',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'support/planted',
    holds: 'faults that the suite must find',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'support/chaos',
    holds: 'misbehaving proxies in front of any network',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'bundles',
    holds: 'one file for each action bundle and each refusal',
    imports: [...TOOLS, 'support/model', 'support/sequence', 'support/readers', 'support/probes', 'support/actors'],
  },
  { folder: 'support/settings', holds: 'settings, networks, selection', imports: BELOW_SETTINGS },
  { folder: 'support/network', holds: 'a network with its clients', imports: [...BELOW_SETTINGS, 'support/settings'] },
  {
    folder: 'support/users',
    holds: 'users ready to act, and what a process must know to take part',
    imports: [...BELOW_SETTINGS, 'support/settings', 'support/network'],
  },
  { folder: 'support/money', holds: 'funding, winding up, sweeping', imports: BELOW_MONEY },
  { folder: 'support/stage', holds: 'where steps are played', imports: [...BELOW_MONEY, 'support/money'] },
  {
    folder: 'support/preflight',
    holds: 'checks before any money moves',
    imports: [...BELOW_MONEY, 'support/money'],
  },
  { folder: 'support/run', holds: 'a whole run: open, close, report', imports: BELOW_RUN },
  {
    folder: 'support/programs',
    holds: 'the programs behind npm scripts',
    imports: [...BELOW_PROGRAMS, 'support/chaos'],
  },
  {
    folder: 'fixtures',
    holds: 'wiring: the suite as a value, and what vitest needs',
    imports: [...BELOW_PROGRAMS, 'support/programs', 'bundles', 'scenarios'],
  },
  {
    folder: 'scenarios',
    holds: 'stories and the property files',
    imports: [...BELOW_PROGRAMS, 'bundles', 'fixtures'],
  },
];

/** Formulas: they import no package, so they cannot read, wait or draw. */
const PURE = ['support/units', 'support/model'];

/** Any test may import this, as the argument of what it tests. */
const FOR_TESTS = 'fixtures/suite.ts';

/** Files that join rooms on purpose. */
const JOINERS: Readonly<Record<string, string>> = {
  'bundles/bundles.test.ts': 'runs every bundle on a network, with the fixtures',
};

export const roomOf = (path: string): Room | undefined => ROOMS.find(({ folder }) => path.startsWith(`${folder}/`));

/** Every import of a file: its line, and its target from the project's root, or the name of a package. */
export function importsOf({ path, text }: SourceFile): { readonly line: number; readonly target: string }[] {
  const specifiers = text.matchAll(
    /^(?:import|export)\s+(?:type\s+)?(?:[\w*{][\w\s,*{}$]*\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm,
  );
  return [...specifiers].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    const line = text.slice(0, match.index + match[0].lastIndexOf(specifier)).split('\n').length;
    return { line, target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier };
  });
}

/** Imports that the table does not allow, each with the chain of imports that leads to it. */
export function layerProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === undefined || file.path in JOINERS || triesTheWhole(file.path)) return [];
    return importsOf(file).flatMap(({ line, target }) => {
      if (mayImport(room, file.path, target)) return [];
      const allowed = room.imports.join(', ') || 'nothing';
      const chain = [...chainTo(file.path, files), target].join(' → ');
      const what = roomOf(target)?.folder ?? target;
      return [`${file.path}:${line}: ${room.folder} may import ${allowed}, not ${what} (${chain})`];
    });
  });
}

/** End-to-end tests start whole programs, wherever those stand. */
const triesTheWhole = (path: string): boolean => path.endsWith('.e2e.test.ts');

function mayImport({ folder, imports }: Room, path: string, target: string): boolean {
  const isTest = path.endsWith('.test.ts') || path.includes('/testing/');
  const to = roomOf(target);
  if (to === undefined) return isTest || !PURE.includes(folder);
  return to.folder === folder || imports.includes(to.folder) || (isTest && target === FOR_TESTS);
}

/** A shortest chain of imports down to `path`, from a file that nobody imports. */
function chainTo(path: string, files: readonly SourceFile[]): string[] {
  const seen = new Set([path]);
  let ways = [[path]];
  for (;;) {
    const longer = ways.flatMap((way) =>
      files
        .filter((file) => !seen.has(file.path) && importsOf(file).some(({ target }) => target === way[0]))
        .map((file) => [file.path, ...way]),
    );
    if (longer.length === 0) return ways[0] ?? [path];
    for (const [first = path] of longer) seen.add(first);
    ways = longer;
  }
}
