/** `npm run refusals-docs`: writes docs/refusals.md. Probes are made against a stand-in of its own, since they are made from a state. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startDevnet } from '../devnet/devnet.ts';
import { reachWorld } from '../network/world.ts';
import { ACCESS_RULES } from '../probes/access.ts';
import { richestAgent } from '../probes/facts.ts';
import { Prober } from '../probes/prober.ts';
import { TOPICS } from '../probes/topics.ts';
import { cleaningUp } from '../units/troubles.ts';
import type { Program } from './program.ts';
import { type Tried, refusalsDocument } from './refusals-document.ts';

export const DOCUMENT = resolve(import.meta.dirname, '../../docs/refusals.md');

/** All probes of all topics, whether this release has their functions or not. */
export async function allProbes(prober: Prober): Promise<Tried['probes']> {
  const facts = await prober.facts();
  const agent = richestAgent(facts);
  if (agent === undefined) throw new Error('no agent has a free lot');
  const probes = new Map<string, Awaited<ReturnType<(typeof TOPICS)[string]>>>();
  for (const [name, probesOf] of Object.entries(TOPICS)) probes.set(name, await probesOf(prober, facts, agent));
  return probes;
}

/** The same against a stand-in that is started for it. */
export async function probesOfStandIn(): Promise<Tried['probes']> {
  const devnet = await startDevnet({ clock: 'virtual', agents: 2, onFailure: () => {} });
  const read = async (): Promise<Tried['probes']> => {
    const world = await reachWorld(devnet.record);
    return cleaningUp(
      () => allProbes(new Prober(world.rpc, world.contracts)),
      () => world.close(),
    );
  };
  return cleaningUp(read, () => devnet.stop());
}

export const run: Program = async ({ refusals }) => {
  const probes = await probesOfStandIn();
  writeFileSync(DOCUMENT, refusalsDocument({ probes, refusals, rules: ACCESS_RULES }));
  return 0;
};
