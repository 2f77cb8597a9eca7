/** The shape of a checkout in a few figures, so that a change of the house can be measured before and after. Pure. */
import { type SourceFile, importsOf } from './layers.ts';

export interface Figure {
  readonly name: string;
  readonly count: number;
  /** What was counted, for whoever wants to look. */
  readonly where: readonly string[];
}

const isTest = ({ path }: SourceFile): boolean => path.endsWith('.test.ts') || path.includes('/testing/');

/** `files` are all sources, tests included. */
export function figuresOf(files: readonly SourceFile[]): Figure[] {
  const sources = files.filter((file) => !isTest(file));
  return [
    unguardedLines(sources),
    bundleImports(sources),
    circles(sources),
    statusPlaces(sources),
    reachOfAMint(sources),
  ];
}

/** Fixtures may import everything, so no rule protects a line in them. */
function unguardedLines(sources: readonly SourceFile[]): Figure {
  const fixtures = sources.filter(({ path }) => path.startsWith('fixtures/'));
  const lines = fixtures.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  return { name: 'lines that no layer rule protects', count: lines, where: fixtures.map(({ path }) => path) };
}

function bundleImports(sources: readonly SourceFile[]): Figure {
  const others = sources.filter(({ path }) => !/^(bundles|scenarios)\//.test(path));
  const where = others.flatMap((file) =>
    importsOf(file).flatMap(({ line, target }) => (target.startsWith('bundles/') ? [`${file.path}:${line}`] : [])),
  );
  return { name: 'imports of single bundles outside bundles/ and scenarios/', count: where.length, where };
}

/** Groups of files that import each other's way round, types included. */
function circles(sources: readonly SourceFile[]): Figure {
  const targets = new Map(sources.map((file) => [file.path, importsOf(file).map(({ target }) => target)]));
  const reach = new Map(sources.map(({ path }) => [path, reachedFrom(path, targets)]));
  const groups = new Map<string, string>();
  for (const { path } of sources) {
    if (reach.get(path)?.has(path) !== true) continue;
    const group = [...(reach.get(path) ?? [])].filter((other) => reach.get(other)?.has(path) === true).toSorted();
    groups.set(group.join(' '), group.join(' - '));
  }
  return { name: 'circles of files', count: groups.size, where: [...groups.values()] };
}

/** Everything that `path` imports, directly or by way of others. */
function reachedFrom(path: string, targets: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [...(targets.get(path) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next) || !targets.has(next)) continue;
    seen.add(next);
    waiting.push(...(targets.get(next) ?? []));
  }
  return seen;
}

/** Comparisons with a status, and kinds of records read from their names, other than where records are explained. */
function statusPlaces(sources: readonly SourceFile[]): Figure {
  const knows =
    /[!=]== '(ACTIVE|SUCCESSFUL|DEFAULTED\w*|EXPIRED)'|new Set\(\['(ACTIVE|SUCCESSFUL)'|startsWith\('(minting|redemption) '\)/;
  const where = sources
    .filter(({ path }) => /^(bundles|fixtures|scenarios|support\/(?!devnet|planted|canaries|tidy))/.test(path))
    .filter(({ path }) => path !== 'support/model/records.ts')
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (knows.test(line) ? [`${path}:${index + 1}`] : [])),
    );
  return { name: 'lines that know what a status means, outside model/records.ts', count: where.length, where };
}

/** How far a reader of one bundle must be ready to go. */
function reachOfAMint(sources: readonly SourceFile[]): Figure {
  const targets = new Map(sources.map((file) => [file.path, importsOf(file).map(({ target }) => target)]));
  const where = [...reachedFrom('bundles/mint-random-agent.ts', targets)].toSorted();
  return { name: 'files that mint-random-agent reaches by imports', count: where.length, where };
}
