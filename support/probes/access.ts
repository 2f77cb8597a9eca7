/**
 * Probes of access: each function that not everybody may call, called by a stranger, and by whoever may. Plain calls, which
 * every node answers.
 */
import { FunctionFragment, Interface, type ParamType } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { Claim } from '../model/statement.ts';
import { ACCESS, ANYBODY, BY_RECORD, type ContractKind } from './access-table.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { STRANGER } from './people.ts';
import { type Must, judge, passes, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import type { Call } from './simulation.ts';

/** A row of the table. */
export interface AccessRule {
  readonly kind: ContractKind;
  readonly fragment: FunctionFragment;
  /** Error with which a stranger is refused, ANYBODY or BY_RECORD. */
  readonly rule: string;
}

export const ACCESS_RULES: readonly AccessRule[] = kindsOf().flatMap((kind) =>
  Object.entries(ACCESS[kind]).flatMap(([rule, functions]) =>
    functions
      .trim()
      .split(/\s+/)
      .map((text) => ({ kind, rule, fragment: fragmentOf(text) })),
  ),
);

function kindsOf(): ContractKind[] {
  return [
    'assetManager',
    'controller',
    'registry',
    'fAsset',
    'coreVaultManager',
    'tagManager',
    'vault',
    'pool',
    'poolToken',
    'priceReader',
  ];
}

function fragmentOf(text: string): FunctionFragment {
  if (text.includes('(')) return FunctionFragment.from(`function ${text}`);
  const official = assetManagerInterface.getFunction(text);
  if (official === null) throw new Error(`the official ABI has no ${text}`);
  return official;
}

/** For people. */
export const KIND_NAMES: Readonly<Record<ContractKind, string>> = {
  assetManager: 'AssetManager',
  controller: 'AssetManagerController',
  registry: 'AgentOwnerRegistry',
  fAsset: 'FAsset',
  coreVaultManager: 'CoreVaultManager',
  tagManager: 'MintingTagManager',
  vault: 'AgentVault',
  pool: 'CollateralPool',
  poolToken: 'CollateralPoolToken',
  priceReader: 'PriceReader',
};

interface AccessProbe {
  readonly name: string;
  readonly must: Must;
  readonly call: Call;
}

/** Every function of the table that this deployment has. */
export async function accessClaims(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Claim[]> {
  const places = await contractsOf(prober, facts, agent);
  const probes: AccessProbe[] = [];
  const known = new Set<ContractKind>();
  for (const { kind, rule, fragment } of ACCESS_RULES) {
    const place = places.get(kind);
    if (place === undefined || !place.has(fragment.selector)) continue;
    known.add(kind);
    if (rule === ANYBODY || rule === BY_RECORD) continue;
    const data = new Interface([fragment]).encodeFunctionData(fragment, fragment.inputs.map(argumentFor(kind, agent)));
    const what = `${KIND_NAMES[kind]}.${fragment.name}`;
    probes.push({
      name: `a stranger's ${what}`,
      must: refused(rule),
      call: { from: STRANGER, to: place.address, data },
    });
    const allowed = whoMay(rule, facts, agent, place);
    if (allowed !== undefined)
      probes.push({
        name: `the rightful ${what}`,
        must: passes(rule),
        call: { from: allowed, to: place.address, data },
      });
  }
  const outcomes = await prober.called(
    facts,
    probes.map(({ call }) => call),
  );
  const judged = outcomes.flatMap((outcome, index) => {
    const probe = probes[index];
    return probe === undefined ? [] : [judge(probe, outcome)];
  });
  // A devnet publishes prices in its own way.
  const kinds = [...places.keys()].filter((kind) => kind !== 'priceReader');
  return [...kinds.map((kind) => knownClaim(kind, known)), ...judged];
}

/** A contract behind a proxy of another make would be taken for one that has nothing to try. */
function knownClaim(kind: ContractKind, known: ReadonlySet<ContractKind>): Claim {
  const [name, actual] = [KIND_NAMES[kind], known.has(kind) ? 'some' : 'none'];
  const sentence = `${name} has no function that the table of access knows: what its proxy stands for was not found`;
  return { what: `known functions of ${name}`, expected: 'some', actual, sentence };
}

interface Place {
  readonly address: string;
  readonly governance: string | undefined;
  has(selector: string): boolean;
}

const views = new Interface([
  'function governance() view returns (address)',
  'function getCoreVaultManager() view returns (address)',
  'function getMintingTagManager() view returns (address)',
]);

async function contractsOf(prober: Prober, facts: Facts, agent: AgentFacts): Promise<ReadonlyMap<ContractKind, Place>> {
  const { assetManager, fAsset, priceReader } = facts.contracts;
  const view = (to: string, name: string) => prober.address(facts, to, views, name);
  const addresses: Readonly<Record<ContractKind, string | undefined>> = {
    assetManager,
    controller: facts.settings['assetManagerController'],
    registry: facts.settings['agentOwnerRegistry'],
    fAsset,
    coreVaultManager: await view(assetManager, 'getCoreVaultManager'),
    tagManager: await view(assetManager, 'getMintingTagManager'),
    vault: agent.vault,
    pool: agent.pool,
    poolToken: agent.poolToken,
    priceReader,
  };
  const places = new Map<ContractKind, Place>();
  for (const kind of kindsOf()) {
    const address = addresses[kind];
    if (address === undefined) continue;
    const code = kind === 'assetManager' ? '' : await prober.code(facts, address);
    const has = (selector: string) =>
      kind === 'assetManager' ? facts.selectors.has(selector) : code.includes(pushOf(selector));
    places.set(kind, { address, governance: await view(address, 'governance'), has });
  }
  return places;
}

/** How compiled code compares with a selector: leading zeros are not pushed. */
function pushOf(selector: string): string {
  const bytes = selector.slice(2).replace(/^(00)+/, '');
  return `${(0x5f + bytes.length / 2).toString(16)}${bytes}`;
}

/** Whoever that error does not refuse, where it can be told. */
function whoMay(error: string, facts: Facts, agent: AgentFacts, { governance }: Place): string | undefined {
  switch (error) {
    case 'OnlyAssetManager':
      return facts.contracts.assetManager;
    case 'OnlyAssetManagerController':
      return facts.settings['assetManagerController'];
    case 'OnlyCollateralPool':
      return agent.pool;
    case 'OnlyAgentVaultOwner':
    case 'OnlyOwner':
    case 'OnlyAgent':
      return agent.owner;
    case 'OnlyGovernance':
    case 'OnlyGovernanceOrManager':
    case 'OnlyGovernanceOrEmergencyPauseSenders':
    case 'OnlyImmediateGovernanceOrExecutor':
      return governance;
    default:
      return undefined;
  }
}

/** Arguments that let the check of access be the first to refuse: a real agent's vault, else as little as there is. */
const argumentFor =
  (kind: ContractKind, agent: AgentFacts) =>
  (type: ParamType): unknown => {
    if (type.baseType === 'array') return [];
    if (type.baseType === 'tuple') return (type.components ?? []).map(argumentFor(kind, agent));
    if (type.baseType === 'address') return kind === 'assetManager' ? agent.vault : STRANGER;
    // The suffix of a pool token must be one.
    if (type.baseType === 'string') return 'PROBE';
    if (type.baseType === 'bool') return false;
    if (type.baseType === 'bytes') return '0x';
    if (type.baseType.startsWith('bytes')) return `0x${'01'.repeat(Number(type.baseType.slice(5)))}`;
    // A payment's status: successful.
    return type.baseType === 'uint8' ? 0n : 1n;
  };
