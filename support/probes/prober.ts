/** Asks the chain what simulated acts come to. */
import type { Interface, Result } from 'ethers';
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import type { Claim } from '../model/statement.ts';
import { type Facts, readFacts } from './facts.ts';
import { type Probe, THROUGH, judge } from './probe.ts';
import { type Call, type Outcome, type Play, callAll, simulate } from './simulation.ts';

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

  /** One claim a probe, whatever became of the others. */
  async claims(facts: Facts, probes: readonly Probe[]): Promise<Claim[]> {
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
    const [outcome] = await this.outcomes(facts, [{ before: reversed.toReversed(), act }]);
    if (outcome === undefined) throw new Error('the node simulated nothing');
    if (outcome.kind !== 'through') throw new Unprepared(what, outcome);
    for (const { topics, data } of outcome.logs) {
      const event = assetManagerInterface.parseLog({ topics: [...topics], data });
      if (event?.name === name) return event.args;
    }
    throw new Error(`${what} emits no ${name}`);
  }

  /** What plain calls come to, on every node. */
  async called({ block }: Facts, calls: readonly Call[]): Promise<Outcome[]> {
    return callAll(this.#rpc, block, calls);
  }

  /** The answer of a view, decoded. */
  async view(
    facts: Facts,
    to: string,
    contract: Interface,
    name: string,
    args: readonly unknown[] = [],
  ): Promise<Result> {
    const data = contract.encodeFunctionData(name, args);
    const [outcome] = await this.called(facts, [{ from: to, to, data }]);
    if (outcome?.kind !== 'through') throw new Error(`${name} of ${to} gives nothing`);
    return contract.decodeFunctionResult(name, outcome.returned);
  }
}
