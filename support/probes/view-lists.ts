/** The protocol's lists of agents, at every edge of their pages. */
import { maximum } from '../units/amounts.ts';
import type { Probe } from './probe.ts';
import { type AgentTruth, MANY, type ViewFacts } from './view-facts.ts';
import { managerViews } from './view-interfaces.ts';
import { type When, answers } from './view-probes.ts';

/** What lists show of agents. */
export type ListTruth = Pick<ViewFacts, 'facts' | 'agents' | 'allVaults' | 'availableVaults'>;

export const lists = (truth: ListTruth): Probe[] => [
  ...pages(truth, 'getAllAgents', truth.allVaults),
  ...availableLists(truth),
];

/** Both lists of available agents, the plain one and the detailed one. */
export const availableLists = (truth: ListTruth, moment = '', when?: When): Probe[] => [
  ...pages(truth, 'getAvailableAgentsList', truth.availableVaults, moment, when),
  ...pages(truth, 'getAvailableAgentsDetailedList', detailsOf(truth), moment, when),
];

/** `end` is the place after the last one that is told, as in the official ABI. */
const windowsOf = (length: bigint): readonly (readonly [about: string, start: bigint, end: bigint])[] => [
  ['of all', 0n, length],
  ['of all and far more', 0n, MANY],
  ['of the first', 0n, 1n],
  ['of all but the first', 1n, length],
  ['of all but the last', 0n, length - 1n],
  ['of the last', length - 1n, length],
  ['of the last and one more', length - 1n, length + 1n],
  ['of none', 0n, 0n],
  ['that begins at the end', length, length + 1n],
  ['that begins beyond the end', length + 1n, length + 2n],
  ['that ends before it begins', length, length - 1n],
];

export function pages(
  { facts }: Pick<ListTruth, 'facts'>,
  view: string,
  list: readonly unknown[],
  moment = '',
  when?: When,
): Probe[] {
  const length = BigInt(list.length);
  return windowsOf(length)
    .filter(([, start, end]) => start >= 0n && end >= 0n)
    .map(([about, start, end]) => {
      const last = Number(end < length ? end : length);
      const shown = start < BigInt(last) ? list.slice(Number(start), last) : [];
      const question = {
        to: facts.contracts.assetManager,
        contract: managerViews,
        view,
        args: [start, end],
        about: `${about}${moment}`,
      };
      return answers(question, [shown, length], when);
    });
}

function detailsOf({ agents, availableVaults }: ListTruth): unknown[] {
  return availableVaults.flatMap((vault) => {
    const agent = agents.find((one) => one.vault === vault);
    return agent === undefined ? [] : [detailOf(agent)];
  });
}

export const detailOf = ({ vault, owner, settings, least, computed, info }: AgentTruth) => ({
  agentVault: vault,
  ownerManagementAddress: owner,
  feeBIPS: settings['feeBIPS'],
  mintingVaultCollateralRatioBIPS: maximum(settings['mintingVaultCollateralRatioBIPS'] ?? 0n, least.vaultBips),
  mintingPoolCollateralRatioBIPS: maximum(settings['mintingPoolCollateralRatioBIPS'] ?? 0n, least.poolBips),
  freeCollateralLots: computed.freeLots,
  status: info['status'],
});
