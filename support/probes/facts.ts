/** What probes are made from: the protocol's settings, agents and contracts at one block. */
import { Interface, type Result } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { combineList, readAll, readContract, readHead } from '../clients/flare/reads.ts';
import { readAgentVaults, readUnderlyingClock } from '../readers/market-reads.ts';
import type { UnderlyingClock } from '../model/minting.ts';

export interface AgentFacts {
  readonly vault: string;
  readonly owner: string;
  readonly pool: string;
  readonly poolToken: string;
  readonly vaultToken: string;
  readonly underlyingAddress: string;
  readonly feeBips: bigint;
  readonly freeLots: bigint;
  readonly reservedUba: bigint;
  readonly isOpen: boolean;
}

export interface Facts {
  readonly block: number;
  readonly timeS: bigint;
  readonly contracts: ProtocolContracts;
  readonly settings: Result;
  readonly clock: UnderlyingClock;
  readonly agents: readonly AgentFacts[];
  /** Functions of the asset manager, as selectors. */
  readonly selectors: ReadonlySet<string>;
}

const loupe = new Interface([
  'function facets() view returns (tuple(address facetAddress, bytes4[] functionSelectors)[])',
]);

export async function readFacts(rpc: JsonRpc, contracts: ProtocolContracts): Promise<Facts> {
  const { assetManager } = contracts;
  const head = await readHead(rpc);
  const { vaults, ...values } = await readAll(rpc, head.block, {
    vaults: readAgentVaults(assetManager),
    settings: readContract(assetManager, assetManagerInterface, 'getSettings', [], (result) => result[0] as Result),
    clock: readUnderlyingClock(assetManager),
    selectors: readContract(
      assetManager,
      loupe,
      'facets',
      [],
      (result) =>
        new Set<string>([...result[0]].flatMap((facet) => [...facet.functionSelectors].map((one) => String(one)))),
    ),
  });
  const { agents } = await readAll(rpc, head.block, {
    agents: combineList(vaults.map((vault) => readAgentFacts(assetManager, vault))),
  });
  return { block: head.block, timeS: BigInt(head.timeS), contracts, ...values, agents };
}

const readAgentFacts = (assetManager: string, vault: string) =>
  readContract(assetManager, assetManagerInterface, 'getAgentInfo', [vault], (result): AgentFacts => {
    const info = result[0];
    return {
      vault,
      owner: info.ownerManagementAddress,
      pool: info.collateralPool,
      poolToken: info.collateralPoolToken,
      vaultToken: info.vaultCollateralToken,
      underlyingAddress: info.underlyingAddressString,
      feeBips: info.feeBIPS,
      freeLots: info.freeCollateralLots,
      reservedUba: info.reservedUBA,
      isOpen: info.publiclyAvailable && info.status === 0n,
    };
  });

/** The agent with the most free lots among those that anybody can mint with; undefined where nobody has any. */
export function richestAgent({ agents }: Facts): AgentFacts | undefined {
  const [first] = agents
    .filter(({ isOpen, freeLots }) => isOpen && freeLots > 0n)
    .toSorted((one, other) => Number(other.freeLots - one.freeLots));
  return first;
}

/** True where this release has the function. */
export function has({ selectors }: Facts, name: string): boolean {
  const fragment = assetManagerInterface.getFunction(name);
  return fragment !== null && selectors.has(fragment.selector);
}
