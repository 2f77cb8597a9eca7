/** Which functions a facet brings, what is missing, and the arguments whose order changed between releases. */
import { ZeroAddress, id } from 'ethers';
import { describe, expect, it } from 'vitest';
import { type Artifact, ArtifactError, type ArtifactSet } from './artifacts.ts';
import { BASE_FACETS, checkComplete, cutOf, extensionsOf } from './asset-manager-diamond.ts';

const selector = (name: string): string => id(`${name}()`).slice(0, 10);

/** A contract with functions that take nothing. */
function contract(contractName: string, ...functions: string[]): Artifact {
  const abi = functions.map((name) => ({ type: 'function', name, inputs: [], outputs: [], stateMutability: 'view' }));
  return { contractName, abi: [{ type: 'event', name: 'Happened', inputs: [] }, ...abi], bytecode: '0x60' };
}

/** v1.2 artifacts where every facet brings one function of its own name. */
function completeSet(replaced: readonly Artifact[] = []): ArtifactSet {
  const laterParts = extensionsOf('v1.2', ZeroAddress, { redemptionExtensionS: 30n }).flatMap(({ facets }) => facets);
  const facets = [...BASE_FACETS, ...laterParts.map(([facet]) => facet)].map((name) => contract(name, `of${name}`));
  const contracts = [
    ...facets,
    ...laterParts.map(([facet, exposedInterface]) => contract(exposedInterface, `of${facet}`)),
    contract('IIAssetManager', ...facets.map(({ contractName }) => `of${contractName}`)),
    ...replaced,
  ];
  const byName = new Map(contracts.map((artifact) => [artifact.contractName, artifact]));
  return {
    folder: '/artifacts',
    version: 'v1.2',
    get(name) {
      const found = byName.get(name);
      if (found === undefined) throw new ArtifactError(`no artifact of contract ${name}`);
      return found;
    },
  };
}

describe('cutOf', () => {
  it('adds only what the facet shares with the interface', () => {
    const facet = contract('Facet', 'shared', 'governance', 'alsoShared');
    expect(cutOf(facet, '0xfacet', contract('IThing', 'other', 'alsoShared', 'shared'))).toEqual({
      facetAddress: '0xfacet',
      action: 0,
      functionSelectors: [selector('shared'), selector('alsoShared')],
    });
  });

  it('refuses a facet that would add nothing', () => {
    expect(() => cutOf(contract('Facet', 'a'), '0xfacet', contract('IThing', 'b'))).toThrow(
      'Facet has no function of IThing',
    );
  });
});

describe('checkComplete', () => {
  it('accepts a set whose facets bring the whole interface', () => {
    expect(() => checkComplete(completeSet())).not.toThrow();
  });

  it('names the functions that no facet brings', () => {
    const whole = completeSet().get('IIAssetManager');
    const larger = { ...whole, abi: [...whole.abi, ...contract('', 'redeemAmount').abi] };
    expect(() => checkComplete(completeSet([larger]))).toThrow('no facet in /artifacts brings redeemAmount');
  });
});

describe('extensionsOf', () => {
  it('puts the default penalty of v1.3 before the redemption fee', () => {
    expect(initializerArgs('v1.2', 'initCoreVaultFacet')?.slice(2)).toEqual([7200n, 0n, 2000n, 10n]);
    expect(initializerArgs('v1.3', 'initCoreVaultFacet')?.slice(2)).toEqual([7200n, 10n, 0n, 2000n, 10n]);
  });

  it('gives direct minting, with its tags, to v1.3 only', () => {
    expect(initializerArgs('v1.2', 'initialize')).toBeUndefined();
    expect(initializerArgs('v1.3', 'initialize')).toEqual([expect.objectContaining({ mintingTagManager: '0xtags' })]);
  });
});

function initializerArgs(version: 'v1.2' | 'v1.3', method: string): readonly unknown[] | undefined {
  const extension = extensionsOf(version, '0xtags', { redemptionExtensionS: 30n }).find(
    ({ initializer }) => initializer.method === method,
  );
  return extension?.initializer.args;
}
