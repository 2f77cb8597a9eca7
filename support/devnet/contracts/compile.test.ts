import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readBuildOutput } from './build-output.ts';
import { compileContracts } from './compile.ts';

const COUNTER = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import "./parts/Limits.sol";
contract Counter is Ownable, Limits {
    uint256 public count;
    function increase() external onlyOwner {
        require(count < MAXIMUM, TooHigh(count));
        count += 1;
    }
}`;
const LIMITS = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;
abstract contract Limits {
    error TooHigh(uint256 value);
    uint256 internal constant MAXIMUM = 3;
}`;

describe('compileContracts', () => {
  let folder: string;
  let contractsFolder: string;
  let cacheFolder: string;
  const cacheFiles = async (): Promise<string[]> => await readdir(cacheFolder);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'compile-test-'));
    contractsFolder = path.join(folder, 'contracts');
    cacheFolder = path.join(folder, 'cache');
    await mkdir(path.join(contractsFolder, 'parts'), { recursive: true });
    await writeFile(path.join(contractsFolder, 'Counter.sol'), COUNTER);
    await writeFile(path.join(contractsFolder, 'parts', 'Limits.sol'), LIMITS);
    return () => rm(folder, { recursive: true });
  });

  test('resolves relative and package imports and lists own contracts and errors', async () => {
    const compiled = await compileContracts({ contractsFolder, cacheFolder });
    expect(compiled.names().toSorted()).toEqual(['Counter', 'Limits']);
    expect(compiled.artifact('Counter').bytecode).toMatch(/^0x60[0-9a-f]{200,}$/);
    expect(compiled.artifact('Limits').bytecode).toBe('0x');
    expect(compiled.errors).toHaveLength(1);
    expect(compiled.errors[0]).toMatchObject({ type: 'error', name: 'TooHigh' });
    expect(() => compiled.artifact('Nothing')).toThrow('No contract named Nothing');
  });

  test('reads the cache for the same input and recompiles over a corrupt file', async () => {
    const first = await compileContracts({ contractsFolder, cacheFolder });
    const [name = ''] = await cacheFiles();
    const cacheFile = path.join(cacheFolder, name);
    const text = await readFile(cacheFile, 'utf8');

    const copied = path.join(folder, 'second-cache');
    await mkdir(copied);
    await writeFile(path.join(copied, name), text.replace('"contractName":"Counter"', '"contractName":"FromCache"'));
    const fromCache = await compileContracts({ contractsFolder, cacheFolder: copied });
    expect(fromCache.artifact('Counter').contractName).toBe('FromCache');

    const corrupt = path.join(folder, 'corrupt-cache');
    await mkdir(corrupt);
    await writeFile(path.join(corrupt, name), text.slice(0, 1000));
    const recompiled = await compileContracts({ contractsFolder, cacheFolder: corrupt });
    expect(recompiled.artifact('Counter')).toEqual(first.artifact('Counter'));
    expect(await readFile(path.join(corrupt, name), 'utf8')).toBe(text);
    expect(await readdir(corrupt)).toHaveLength(1);
  });

  test('a patch changes the code and has a cache entry of its own', async () => {
    const patch = { file: 'parts/Limits.sol', find: 'MAXIMUM = 3', replace: 'MAXIMUM = 4' };
    const plain = await compileContracts({ contractsFolder, cacheFolder });
    const patched = await compileContracts({ contractsFolder, cacheFolder, patches: [patch] });
    expect(patched.artifact('Counter').bytecode).not.toBe(plain.artifact('Counter').bytecode);
    expect(await cacheFiles()).toHaveLength(2);
  });

  test('a patched set is what the changed source compiles to', async () => {
    await writeFile(
      path.join(contractsFolder, 'Other.sol'),
      LIMITS.replace('abstract contract Limits', 'contract Other'),
    );
    const patch = { file: 'Counter.sol', find: 'count += 1', replace: 'count += 2' };
    const patched = await compileContracts({ contractsFolder, cacheFolder, patches: [patch] });
    await writeFile(path.join(contractsFolder, 'Counter.sol'), COUNTER.replace(patch.find, patch.replace));
    const changed = await compileContracts({ contractsFolder, cacheFolder: path.join(folder, 'another-cache') });
    expect(patched.names().toSorted()).toEqual(changed.names().toSorted());
    for (const name of changed.names()) expect(patched.artifact(name)).toEqual(changed.artifact(name));
  });

  test.each([
    [{ file: 'Counter.sol', find: 'absent', replace: '' }, 'occurs 0 times in Counter.sol'],
    [{ file: 'Counter.sol', find: 'count', replace: '' }, 'occurs 4 times in Counter.sol'],
    [{ file: 'Other.sol', find: 'x', replace: '' }, 'no contract file Other.sol'],
  ])('refuses the patch %o', async (patch, message) => {
    await expect(compileContracts({ contractsFolder, cacheFolder, patches: [patch] })).rejects.toThrow(message);
  });

  test('reports compile errors with file and line, and caches the unpatched set alone', async () => {
    const patch = { file: 'Counter.sol', find: 'count += 1', replace: 'missing += 1' };
    const attempt = compileContracts({ contractsFolder, cacheFolder, patches: [patch] });
    await expect(attempt).rejects.toThrow(/Undeclared identifier[\s\S]*contracts\/Counter\.sol:9/);
    expect(await cacheFiles()).toHaveLength(1);
  });

  test('names the file whose import does not exist', async () => {
    const patch = { file: 'Counter.sol', find: './parts/Limits.sol', replace: './parts/Gone.sol' };
    const attempt = compileContracts({ contractsFolder, cacheFolder, patches: [patch] });
    await expect(attempt).rejects.toThrow('contracts/Counter.sol imports contracts/parts/Gone.sol');
  });
});

describe('the committed build output', () => {
  test('is what the sources compile to: npm run contracts writes it', async () => {
    const compiled = await compileContracts({ takesBuildOutput: false });
    const output = readBuildOutput();
    expect(output?.hash).toBe(compiled.hash);
    expect(Object.keys(output?.artifacts ?? {})).toEqual(compiled.names());
    for (const name of compiled.names()) expect(output?.artifacts[name]).toEqual(compiled.artifact(name));
  });

  test('is used for the very same sources only', async () => {
    const cacheFolder = await mkdtemp(path.join(tmpdir(), 'compile-test-'));
    onTestFinished(() => rm(cacheFolder, { recursive: true }));
    const taken = await compileContracts({ cacheFolder });
    expect(await readdir(cacheFolder)).toEqual([]);
    const patch = { file: 'fdc/Owned.sol', find: 'pragma solidity', replace: 'pragma  solidity' };
    const patched = await compileContracts({ cacheFolder, patches: [patch] });
    expect(patched.hash).not.toBe(taken.hash);
    expect(await readdir(cacheFolder)).toEqual([`${patched.hash}.json`]);
  });
});
