import { expect, test } from 'vitest';
import { addressOfKey, deriveKeys } from '../../clients/xrpl/keys.ts';
import { genesisAddress, genesisKeys, genesisSeed } from './genesis.ts';

test('the keys of the genesis account are those of its seed, and its address is theirs', () => {
  expect(genesisKeys).toEqual(deriveKeys(genesisSeed));
  expect(addressOfKey(genesisKeys.publicKey)).toBe(genesisAddress);
});
