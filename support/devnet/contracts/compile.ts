/**
 * Compiles the Solidity of this folder with `solc` from npm (WebAssembly) and keeps the result in `.cache/contracts`. What
 * the sources compile to as they are committed is committed beside them (build-output.ts), so that nobody waits for it.
 *
 * The key of both is the content: every source (imported ones too), the compiler's version and its settings. One-line
 * patches plant faults; each patched set has its own cache entry. Deploys nothing and links nothing: libraries here
 * are internal.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import solcPackage from 'solc/package.json' with { type: 'json' };
import { z } from 'zod';
import { Remembered } from '../../units/remembered.ts';
import { inCache, keep, readKept } from '../kept-files.ts';
import { type Artifacts, artifactsSchema, readBuildOutput } from './build-output.ts';

const CONTRACTS_FOLDER = import.meta.dirname;
const PROJECT_ROOT = path.resolve(CONTRACTS_FOLDER, '../../..');

/** The WebAssembly compiler runs out of memory a little above a megabyte of input: roots are grouped below this. */
const UNIT_LIMIT_CHARACTERS = 600_000;

const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'cancun',
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
} as const;

/** Replaces the single occurrence of `find` in `file` (relative to the contracts folder) before compiling. */
export interface SourcePatch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export interface CompileOptions {
  readonly patches?: readonly SourcePatch[];
  /** Folder with the `.sol` files; the tests give their own. */
  readonly contractsFolder?: string;
  /** Where results are kept. */
  readonly cacheFolder?: string;
  /** False compiles for oneself what is committed compiled. */
  readonly takesBuildOutput?: boolean;
}

export interface ContractArtifact {
  readonly contractName: string;
  readonly abi: readonly unknown[];
  /** Creation code, 0x-prefixed; `0x` for interfaces and abstract contracts. */
  readonly bytecode: string;
}

export interface CompiledContracts {
  /** Of all that they were compiled from. */
  readonly hash: string;
  /** Throws for a name that no file of the contracts folder declares. */
  artifact(name: string): ContractArtifact;
  names(): string[];
  /** ABI entries of all custom errors, each signature once. */
  readonly errors: readonly unknown[];
}

/** Source text by source unit name: `contracts/<relative path>` for own files, the package path for imported ones. */
type Sources = ReadonlyMap<string, string>;

const inProcess = new Remembered<CompiledContracts>();

/** Compiles every `.sol` file under the contracts folder, or reads the committed or cached result of the very same input. */
export async function compileContracts(options: CompileOptions = {}): Promise<CompiledContracts> {
  const { patches = [], takesBuildOutput = true } = options;
  const cacheFolder = options.cacheFolder ?? inCache('contracts');
  const ownSources = applyPatches(readOwnSources(options.contractsFolder ?? CONTRACTS_FOLDER), patches);
  const sources = withImports(ownSources);
  const roots = [...ownSources.keys()];
  const hash = contentHash(sources);
  const cacheFile = path.join(cacheFolder, `${hash}.json`);
  const compile = async () =>
    patches.length === 0
      ? await compileUnits(roots, sources)
      : await compilePatched(roots, sources, patches, await compileContracts({ ...options, patches: [] }));
  return inProcess.of(`${cacheFile} ${takesBuildOutput}`, async () => {
    const committed = takesBuildOutput && patches.length === 0 ? readBuildOutput() : undefined;
    const artifacts = committed?.hash === hash ? committed.artifacts : await loadOrCompile(cacheFile, compile);
    return asCompiledContracts(hash, artifacts);
  });
}

async function loadOrCompile(cacheFile: string, compile: () => Promise<Artifacts>): Promise<Artifacts> {
  const cached = readCache(cacheFile);
  if (cached !== undefined) return cached;
  const artifacts = await compile();
  keep(cacheFile, JSON.stringify(artifacts));
  return artifacts;
}

/** Only what a patched file is part of is compiled anew; a fault in one facet takes a second instead of many. */
async function compilePatched(
  roots: string[],
  sources: Sources,
  patches: readonly SourcePatch[],
  unpatched: CompiledContracts,
): Promise<Artifacts> {
  const patched = patches.map(({ file }) => unitName(file));
  const affected = roots.filter((root) => {
    const needed = closure(root, sources);
    return patched.some((name) => needed.has(name));
  });
  const artifacts = await compileUnits(affected, sources);
  for (const name of unpatched.names()) {
    const { abi, bytecode } = unpatched.artifact(name);
    artifacts[name] ??= { contractName: name, abi: [...abi], bytecode };
  }
  return artifacts;
}

function readOwnSources(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sol'));
  return new Map(files.toSorted().map((file) => [unitName(file), readFileSync(path.join(folder, file), 'utf8')]));
}

function unitName(relativeFile: string): string {
  return `contracts/${relativeFile.split(path.sep).join('/')}`;
}

function applyPatches(sources: Map<string, string>, patches: readonly SourcePatch[]): Map<string, string> {
  const patched = new Map(sources);
  for (const { file, find, replace } of patches) {
    const text = patched.get(unitName(file));
    if (text === undefined) throw new Error(`Source patch: there is no contract file ${file}`);
    const pieces = text.split(find);
    if (find === '' || pieces.length !== 2) {
      throw new Error(`Source patch: ${JSON.stringify(find)} occurs ${pieces.length - 1} times in ${file}, not once`);
    }
    patched.set(unitName(file), pieces.join(replace));
  }
  return patched;
}

