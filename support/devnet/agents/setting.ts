/**
 * An agent that changes its terms: announces another fee or share, and changes it as soon as the protocol allows.
 */
import { z } from 'zod';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import type { SettingTask } from './tasks.ts';
import { type Agent, type Progress, type Workshop, agentOf, callAssetManager } from './workshop.ts';

/** A setting of an agent's, as the protocol names it, and what it is to become. */
export interface SettingChange {
  /** Agent vault. */
  readonly vault: string;
  readonly name: 'feeBIPS' | 'poolFeeShareBIPS' | 'redemptionPoolFeeShareBIPS';
  readonly value: bigint;
}

const announced = z.object({ validAt: z.bigint() });

/** Announces; the task changes it later. Throws what the protocol throws. */
export async function announceSetting(
  { owner, vault }: Agent,
  agent: number,
  assetManager: string,
  { name, value }: SettingChange,
): Promise<SettingTask> {
  const data = assetManagerInterface.encodeFunctionData('announceAgentSettingUpdate', [vault, name, value]);
  const { logs } = await owner.send({ to: assetManager, data });
  const event = logs
    .map((log) => assetManagerInterface.parseLog(log))
    .find((parsed) => parsed?.name === 'AgentSettingChangeAnnounced');
  if (!event) throw new TypeError(`announcing ${name} gave no AgentSettingChangeAnnounced event`);
  return { kind: 'setting', agent, name, value, dueS: Number(announced.parse(event.args.toObject(true)).validAt) };
}

export async function workOnSetting(workshop: Workshop, { agent, name, dueS }: SettingTask): Promise<Progress> {
  if (workshop.nowS() < dueS) return 'open';
  const { owner, vault } = agentOf(workshop, { agent });
  await callAssetManager(workshop, owner, 'executeAgentSettingUpdate', [vault, name]);
  return 'over';
}
