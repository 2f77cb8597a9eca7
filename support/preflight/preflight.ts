/**
 * preflight: is the network as its record says, can users act, do they have keys, does the funder have enough?
 * Imports money and the rooms below. Checks everything, so that all problems show at once.
 * Never here: sending anything.
 */
import type { Actors } from '../actors/actors.ts';
import type { Suite } from '../sequence/suite.ts';
import type { NetworkRecord } from '../clients/network-record.ts';
import type { Market } from '../model/market.ts';
import type { ApiKeys } from '../network/api-keys.ts';
import type { Settings } from '../settings/settings.ts';
import { type Finding, examine, findingsText } from './finding.ts';
import { type FundingPlan, shortText } from '../money/plan.ts';
import { planRun } from '../money/prices.ts';
import { examineProtocol } from './preflight-protocol.ts';
import { examineServices } from './preflight-services.ts';
import { addressesOf } from '../keys/credentials.ts';
import { FUNDER_NAME, userNames } from '../keys/names.ts';
import { keyFolder } from '../keys/key-files.ts';
import { keyProblems, keySourceOf } from '../keys/key-source.ts';
import { type World, reachWorld } from '../network/world.ts';
import { cleaningUp } from '../units/troubles.ts';

export interface Preflight {
  readonly findings: readonly Finding[];
  /** Present if everything it depends on could be read. */
  readonly plan: FundingPlan | undefined;
}

/** A run must not start on this network; the message is a table of what is wrong. */
export class PreflightFailed extends Error {
  override name = 'PreflightFailed';
}

export async function preflight(
  suite: Suite<Actors>,
  record: NetworkRecord,
  settings: Settings,
  apiKeys: ApiKeys,
): Promise<Preflight> {
  const services = await examineServices(record, apiKeys, Date.now() / 1000);
  const keys = examineKeys(record, settings);
  const areThere = services.every(({ isRight, about }) => isRight || (about !== 'chain' && about !== 'ledger'));
  if (!areThere) return { findings: [...services, keys, notLookedAt(record)], plan: undefined };
  const protocol = await examineDeployment(suite, record, settings, apiKeys, keys.isRight);
  return { findings: [...services, keys, ...protocol.findings], plan: protocol.plan };
}

/** Throws PreflightFailed when anything is wrong. */
export function requireRight(record: NetworkRecord, { findings }: Preflight): void {
  const wrong = findings.filter(({ isRight }) => !isRight);
  if (wrong.length === 0) return;
  throw new PreflightFailed(
    `${record.name} is not ready, and no money was moved (npm run doctor shows everything):\n${findingsText(wrong)}`,
  );
}

function examineKeys(record: NetworkRecord, { usersFolder, users, shard }: Settings): Finding {
  const about = 'keys';
  const names = userNames(users, shard);
  const everybodys = `of ${names.length} users, their partners and the funder`;
  if (record.wellKnownKeys === true) return { about, target: 'well known', isRight: true, text: everybodys };
  const target = keyFolder(usersFolder, record.name);
  const problems = keyProblems(record, usersFolder, names);
  const text = problems.length === 0 ? everybodys : problems.join('; ');
  return { about, target, isRight: problems.length === 0, text };
}

const notLookedAt = (record: NetworkRecord): Finding => ({
  about: 'protocol',
  target: record.contracts.assetManager ?? record.contracts.assetManagerName,
  isRight: false,
  text: 'not looked at: chain or ledger is wrong',
});

async function examineDeployment(
  suite: Suite<Actors>,
  record: NetworkRecord,
  settings: Settings,
  apiKeys: ApiKeys,
  hasKeys: boolean,
): Promise<Preflight> {
  const { registry, assetManager } = record.contracts;
  const reached: World[] = [];
  const contracts = await examine('contracts', registry, async () => {
    const world = await reachWorld(record, apiKeys);
    reached.push(world);
    const { contracts: found } = world;
    return `asset manager ${found.assetManager}${assetManager === undefined ? '' : ' as set'}, FAsset ${found.fAsset}`;
  });
  const [world] = reached;
  if (world === undefined) return { findings: [contracts], plan: undefined };
  const look = async (): Promise<Preflight> => {
    const markets: Market[] = [];
    const seen = await examine('market', world.contracts.assetManager, async () => {
      const read = await world.informer.market();
      markets.push(read);
      return `${read.agents.length} agents at block ${read.point.block}`;
    });
    const [market] = markets;
    if (market === undefined) return { findings: [contracts, seen], plan: undefined };
    const findings = [contracts, ...(await examineProtocol(world, market))];
    if (!hasKeys) return { findings, plan: undefined };
    const keysOf = keySourceOf(record, settings.usersFolder);
    const plans: FundingPlan[] = [];
    const money = await examine('funder', addressesOf(keysOf(FUNDER_NAME)).evmAddress, async () => {
      const plan = await planRun(suite, world, settings, keysOf, market);
      plans.push(plan);
      return moneyState(plan);
    });
    return { findings: [...findings, money], plan: plans[0] };
  };
  return cleaningUp(look, () => world.close());
}

function moneyState({ short }: FundingPlan): string {
  const least = shortText(short.ofLeast);
  if (least !== '') throw new Error(`${least} missing for the least: npm run fund`);
  const wanted = shortText(short.ofWanted);
  return wanted === '' ? 'has what is wanted' : `${wanted} missing for what is wanted; users get less, evenly`;
}
