/**
 * The agents of the devnet, all together: at each tick they look at the chain if it may have changed, then work on
 * what they have to see to, in the order in which it arose.
 *
 * There is nothing in them but data, so that they can be put back. What they do is in the files beside this one.
 */
import type { EventLog } from '../../clients/flare/account.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { ChainActivity } from '../chain/chain-time.ts';
import type { Restorable, Restore } from '../clock.ts';
import { workOnMintingDefault } from './minting-default.ts';
import { TOPICS, tasksAfter } from './protocol-log.ts';
import { workOnRedemption } from './redemption.ts';
import { type SettingChange, announceSetting, workOnSetting } from './setting.ts';
import type { AgentState, Task } from './tasks.ts';
import { UNDERLYING_UPDATE_INTERVAL_S, workOnUnderlyingBlock } from './underlying-block.ts';
import type { Progress, Workshop } from './workshop.ts';

export interface AgentServiceOptions extends Omit<Workshop, 'note'> {
  readonly rpc: JsonRpc;
  readonly activity: ChainActivity;
  /** Logs up to this block are old news. */
  readonly fromBlock: number;
}

export class AgentService implements Restorable {
  readonly #options: AgentServiceOptions;
  readonly #workshop: Workshop;
  readonly #agentOfVault: ReadonlyMap<string, number>;
  #state: AgentState;
  #seenVersion: number | undefined;

  constructor(options: AgentServiceOptions) {
    this.#options = options;
    this.#workshop = { ...options, nowS: () => options.nowS(), note: (problem) => this.#state.problems.push(problem) };
    this.#agentOfVault = new Map(options.agents.map(({ vault }, index) => [vault.toLowerCase(), index]));
    const dueS = options.nowS() + UNDERLYING_UPDATE_INTERVAL_S;
    const tasks: Task[] = options.agents.length === 0 ? [] : [{ kind: 'underlying block', agent: 0, dueS }];
    this.#state = { seenBlock: options.fromBlock, tasks, problems: [] };
  }

  /** Transactions of agents that reverted, oldest first. */
  problems(): readonly string[] {
    return this.#state.problems;
  }

  /**
   * Lets an agent announce other terms, which it changes when the protocol lets it. One announcement at a time: returns the
   * value that the setting will have, which is that of an earlier one if it is still to come.
   */
  async announce(change: SettingChange): Promise<bigint> {
    const { agents, assetManager } = this.#options;
    const agent = this.#agentOfVault.get(change.vault.toLowerCase());
    const announcing = agent === undefined ? undefined : agents[agent];
    if (agent === undefined || announcing === undefined) throw new Error(`no agent here has the vault ${change.vault}`);
    const earlier = this.#state.tasks
      .filter((task) => task.kind === 'setting')
      .find((task) => task.agent === agent && task.name === change.name);
    if (earlier !== undefined) return earlier.value;
    const task = await announceSetting(announcing, agent, assetManager, change);
    this.#state.tasks = [...this.#state.tasks, task];
    return task.value;
  }

  /** Does all that can be done now. */
  async tick(): Promise<void> {
    await this.#readLogs();
    const open: Task[] = [];
    for (const task of this.#state.tasks) {
      if ((await this.#work(task)) === 'open') open.push(task);
    }
    this.#state.tasks = open;
  }

  snapshot(): Promise<Restore> {
    const saved = structuredClone(this.#state);
    const restore = async () => {
      this.#state = structuredClone(saved);
      this.#seenVersion = undefined;
    };
    return Promise.resolve(restore);
  }

  async #readLogs(): Promise<void> {
    const { rpc, activity, assetManager } = this.#options;
    if (activity.version() === this.#seenVersion) return;
    this.#seenVersion = activity.version();
    const latest = Number(await rpc.call<string>('eth_blockNumber'));
    if (latest <= this.#state.seenBlock) return;
    const fromBlock = `0x${(this.#state.seenBlock + 1).toString(16)}`;
    const toBlock = `0x${latest.toString(16)}`;
    const filter = { address: assetManager, topics: [TOPICS], fromBlock, toBlock };
    for (const log of await rpc.call<EventLog[]>('eth_getLogs', [filter])) {
      this.#state.tasks = tasksAfter(this.#state.tasks, log, this.#agentOfVault);
    }
    this.#state.seenBlock = latest;
  }

  #work(task: Task): Promise<Progress> {
    if (task.kind === 'redemption') return workOnRedemption(this.#workshop, task);
    if (task.kind === 'setting') return workOnSetting(this.#workshop, task);
    if (task.kind === 'minting default') return workOnMintingDefault(this.#workshop, task);
    return workOnUnderlyingBlock(this.#workshop, task);
  }
}
