/**
 * Reads compiled contracts from a folder in hardhat's layout: `<folder>/contracts/**` with `X.sol/X.json`.
 *
 * Only file names are read at first; a contract is parsed when it is asked for, because sets hold test contracts that
 * no deployment can use. Nothing is compiled, linked or downloaded here.
 */
import { type Dirent, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { JsonFragment } from 'ethers';
import { z } from 'zod';

export interface Artifact {
  readonly contractName: string;
  readonly abi: readonly JsonFragment[];
  /** Creation code, 0x-prefixed; `0x` for interfaces and abstract contracts. */
  readonly bytecode: string;
}

export interface ArtifactSet {
  /** The artifacts folder itself, also where a checkout was given. */
  readonly folder: string;
  /** Contract release: v1.3 brought direct minting. */
  readonly version: 'v1.2' | 'v1.3';
  /** Throws ArtifactError for a contract that is missing, unreadable or not linked. */
  get(contractName: string): Artifact;
}

/** The folder, or one contract in it, is not what a deployment needs. The message names it. */
export class ArtifactError extends Error {
  override name = 'ArtifactError';
}

/** Where artifacts are, seen from what a user has: the folder itself, a fassets checkout, a fasset-bots checkout. */
const PLACES = ['.', 'artifacts', 'packages/fasset-bots-core/artifacts'];

const artifactSchema = z.object({
  abi: z.array(z.record(z.string(), z.unknown())),
  bytecode: z.string().startsWith('0x'),
  linkReferences: z.record(z.string(), z.unknown()).optional(),
});

/**
 * The artifact set in `folder`, which is an artifacts folder, a fassets checkout with `artifacts/`, or a fasset-bots
 * checkout. Throws ArtifactError where none of these is found.
 */
export function readArtifacts(folder: string): ArtifactSet {
  const found = PLACES.map((place) => path.resolve(folder, place)).find(holdsArtifacts);
  if (found === undefined)
    throw new ArtifactError(
      `no compiled contracts in ${path.resolve(folder)}: expected hardhat artifacts (contracts/**/X.sol/X.json) there, ` +
        'in its artifacts/ (a compiled fassets checkout) or in its packages/fasset-bots-core/artifacts (a fasset-bots checkout)',
    );
  const files = indexByName(found);
  const parsed = new Map<string, Artifact>();
  return {
    folder: found,
    version: files.has('DirectMintingFacet') ? 'v1.3' : 'v1.2',
    get(contractName) {
      const known = parsed.get(contractName);
      if (known !== undefined) return known;
      const file = files.get(contractName);
      if (file === undefined) throw new ArtifactError(`no artifact of contract ${contractName} in ${found}`);
      const artifact = parseArtifact(contractName, file);
      parsed.set(contractName, artifact);
      return artifact;
    },
  };
}

/** A checkout's own contracts/ holds sources, so having such a folder is not enough. */
function holdsArtifacts(place: string): boolean {
  return artifactFiles(path.join(place, 'contracts')).length > 0;
}

/**
 * File of each contract by name. The same interface may also come with a package; the project's own one, under
 * contracts/, is preferred, and otherwise the first by path.
 */
function indexByName(folder: string): Map<string, string> {
  const own = artifactFiles(path.join(folder, 'contracts'));
  const others = foldersIn(folder).filter((name) => name !== 'contracts');
  const index = new Map<string, string>();
  for (const file of [...own, ...others.flatMap((name) => artifactFiles(path.join(folder, name)))]) {
    const contractName = path.basename(file, '.json');
    if (!index.has(contractName)) index.set(contractName, file);
  }
  return index;
}

function artifactFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isArtifactFile(entry))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

/** `X.json` inside `Y.sol/`; leaves out `X.dbg.json` and build-info. */
function isArtifactFile(entry: Dirent): boolean {
  return entry.parentPath.endsWith('.sol') && entry.name.endsWith('.json') && !entry.name.endsWith('.dbg.json');
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

function parseArtifact(contractName: string, file: string): Artifact {
  const { abi, bytecode, linkReferences = {} } = readArtifactFile(contractName, file);
  if (Object.keys(linkReferences).length > 0 || bytecode.includes('__$'))
    throw new ArtifactError(`contract ${contractName} is not linked with its libraries: ${file}`);
  return { contractName, abi, bytecode };
}

function readArtifactFile(contractName: string, file: string): z.infer<typeof artifactSchema> {
  try {
    return artifactSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ArtifactError(`not a hardhat artifact of contract ${contractName}: ${file}`, { cause });
  }
}
