/** Tiny artifact folders, right and wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ArtifactError, readArtifacts } from './artifacts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'artifacts-'));
  return () => rmSync(folder, { recursive: true });
});

/** Writes a file below the test folder. */
function write(file: string, content: unknown): void {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
}

const compiled = (bytecode: string, more: object = {}) => ({ abi: [], bytecode, linkReferences: {}, ...more });

describe('finding the artifacts', () => {
  it.each([
    ['the folder itself', 'contracts'],
    ['a compiled fassets checkout', 'artifacts/contracts'],
    ['a fasset-bots checkout', 'packages/fasset-bots-core/artifacts/contracts'],
  ])('accepts %s', (_, place) => {
    write(`${place}/some/folder/A.sol/A.json`, compiled('0x60'));
    expect(readArtifacts(folder).get('A')).toEqual({ contractName: 'A', abi: [], bytecode: '0x60' });
  });

  it('is not misled by the sources of a checkout, nor by what else lies in it', () => {
    write('contracts/A.sol', 'contract A {}');
    write('node_modules/other/B.sol/B.json', compiled('0x02'));
    write('artifacts/contracts/A.sol/A.json', compiled('0x60'));
    const artifacts = readArtifacts(folder);
    expect(artifacts.folder).toBe(path.join(folder, 'artifacts'));
    expect(messageOf(() => artifacts.get('B'))).toContain('no artifact of contract B');
  });

  it('prefers the own contract to one of the same name in a package', () => {
    write('@openzeppelin/contracts/IThing.sol/IThing.json', compiled('0x01'));
    write('@openzeppelin/contracts/Only.sol/Only.json', compiled('0x03'));
    write('contracts/x/IThing.sol/IThing.json', compiled('0x02'));
    const artifacts = readArtifacts(folder);
    expect(artifacts.get('IThing').bytecode).toBe('0x02');
    expect(artifacts.get('Only').bytecode).toBe('0x03');
  });

  it('leaves out debug files and build info', () => {
    write('contracts/A.sol/A.json', compiled('0x60'));
    write('contracts/A.sol/A.dbg.json', { buildInfo: '' });
    write('build-info/0123.json', { output: {} });
    const artifacts = readArtifacts(folder);
    for (const name of ['A.dbg', '0123'])
      expect(messageOf(() => artifacts.get(name))).toContain(`no artifact of contract ${name}`);
  });

  it.each(['.', 'not-there'])('says in one line what it expected in %s', (place) => {
    const given = path.join(folder, place);
    const message = messageOf(() => readArtifacts(given));
    expect(message).toContain(`no compiled contracts in ${path.resolve(given)}`);
    expect(message).toContain('contracts/**/X.sol/X.json');
    expect(message).not.toContain('\n');
  });
});

describe('version', () => {
  it('is v1.3 with direct minting and v1.2 without', () => {
    write('contracts/A.sol/A.json', compiled('0x60'));
    expect(readArtifacts(folder).version).toBe('v1.2');
    write('contracts/DirectMintingFacet.sol/DirectMintingFacet.json', compiled('0x60'));
    expect(readArtifacts(folder).version).toBe('v1.3');
  });
});

describe('a contract that cannot be used', () => {
  it('is named when it is missing', () => {
    write('contracts/A.sol/A.json', compiled('0x60'));
    expect(messageOf(() => readArtifacts(folder).get('AssetManager'))).toBe(
      `no artifact of contract AssetManager in ${folder}`,
    );
  });

  it.each([
    ['by its link references', compiled('0x60', { linkReferences: { 'L.sol': { L: [] } } })],
    ['by a placeholder in its code', compiled('0x60__$8e2f$__')],
  ])('is named when it is not linked, %s', (_, artifact) => {
    write('contracts/A.sol/A.json', artifact);
    expect(messageOf(() => readArtifacts(folder).get('A'))).toContain('contract A is not linked');
  });

  it.each(['{', '[]', '{"abi":{},"bytecode":"0x"}'])('is named when its file is no artifact: %s', (content) => {
    write('contracts/A.sol/A.json', content);
    expect(messageOf(() => readArtifacts(folder).get('A'))).toContain('not a hardhat artifact of contract A');
  });

  it('does no harm as long as nobody asks for it', () => {
    write('contracts/Broken.sol/Broken.json', '{');
    write('contracts/A.sol/A.json', compiled('0x60'));
    expect(readArtifacts(folder).get('A').bytecode).toBe('0x60');
  });
});

/** Message of the ArtifactError that `act` throws; anything else fails the test. */
function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ArtifactError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}