/** Own sources plus everything they import, directly or not; package imports come from node_modules. */
function withImports(roots: Sources): Sources {
  const sources = new Map(roots);
  for (const [name, text] of sources) {
    for (const imported of importedNames(name, text)) {
      if (sources.has(imported)) continue;
      if (imported.startsWith('contracts/')) throw new Error(`${name} imports ${imported}, which does not exist`);
      sources.set(imported, readPackageSource(imported, name)); // the loop visits it later on
    }
  }
  return sources;
}

function readPackageSource(imported: string, importer: string): string {
  try {
    return readFileSync(path.join(PROJECT_ROOT, 'node_modules', imported), 'utf8');
  } catch (cause) {
    throw new Error(`${importer} imports ${imported}, which is not in node_modules`, { cause });
  }
}

function importedNames(importer: string, text: string): string[] {
  const statements = text.matchAll(/^\s*import\s+(?:[^"';]*\bfrom\s*)?["']([^"']+)["']/gm);
  return [...statements].map(([, target = '']) =>
    target.startsWith('.') ? path.posix.join(path.posix.dirname(importer), target) : target,
  );
}

function contentHash(sources: Sources): string {
  const sorted = [...sources].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const input = JSON.stringify([solcPackage.version, SETTINGS, UNIT_LIMIT_CHARACTERS, sorted]);
  return createHash('sha256').update(input).digest('hex');
}

/** A missing cache file is usual; an unreadable one is as good as missing, because compiling restores it. */
function readCache(cacheFile: string): Artifacts | undefined {
  const bytes = readKept(cacheFile);
  if (bytes === undefined) return undefined;
  try {
    return artifactsSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

async function compileUnits(roots: string[], sources: Sources): Promise<Artifacts> {
  const artifacts: Artifacts = {};
  for (const unit of splitIntoUnits(roots, sources)) {
    for (const artifact of await compileUnit(unit, sources)) {
      if (artifacts[artifact.contractName] !== undefined) {
        throw new Error(`Two contract files declare ${artifact.contractName}`);
      }
      artifacts[artifact.contractName] = artifact;
    }
  }
  return artifacts;
}

interface CompileUnit {
  readonly roots: string[];
  readonly sourceNames: Set<string>;
}

/** Groups roots in order, as many to a unit as the size limit allows. */
function splitIntoUnits(roots: string[], sources: Sources): CompileUnit[] {
  const units: CompileUnit[] = [];
  for (const root of roots) {
    const needed = closure(root, sources);
    const last = units.at(-1);
    const joined = new Set([...(last?.sourceNames ?? []), ...needed]);
    if (last !== undefined && totalLength(joined, sources) <= UNIT_LIMIT_CHARACTERS) {
      units[units.length - 1] = { roots: [...last.roots, root], sourceNames: joined };
    } else {
      units.push({ roots: [root], sourceNames: needed });
    }
  }
  return units;
}

function closure(root: string, sources: Sources): Set<string> {
  const names = new Set([root]);
  for (const name of names) {
    for (const imported of importedNames(name, sources.get(name) ?? '')) names.add(imported);
  }
  return names;
}

function totalLength(names: Set<string>, sources: Sources): number {
  return [...names].reduce((sum, name) => sum + (sources.get(name)?.length ?? 0), 0);
}

const contractOutputSchema = z.object({
  abi: z.array(z.unknown()),
  evm: z.object({ bytecode: z.object({ object: z.string() }) }),
});

/** Without faults; with them, contracts may be there in part and are not looked at. */
const outputSchema = z.object({
  contracts: z.record(z.string(), z.record(z.string(), contractOutputSchema)).default({}),
});

const messagesSchema = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).default([]),
});

async function compileUnit(unit: CompileUnit, sources: Sources): Promise<Artifacts[string][]> {
  const { default: solc } = await import('solc'); // several megabytes: not loaded when the cache has the result
  const wanted = { '*': ['abi', 'evm.bytecode.object'] };
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries([...unit.sourceNames].map((name) => [name, { content: sources.get(name) }])),
    settings: { ...SETTINGS, outputSelection: Object.fromEntries(unit.roots.map((root) => [root, wanted])) },
  };
  const answer: unknown = JSON.parse(solc.compile(JSON.stringify(input)));
  const faults = messagesSchema.parse(answer).errors.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) {
    throw new Error(`Solidity does not compile:\n${faults.map((fault) => fault.formattedMessage).join('\n')}`);
  }
  const output = outputSchema.parse(answer);
  return unit.roots.flatMap((root) =>
    Object.entries(output.contracts[root] ?? {}).map(([contractName, { abi, evm }]) => {
      if (evm.bytecode.object.includes('__$'))
        throw new Error(`${contractName} needs linking: keep libraries internal`);
      return { contractName, abi, bytecode: `0x${evm.bytecode.object}` };
    }),
  );
}

const errorEntrySchema = z.object({
  type: z.literal('error'),
  name: z.string(),
  inputs: z.array(z.object({ type: z.string() })),
});

function asCompiledContracts(hash: string, artifacts: Artifacts): CompiledContracts {
  return {
    hash,
    artifact(name) {
      const artifact = artifacts[name];
      if (artifact === undefined) throw new Error(`No contract named ${name} was compiled`);
      return artifact;
    },
    names: () => Object.keys(artifacts),
    errors: customErrors(artifacts),
  };
}

function customErrors(artifacts: Artifacts): unknown[] {
  const bySignature = new Map<string, unknown>();
  for (const entry of Object.values(artifacts).flatMap(({ abi }) => abi)) {
    const parsed = errorEntrySchema.safeParse(entry);
    if (!parsed.success) continue;
    const { name, inputs } = parsed.data;
    bySignature.set(`${name}(${inputs.map(({ type }) => type).join(',')})`, entry);
  }
  return [...bySignature.values()];
}
