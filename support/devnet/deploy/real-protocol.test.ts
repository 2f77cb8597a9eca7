/**
 * Only what needs no artifacts: a wrong set is refused before the first transaction. The deployment itself was checked
 * on compiled contracts of both releases, which are not part of this repository.
 */
import { toBeHex } from 'ethers';
import { expect, it } from 'vitest';
import { EvmAccount } from '../../clients/flare/account.ts';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { CHAIN_TERMS } from '../chain/chain-terms.ts';
import { ArtifactError, type ArtifactSet } from './artifacts.ts';
import { timingsOf } from '../timings.ts';
import type { DeployContext } from './deployment.ts';
import { deployRealProtocol } from './real-protocol.ts';

class NodeThatMustNotBeAsked extends JsonRpc {
  override batch(): never {
    throw new Error('the node was asked');
  }
}

it('refuses artifacts without a facet before anything is sent', async () => {
  const rpc = new NodeThatMustNotBeAsked('http://127.0.0.1:1');
  const unused = '0x0000000000000000000000000000000000000001';
  const price = { value: 1n, decimals: 5 };
  const context: DeployContext = {
    rpc,
    deployer: new EvmAccount(rpc, toBeHex(1, 32), CHAIN_TERMS),
    fdc: {
      registry: unused,
      relay: unused,
      fdcHub: unused,
      fdcRequestFeeConfigurations: unused,
      fdcVerification: unused,
      flareSystemsManager: unused,
    },
    sourceId: 'testXRP',
    prices: { C2FLR: price, testXRP: price, testUSDT: price },
    timings: timingsOf('virtual').protocol,
  };
  const artifacts: ArtifactSet = {
    folder: '/artifacts',
    version: 'v1.3',
    get(contractName) {
      if (contractName === 'IIAssetManager') return { contractName, abi: [], bytecode: '0x' };
      throw new ArtifactError(`no artifact of contract ${contractName} in /artifacts`);
    },
  };
  await expect(deployRealProtocol(context, artifacts)).rejects.toThrow(
    'no artifact of contract AssetManagerDiamondCutFacet in /artifacts',
  );
});
