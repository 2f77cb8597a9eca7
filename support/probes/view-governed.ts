/** Getters of what governance sets and of pauses, after they were set; and of how the asset manager is put together. */
import { Interface, ZeroHash } from 'ethers';
import { act, at } from './acts.ts';
import { call, views } from './calls.ts';
import { newAgent } from './new-agent.ts';
import { OTHER_USER, STRANGER } from './people.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import type { Call } from './simulation.ts';
import type { AgentTruth, ViewFacts } from './view-facts.ts';
import { managerViews } from './view-interfaces.ts';
import { type When, answers } from './view-probes.ts';

export const governedViews = async (prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> => [
  ...(await settingsAsSet(prober, truth)),
  ...pauses(truth),
  ...(await facets(prober, truth)),
  ...(await suffixes(prober, truth, agent)),
];

const told = (
  { facts }: ViewFacts,
  view: string,
  values: readonly unknown[],
  about: string,
  when?: When,
  args: readonly unknown[] = [],
): Probe => answers({ to: facts.contracts.assetManager, contract: managerViews, view, args, about }, values, when);

/** A setting's getters by its setter. */
const SETTERS: Readonly<Record<string, readonly string[]>> = {
  setMinimumRedeemAmountUBA: ['minimumRedeemAmountUBA'],
  setSmartAccountManager: ['getSmartAccountManager'],
  setMintingTagManager: ['getMintingTagManager'],
  setDirectMintingFeeReceiver: ['getDirectMintingFeeReceiver'],
  setDirectMintingExecutorFee: ['getDirectMintingExecutorFeeUBA'],
  setDirectMintingFee: ['getDirectMintingFeeBIPS', 'getDirectMintingMinimumFeeUBA'],
  setDirectMintingOthersCanExecuteAfterSeconds: ['getDirectMintingOthersCanExecuteAfterSeconds'],
  setDirectMintingHourlyLimitUBA: ['getDirectMintingHourlyLimitUBA'],
  setDirectMintingDailyLimitUBA: ['getDirectMintingDailyLimitUBA'],
  setDirectMintingLargeMintingThrottling: [
    'getDirectMintingLargeMintingThresholdUBA',
    'getDirectMintingLargeMintingDelaySeconds',
  ],
  setCoreVaultNativeAddress: ['getCoreVaultNativeAddress'],
  setCoreVaultRedemptionFeeBIPS: ['getCoreVaultRedemptionFeeBIPS'],
  setCoreVaultMinimumAmountLeftBIPS: ['getCoreVaultMinimumAmountLeftBIPS'],
  setCoreVaultMinimumRedeemLots: ['getCoreVaultMinimumRedeemLots'],
  setCoreVaultTransferTimeExtensionSeconds: ['getCoreVaultTransferTimeExtensionSeconds'],
  setCoreVaultTransferDefaultPenaltyBIPS: ['getCoreVaultTransferDefaultPenaltyBIPS'],
};

/** In production mode governance only announces, so nothing can be set in a simulation. */
async function settingsAsSet(prober: Prober, truth: ViewFacts): Promise<Probe[]> {
  const { facts } = truth;
  const { assetManager } = facts.contracts;
  const governor = await prober.address(facts, assetManager, views, 'governance');
  // A word that is not 0 is read as an address.
  const isInProduction = (await prober.address(facts, assetManager, views, 'productionMode')) !== undefined;
  const controller = String(facts.settings['assetManagerController']);
  const extension = act(facts, controller, 'setRedemptionPaymentExtensionSeconds', [23n]);
  const extended = told(truth, 'redemptionPaymentExtensionSeconds', [23n], 'as it was set', {
    before: [at(facts.timeS + 86_400n, extension)],
  });
  if (governor === undefined || isInProduction) return [extended];
  const getters = Object.values(SETTERS).flat();
  const outcomes = await prober.called(
    facts,
    getters.map((getter) => act(facts, STRANGER, getter, [])),
  );
  /** One more than it is, which no limit of changes forbids; another address than it is. */
  const other = (getter: string): unknown => {
    const outcome = outcomes[getters.indexOf(getter)];
    const isAddress = managerViews.getFunction(getter)?.outputs[0]?.type === 'address';
    return isAddress ? OTHER_USER : outcome?.kind === 'through' ? BigInt(outcome.returned) + 1n : 1n;
  };
  return [
    extended,
    ...Object.entries(SETTERS).flatMap(([setter, names]) => {
      const values = names.map(other);
      const before = [act(facts, governor, setter, values)];
      return names.map((getter, index) => told(truth, getter, [values[index]], 'as it was set', { before }));
    }),
  ];
}

const PAUSE_S = 3_600n;

function pauses(truth: ViewFacts): Probe[] {
  const { facts } = truth;
  const { assetManager } = facts.contracts;
  const controller = String(facts.settings['assetManagerController']);
  const control = (name: string, args: readonly unknown[] = []): Call => call(controller, assetManager, name, args);
  const startS = facts.timeS + 60n;
  const endS = startS + PAUSE_S;
  const emergency = (level: bigint, moment: string, atS: bigint, shown: bigint, untilS: bigint): Probe[] => {
    const when = { before: [at(startS, control('emergencyPause', [level, true, PAUSE_S]))], atS };
    const about = `in a pause of level ${level}, ${moment}`;
    return [
      told(truth, 'emergencyPauseLevel', [shown], about, when),
      told(truth, 'emergencyPaused', [shown > 0n], about, when),
      told(truth, 'emergencyPausedUntil', [untilS], about, when),
    ];
  };
  return [
    ...[1n, 2n, 3n].flatMap((level) => [
      ...emergency(level, 'in its last second', endS - 1n, level, endS),
      ...emergency(level, 'when it is over', endS, 0n, 0n),
    ]),
    told(truth, 'mintingPaused', [true], 'while minting is paused', { before: [control('pauseMinting')] }),
    told(truth, 'mintingPaused', [false], 'when it is not paused any more', {
      before: [control('pauseMinting'), control('unpauseMinting')],
    }),
  ];
}

/** Where the functions are, by each of the loupe's views. */
async function facets(prober: Prober, truth: ViewFacts): Promise<Probe[]> {
  const { facts } = truth;
  const loupe = new Interface(
    managerViews.fragments.filter((fragment) => 'name' in fragment && fragment.name === 'facets'),
  );
  const [all] = await prober.view(facts, facts.contracts.assetManager, loupe, 'facets');
  const parts: readonly (readonly [string, readonly string[]])[] = [...all].map((facet) => [
    String(facet[0]),
    [...facet[1]].map(String),
  ]);
  const [address = '', [selector = ''] = []] = parts.at(-1) ?? [];
  return [
    told(truth, 'facetAddresses', [parts.map(([one]) => one)], 'as in all facets'),
    told(truth, 'facetFunctionSelectors', [parts.at(-1)?.[1]], 'of the last facet', undefined, [address]),
    told(truth, 'facetAddress', [address], 'of the last facet', undefined, [selector]),
    told(truth, 'facetAddress', [`0x${'0'.repeat(40)}`], 'of no function', undefined, ['0x01020304']),
    told(truth, 'directMintingDelayState', [0n, 0n, 0n], 'of no payment', undefined, [ZeroHash]),
  ];
}

async function suffixes(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const { made } = await newAgent(prober, truth.facts, agent);
  const reserved = (isReserved: boolean, about: string, before: readonly Call[]): Probe =>
    told(truth, 'isPoolTokenSuffixReserved', [isReserved], about, { before }, ['PROBE']);
  return [reserved(false, 'of nobody', []), reserved(true, 'of a new agent', made)];
}
