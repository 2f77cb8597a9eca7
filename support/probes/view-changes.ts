/** What is told of agents after what they and users did: lists, backing, ratios at every kind of price, who may mint. */
import { mintingAmounts } from '../model/minting.ts';
import type { Feed, TrustedFeed } from '../model/prices.ts';
import { queueMinted, queueRedeemed } from '../model/ticket-queue.ts';
import { pricesOf } from '../readers/agent-terms.ts';
import { act, at, minted, reserve } from './acts.ts';
import { LEDGER_ADDRESS, NOBODY, OTHER_USER, USER } from './people.ts';
import { newAgent } from './new-agent.ts';
import { priceReaderCode } from './price-code.ts';
import type { Probe } from './probe.ts';
import type { Prober } from './prober.ts';
import { decreaseProof } from './proofs.ts';
import type { Call } from './simulation.ts';
import { infoOf } from './view-agents.ts';
import { type AgentTruth, type ViewFacts, agentWith, termsOf } from './view-facts.ts';
import { managerViews } from './view-interfaces.ts';
import { availableLists, detailOf, pages } from './view-lists.ts';
import { type When, answers, answersInPart } from './view-probes.ts';

const LOTS = 2n;

export const changedViews = async (prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> => [
  ...leaving(truth),
  ...(await coming(prober, truth, agent)),
  ...(await backing(prober, truth, agent)),
  ...(await ratios(prober, truth, agent)),
  ...minters(truth, agent),
  ...liquidated(truth, agent),
];

const FULL_LIQUIDATION = 2n;

/** An agent whose payment nobody asked for is in full liquidation, and told so wherever its status is told. */
function liquidated({ facts, agents, availableVaults }: ViewFacts, agent: AgentTruth): Probe[] {
  const { assetManager, wNat } = facts.contracts;
  const proof = decreaseProof(facts, agent.underlyingAddress);
  const when = { before: [act(facts, USER, 'illegalPaymentChallenge', [proof, agent.vault])] };
  const about = 'of an agent in full liquidation';
  const question = { to: assetManager, contract: managerViews, about };
  const place = availableVaults.indexOf(agent.vault);
  const statusOf = ({ vault, info }: AgentTruth): unknown =>
    vault === agent.vault ? FULL_LIQUIDATION : info['status'];
  const listed = availableVaults.flatMap((vault) => agents.filter((one) => one.vault === vault));
  const [start, end] = [0n, BigInt(listed.length)];
  return [
    answersInPart(
      { ...question, view: 'getAgentInfo', args: [agent.vault] },
      [{ ...infoOf(agent, wNat), status: FULL_LIQUIDATION }],
      ['status', 'publiclyAvailable'],
      when,
    ),
    ...(place === -1
      ? []
      : [
          answersInPart(
            { ...question, view: 'getAvailableAgentsDetailedList', args: [start, end] },
            [listed.map((one) => ({ ...detailOf(one), status: statusOf(one) })), end],
            listed.map((_, index) => `_agents[${index}].status`),
            when,
          ),
        ]),
  ];
}

/** The last of the list takes the place of whoever leaves; whoever comes back is the last. */
function leaving(truth: ViewFacts): Probe[] {
  const { facts, availableVaults: before } = truth;
  const [leaver, ...others] = before;
  const agent = truth.agents.find(({ vault }) => vault === leaver);
  if (leaver === undefined || agent === undefined) return [];
  const startS = facts.timeS + 60n;
  const gone = [
    at(startS, act(facts, agent.owner, 'announceExitAvailableAgentList', [leaver])),
    at(
      startS + BigInt(facts.settings['agentExitAvailableTimelockSeconds']),
      act(facts, agent.owner, 'exitAvailableAgentList', [leaver]),
    ),
  ];
  const back = [...gone, act(facts, agent.owner, 'makeAgentAvailable', [leaver])];
  const left = [...others.slice(-1), ...others.slice(0, -1)];
  const listsOf = (availableVaults: readonly string[], moment: string, before: readonly Call[]): Probe[] =>
    availableLists({ ...truth, availableVaults }, moment, { before });
  return [
    ...listsOf(left, ' when the first agent has left', gone),
    infoProbe(truth, { ...agent, isAvailable: false }, 'when it has left the list', { before: gone }),
    ...listsOf([...left, leaver], ' when that agent is back', back),
  ];
}

/** A new agent is the last of all, and available to nobody yet. */
async function coming(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const { facts } = truth;
  const { vault, made } = await newAgent(prober, facts, agent);
  const startS = facts.timeS + 60n;
  const destroyed = [
    ...made,
    at(startS, act(facts, agent.owner, 'announceDestroyAgent', [vault])),
    at(
      startS + BigInt(facts.settings['withdrawalWaitMinSeconds']) + 1n,
      act(facts, agent.owner, 'destroyAgent', [vault, agent.owner]),
    ),
  ];
  const allAgents = (vaults: readonly string[], moment: string, before: readonly Call[]): Probe[] =>
    pages(truth, 'getAllAgents', vaults, moment, { before });
  return [
    ...allAgents([...truth.allVaults, vault], ' when a new agent has come', made),
    ...allAgents(truth.allVaults, ' when the new agent is gone again', destroyed),
  ];
}

const infoProbe = ({ facts }: ViewFacts, agent: AgentTruth, about: string, when: When): Probe =>
  answers(
    {
      to: facts.contracts.assetManager,
      contract: managerViews,
      view: 'getAgentInfo',
      args: [agent.vault],
      about: `of an agent ${about}`,
    },
    [infoOf(agent, facts.contracts.wNat)],
    when,
  );

/** What is left of the agent's own tickets and dust. */
const queueOf = ({ vault, tickets, reading }: AgentTruth) => ({
  tickets,
  dustUba: new Map([[vault, reading.dustUba]]),
});

interface Backed {
  readonly agent: AgentTruth;
  readonly before: readonly Call[];
}

/** The agent when the user has minted with it. */
async function mintedWith(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Backed> {
  const { facts, settings } = truth;
  const { reading } = agent;
  const amounts = mintingAmounts(LOTS, termsOf(truth, agent));
  const backedUba = amounts.valueUba + amounts.poolFeeUba;
  const { tickets, dustUba } = queueMinted(queueOf(agent), agent.vault, backedUba, settings.lotSizeUba);
  const changed = agentWith(truth, agent, {
    mintedUba: reading.mintedUba + backedUba,
    dustUba: dustUba.get(agent.vault) ?? 0n,
    held: { ...reading.held, poolCollateralWei: reading.held.poolCollateralWei + amounts.reservationFeePoolWei },
  });
  return {
    before: await minted(prober, facts, agent, LOTS),
    agent: {
      ...changed,
      tickets: tickets.map((ticket) => ({ ...ticket, id: 0n })),
      underlyingBalanceUba: agent.underlyingBalanceUba + amounts.paymentUba,
    },
  };
}

/** Reserved, minted, redeeming: with free collateral, ratios and dust that follow from it. */
async function backing(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const { facts, settings } = truth;
  const { valueUba, poolFeeUba } = mintingAmounts(LOTS, termsOf(truth, agent));
  const reservedUba = agent.reading.reservedUba + valueUba + poolFeeUba;
  const done = await mintedWith(prober, truth, agent);
  const told = [
    infoProbe(truth, agentWith(truth, agent, { reservedUba }), 'with a reservation more', {
      before: [reserve(facts, agent, LOTS)],
    }),
    infoProbe(truth, done.agent, 'with a minting more', done),
  ];
  const head = truth.queue[0]?.agentVault ?? agent.vault;
  if (head !== agent.vault) return told;
  const lotUba = settings.lotSizeUba;
  const { reading } = done.agent;
  const { dustUba } = queueRedeemed(queueOf(done.agent), agent.vault, lotUba, lotUba);
  const asked = agentWith(truth, done.agent, {
    mintedUba: reading.mintedUba - lotUba,
    redeemingUba: reading.redeemingUba + lotUba,
    poolRedeemingUba: reading.poolRedeemingUba + lotUba,
    dustUba: dustUba.get(agent.vault) ?? 0n,
  });
  const redeemed = [...done.before, act(facts, USER, 'redeem', [1n, LEDGER_ADDRESS, NOBODY])];
  return [...told, infoProbe(truth, asked, 'with a redemption more', { before: redeemed })];
}

/** A ratio is the better one of both prices; the trusted one counts where it is there and not too old. */
async function ratios(prober: Prober, truth: ViewFacts, agent: AgentTruth): Promise<Probe[]> {
  const { facts, feeds, settings } = truth;
  const done = await mintedWith(prober, truth, agent);
  const oldestS = BigInt(facts.settings['maxTrustedPriceAgeSeconds']);
  const [asset] = facts.contracts.collateralTypes;
  const withTrusted = (about: string, change: (feed: Feed, symbol: string) => Partial<TrustedFeed>): Probe => {
    const changed = Object.fromEntries(
      Object.entries(feeds).map(([symbol, feed]): [string, Feed] => {
        const { ordinary } = feed;
        return [symbol, { ordinary, trusted: { ...ordinary, submits: 3n, ...change(feed, symbol) } }];
      }),
    );
    const { trustedPrices } = pricesOf(facts.contracts, changed, { ...settings, maxTrustedPriceAgeS: oldestS });
    return infoProbe(truth, agentWithPrices(truth, done.agent, trustedPrices), about, {
      before: done.before,
      codes: { [facts.contracts.priceReader]: priceReaderCode(changed) },
    });
  };
  const ofAsset = (change: (feed: Feed) => Partial<TrustedFeed>) => (feed: Feed, symbol: string) =>
    symbol === asset?.assetSymbol ? change(feed) : {};
  const cheaper = ({ ordinary }: Feed) => ({ value: (ordinary.value * 4n) / 5n });
  const dearer = ({ ordinary }: Feed) => ({ value: (ordinary.value * 5n) / 4n });
  return [
    withTrusted('at a lower trusted price of what it backs', ofAsset(cheaper)),
    withTrusted('at a higher trusted price of what it backs', ofAsset(dearer)),
    withTrusted(
      'at a lower trusted price that is as old as it may be',
      ofAsset((feed) => ({ ...cheaper(feed), atS: feed.ordinary.atS - oldestS })),
    ),
    withTrusted(
      'at a lower trusted price that is a second too old',
      ofAsset((feed) => ({ ...cheaper(feed), atS: feed.ordinary.atS - oldestS - 1n })),
    ),
    // Releases before v1.3 do not ask.
    ...(facts.contracts.features.redeemAmount
      ? [
          withTrusted(
            'at a lower trusted price that nobody submitted',
            ofAsset((feed) => ({ ...cheaper(feed), submits: 0n })),
          ),
        ]
      : []),
  ];
}

const agentWithPrices = (truth: ViewFacts, agent: AgentTruth, trustedPrices: ViewFacts['trustedPrices']): AgentTruth =>
  agentWith(truth, agent, {}, { trustedPrices });

/** Whom an agent lets mint although it is not available. */
function minters({ facts }: ViewFacts, { vault, owner }: AgentTruth): Probe[] {
  const { assetManager } = facts.contracts;
  const add = (who: string): Call => act(facts, owner, 'addAlwaysAllowedMinterForAgent', [vault, who]);
  const told = (about: string, who: readonly string[], before: readonly Call[]): Probe =>
    answers(
      { to: assetManager, contract: managerViews, view: 'alwaysAllowedMintersForAgent', args: [vault], about },
      [who],
      { before },
    );
  const added = [add(USER), add(OTHER_USER)];
  return [
    told('with two minters', [USER, OTHER_USER], added),
    told(
      'with one minter less',
      [OTHER_USER],
      [...added, act(facts, owner, 'removeAlwaysAllowedMinterForAgent', [vault, USER])],
    ),
  ];
}
