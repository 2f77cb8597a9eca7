/** Asks the chain what simulated acts come to. */
import type { Interface, Result } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { type ReadValues, type Reads, blockTagOf, readAll } from '../clients/flare/reads.ts';
import type { Claim } from '../model/statement.ts';
import { type Facts, readFacts } from './facts.ts';
import { type Probe, THROUGH, judge } from './probe.ts';
import { type Call, type Outcome, type Play, callAll, simulate } from './simulation.ts';

/** Where a proxy keeps the address of its implementation (EIP-1967). */
const IMPLEMENTATION_SLOT = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';

const isThere = ({ contracts, selectors }: Facts, { to, data }: Call): boolean =>
  to !== contracts.assetManager || selectors.has(data.slice(0, 10));

/** Code of a clone, with the address of what it stands for (EIP-1167). */
const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

/** What probes need could not be simulated: nothing can be said of them. */
export class Unprepared extends Error {
  override name = 'Unprepared';
  readonly claim: Claim;
  constructor(what: string, outcome: Outcome) {
    const claim = judge({ name: what, must: THROUGH }, outcome);
    super(claim.sentence);
    this.claim = claim;
  }
}

export class Prober {
  readonly #rpc: JsonRpc;
  readonly #contracts: ProtocolContracts;

  constructor(rpc: JsonRpc, contracts: ProtocolContracts) {
    this.#rpc = rpc;
    this.#contracts = contracts;
  }

  /** What is there now; probes made from it are asked of the same block. */
  facts(): Promise<Facts> {
    return readFacts(this.#rpc, this.#contracts);
  }

  async outcomes({ block, contracts }: Facts, plays: readonly Play[]): Promise<Outcome[]> {
    const { fdcVerification, relay } = contracts;
    return simulate(this.#rpc, { block, fdcVerification, relay }, plays);
  }

  /** One claim a probe, whatever became of the others. Left out are those of functions that this release does not have. */
  async claims(facts: Facts, all: readonly Probe[]): Promise<Claim[]> {
    const probes = all.filter(({ play }) => [...play.before, play.act].every((call) => isThere(facts, call)));
    const outcomes = await this.outcomes(
      facts,
      probes.map(({ play }) => play),
    );
    return outcomes.flatMap((outcome, index) => {
      const probe = probes[index];
      return probe === undefined ? [] : [judge(probe, outcome)];
    });
  }

  /** The first event of that name that the last of these calls emits. Throws Unprepared without one. */
  async event(facts: Facts, what: string, calls: readonly Call[], name: string): Promise<Result> {
    const [act, ...reversed] = calls.toReversed();
    if (act === undefined) throw new Error('no call to simulate');
    const [outcome] = await this.outcomes(facts, [{ before: reversed.toReversed(), act, inSameBlock: true }]);
    if (outcome === undefined) throw new Error('the node simulated nothing');
    if (outcome.kind !== 'through') throw new Unprepared(what, outcome);
    for (const { topics, data } of outcome.logs) {
      const event = assetManagerInterface.parseLog({ topics: [...topics], data });
      if (event?.name === name) return event.args;
    }
    throw new Error(`${what} emits no ${name}`);
  }

  /** One claim a probe of a view, as things are: plain calls, which every node answers. */
  async viewClaims(facts: Facts, all: readonly Probe[]): Promise<Claim[]> {
    const probes = all.filter(({ play }) => isThere(facts, play.act));
    const outcomes = await this.called(
      facts,
      probes.map(({ play }) => play.act),
    );
    return outcomes.flatMap((outcome, index) => {
      const probe = probes[index];
      return probe === undefined ? [] : [judge(probe, outcome)];
    });
  }

  /** What the contracts tell at that block. */
  read<R extends Reads>({ block }: Facts, reads: R): Promise<ReadValues<R>> {
    return readAll(this.#rpc, block, reads);
  }

  /** What plain calls come to, on every node. */
  async called({ block }: Facts, calls: readonly Call[]): Promise<Outcome[]> {
    return callAll(this.#rpc, block, calls);
  }

  /** Code of a contract and, behind a proxy, of what it stands for. */
  async code({ block }: Facts, address: string): Promise<string> {
    const tag = blockTagOf(block);
    const [own, slot] = await this.#rpc.batch<[string, string]>([
      { method: 'eth_getCode', params: [address, tag] },
      { method: 'eth_getStorageAt', params: [address, IMPLEMENTATION_SLOT, tag] },
    ]);
    const behind = CLONE.exec(own)?.[1] ?? (BigInt(slot) === 0n ? undefined : slot.slice(-40));
    if (behind === undefined) return own;
    return `${own}${(await this.#rpc.call<string>('eth_getCode', [`0x${behind}`, tag])).slice(2)}`;
  }

  /** The address that a view answers; undefined where there is no such view, or nobody. */
  async address(facts: Facts, to: string, contract: Interface, name: string): Promise<string | undefined> {
    const [outcome] = await this.called(facts, [{ from: to, to, data: contract.encodeFunctionData(name) }]);
    if (outcome?.kind !== 'through' || outcome.returned.length !== 66 || BigInt(outcome.returned) === 0n)
      return undefined;
    return `0x${outcome.returned.slice(-40)}`;
  }

  /** The answer of a view after these calls, decoded. */
  async viewAfter(
    facts: Facts,
    before: readonly Call[],
    to: string,
    contract: Interface,
    name: string,
    args: readonly unknown[] = [],
  ): Promise<Result> {
    const act = { from: to, to, data: contract.encodeFunctionData(name, args) };
    const [outcome] =
      before.length === 0 ? await this.called(facts, [act]) : await this.outcomes(facts, [{ before, act }]);
    if (outcome?.kind !== 'through') throw new Error(`${name} of ${to} gives nothing`);
    return contract.decodeFunctionResult(name, outcome.returned);
  }

  /** The answer of a view, decoded; every node gives it. */
  view(facts: Facts, to: string, contract: Interface, name: string, args: readonly unknown[] = []): Promise<Result> {
    return this.viewAfter(facts, [], to, contract, name, args);
  }
}
