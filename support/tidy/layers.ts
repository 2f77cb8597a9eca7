/**
 * The rooms of the house from the ground up, and which rooms each may import besides itself. This table is the only one:
 * the tidy test holds the sources to it, and `npm run layers` prints it.
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

/** For whoever does more than compute. */
const TOOLS = ['support/units', 'support/files'];
const GROUND = [...TOOLS, 'support/model', 'support/clients'];
const LOWER = [...GROUND, 'support/sequence', 'support/readers', 'support/devnet'];
const BESIDE = ['support/actors', 'support/keys', 'support/report', 'support/faults', 'support/planted'];
const BELOW_SETTINGS = [...LOWER, ...BESIDE];
const BELOW_MONEY = [...BELOW_SETTINGS, 'support/settings', 'support/network', 'support/users'];
const BELOW_RUN = [...BELOW_MONEY, 'support/money', 'support/stage', 'support/preflight'];
const BELOW_PROGRAMS = [...BELOW_RUN, 'support/run'];

/** A server of the devnet shares wire types with a client but no formula, or one mistake would cancel the other. */
export const ROOMS: readonly Room[] = [
  { folder: 'support/units', holds: 'amounts, formats, JSON, waiting', imports: [] },
  { folder: 'support/files', holds: 'files that are written whole or not at all', imports: [] },
  { folder: 'support/model', holds: 'what must be: formulas, statements, invariants', imports: ['support/units'] },
  { folder: 'support/clients', holds: 'chain, ledger and FDC as typed clients', imports: TOOLS },
  {
    folder: 'support/sequence',
    holds: 'bundles, steps, draws, turns, counterexamples, shrinking',
    imports: [...TOOLS, 'support/model'],
  },
  { folder: 'support/readers', holds: 'who looks: state and events as the model knows them', imports: GROUND },
  { folder: 'support/devnet', holds: 'the embedded network', imports: [...TOOLS, 'support/clients'] },
  {
    folder: 'support/actors',
    holds: 'who acts: minter, redeemer, pool manager, and what it costs them',
    imports: [...GROUND, 'support/readers'],
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
    holds: 'what goes wrong around a protocol that is right',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'support/planted',
    holds: 'faults that the suite must find',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'support/chaos',
    holds: 'proxies before any network that misbehave',
    imports: [...TOOLS, 'support/clients', 'support/devnet'],
  },
  {
    folder: 'bundles',
    holds: 'one file for each action bundle and each refusal',
    imports: [...TOOLS, 'support/model', 'support/sequence', 'support/readers', 'support/actors'],
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
    holds: 'the look before the leap',
    imports: [...BELOW_MONEY, 'support/money'],
  },
  { folder: 'support/run', holds: 'a run from opening to report', imports: BELOW_RUN },
  {
    folder: 'support/programs',
    holds: 'what npm scripts do',
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

/** Formulas: nothing from outside the project, so nothing that reads, waits or draws. */
const PURE = ['support/units', 'support/model'];

/** What tests may import from anywhere: what is played, as the argument of what they try. */
const FOR_TESTS = 'fixtures/suite.ts';

/** Files that put rooms together on purpose. */
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

/** Imports that point up the house, each with the way of imports that leads to it. */
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

/** A shortest way of imports down to `path`, from a file that nobody imports. */
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
