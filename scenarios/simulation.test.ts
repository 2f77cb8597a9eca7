/** Plays on a stand-in's state: what comes before an act counts, what the FDC is asked, when it is, and that nothing stays. */
import { beforeAll, describe, expect, test } from 'vitest';
import { assetManagerInterface } from '../support/clients/flare/interfaces.ts';
import { startDevnet } from '../support/devnet/devnet.ts';
import { type World, reachWorld } from '../support/network/world.ts';
import { ACCESS_RULES, accessClaims } from '../support/probes/access.ts';
import { TOPICS } from '../support/probes/topics.ts';
import { DOCUMENT, allProbes } from '../support/programs/refusals-docs.ts';
import { ERROR_NAMES, metBy, refusalsDocument, whyUnmet } from '../support/programs/refusals-document.ts';
import { suite } from '../fixtures/suite.ts';
import { act, at, minted, reserve, reserved } from '../support/probes/acts.ts';
import { type AgentFacts, type Facts, richestAgent } from '../support/probes/facts.ts';
import { USER } from '../support/probes/people.ts';
import { readFileSync } from 'node:fs';
import { Prober, Unprepared } from '../support/probes/prober.ts';
import { paymentProof } from '../support/probes/proofs.ts';

let world: World | undefined;
let prober: Prober;
let facts: Facts;
let agent: AgentFacts;

beforeAll(async () => {
  const devnet = await startDevnet({ clock: 'virtual', agents: 2, onFailure: () => {} });
  const close = async () => {
    await world?.close();
    await devnet.stop();
  };
  try {
    const reached = await reachWorld(devnet.record);
    world = reached;
    prober = new Prober(reached.rpc, reached.contracts);
    facts = await prober.facts();
    const richest = richestAgent(facts);
    if (richest === undefined) throw new Error('no agent has a free lot');
    agent = richest;
  } catch (error) {
    await close();
    throw error;
  }
  return close;
});

const outcomeOf = async (...play: Parameters<Prober['outcomes']>[1]) => (await prober.outcomes(facts, play))[0];

describe('a play', () => {
  test('the act meets what was done before, and nothing of it stays', async () => {
    const { before, payment, id } = await reserved(prober, facts, agent);
    const execute = act(facts, USER, 'executeMinting', [paymentProof(facts, payment), id]);
    expect(await outcomeOf({ before, act: execute })).toMatchObject({ kind: 'through' });
    expect(await outcomeOf({ before: [], act: execute })).toMatchObject({ revert: { name: 'InvalidCrtId' } });
  });

  test('the FDC believes what came before and is asked about the act only', async () => {
    const { before, payment, id } = await reserved(prober, facts, agent);
    const execute = act(facts, USER, 'executeMinting', [paymentProof(facts, payment), id]);
    const view = act(facts, USER, 'fAsset', []);
    expect(await outcomeOf({ before, act: execute, verified: true })).toMatchObject({
      revert: { name: 'LegalPaymentNotProven' },
    });
    expect(await outcomeOf({ before: [...before, execute], act: view, verified: true })).toMatchObject({
      kind: 'through',
    });
  });

  test('each call stands in a block of the time that it says', async () => {
    const before = await minted(prober, facts, agent);
    const later = facts.timeS + 86_400n;
    const [first, late] = await Promise.all(
      [facts.timeS + 1n, later].map((atS) =>
        prober.event(
          facts,
          'a redemption',
          [...before, at(atS, act(facts, USER, 'redeem', [1n, 'rSomebody', USER]))],
          'RedemptionRequested',
        ),
      ),
    );
    const seconds = late?.['lastUnderlyingTimestamp'] - first?.['lastUnderlyingTimestamp'];
    expect(seconds).toBe(86_399n);
  });

  test('a call before the act that is refused is not taken for the act', async () => {
    const none = reserve(facts, agent, 0n);
    expect(await outcomeOf({ before: [none], act: none })).toMatchObject({ kind: 'unprepared', call: 0 });
    await expect(prober.event(facts, 'a reservation', [none], 'CollateralReserved')).rejects.toThrow(Unprepared);
  });

  test('plain calls need no simulation', async () => {
    const data = assetManagerInterface.encodeFunctionData('fAsset');
    const { assetManager } = facts.contracts;
    const outcomes = await prober.called(facts, [
      { from: USER, to: assetManager, data },
      act(facts, USER, 'makeAgentAvailable', [agent.vault]),
    ]);
    expect(outcomes).toMatchObject([{ kind: 'through' }, { kind: 'refused', revert: { name: 'OnlyAgentVaultOwner' } }]);
  });
});

describe('what holds on the stand-in', () => {
  test.each(Object.entries(TOPICS))('every probe of %s, each with a name of its own', async (_name, probesOf) => {
    const probes = await probesOf(prober, facts, agent);
    expect(new Set(probes.map(({ name }) => name)).size).toBe(probes.length);
    const claims = await prober.claims(facts, probes);
    expect(claims.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
  });

  test('every function that is not for everybody, of all contracts, behind clones too', async () => {
    const claims = await accessClaims(prober, facts, agent);
    expect(claims.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
    for (const name of ['CollateralPool.payout', 'AgentVault.payout', 'FAsset.mint', 'AssetManager.pauseMinting'])
      expect(claims.map(({ what }) => what)).toContain(`probe: a stranger's ${name}`);
  });
});

describe('docs/refusals.md', () => {
  test('every error is met, or it is said why none meets it, and not both', async () => {
    const tried = { probes: await allProbes(prober), refusals: suite.refusals, rules: ACCESS_RULES };
    const met = ERROR_NAMES.filter((error) => metBy(error, tried).length > 0);
    const unmet = ERROR_NAMES.filter((error) => whyUnmet(error) !== undefined);
    expect(ERROR_NAMES.filter((error) => !met.includes(error) && !unmet.includes(error))).toEqual([]);
    expect(met.filter((error) => unmet.includes(error))).toEqual([]);
  });

  test('says what is tried; npm run refusals-docs writes it', async () => {
    const tried = { probes: await allProbes(prober), refusals: suite.refusals, rules: ACCESS_RULES };
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(refusalsDocument(tried));
  });

  test('every topic has its bundle', () => {
    const names = suite.probes.map(({ name }) => name).filter((name) => name !== 'probe-access');
    expect(names.toSorted()).toEqual(Object.keys(TOPICS).toSorted());
  });
});
