/**
 * A small devnet for the tests of this folder: anvil, the FDC contracts and servers, a hand-written ledger, one clock.
 *
 * No protocol, no agents, no real ledger. The ledger closes every four seconds of virtual time.
 */
import { Interface } from 'ethers';
import { type AttestationTimings, Attestor, type AttestorOptions } from '../../clients/fdc/attest.ts';
import { DataAvailabilityClient } from '../../clients/fdc/data-availability-client.ts';
import { VerifierClient } from '../../clients/fdc/verifier-client.ts';
import { HANG_MS } from '../../units/hang.ts';
import type { Waiter } from '../../units/waiter.ts';
import { EvmAccount, type Receipt } from '../../clients/flare/account.ts';
import { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { startAnvil } from '../chain/anvil.ts';
import { ChainTime, ServiceRpc } from '../chain/chain-time.ts';
import { type DeployedFdcContracts, deployFdcContracts } from '../deploy/fdc-contracts.ts';
import { FIRST_VOTING_ROUND_START_S, VIRTUAL_START_S } from '../timings.ts';
import { unrehearsed } from '../chain/rehearsed-chain.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { startDataAvailabilityServer } from './data-availability-server.ts';
import type { FdcFaults } from './faults.ts';
import { WrittenHistory, type WrittenPayment } from './history-double.ts';
import { FdcRounds } from './rounds.ts';
import { startVerifierServer } from './verifier-server.ts';
import type { XrpVerifier } from './verifier.ts';

export const API_KEY = 'test key';
const LEDGER_S = 4;
const TERMS = {
  chainId: 31337n,
  maxFeePerGasWei: 10n ** 11n,
  maxPriorityFeePerGasWei: 0n,
  receiptPollMs: 20,
  receiptTimeoutMs: HANG_MS,
};

export interface PaidFee {
  readonly receipt: Receipt;
  readonly valueWei: bigint;
}

export interface TestNetwork {
  readonly rpc: JsonRpc;
  readonly clock: VirtualClock;
  readonly chainTime: ChainTime;
  readonly history: WrittenHistory;
  readonly deployment: DeployedFdcContracts;
  readonly rounds: FdcRounds;
  readonly verifier: XrpVerifier;
  /** Set and cleared by the tests. */
  readonly faults: FdcFaults;
  readonly verifierUrl: string;
  readonly dataAvailabilityUrl: string;
  /** Owner of the contracts. */
  readonly deployer: EvmAccount;
  readonly user: EvmAccount;
  readonly waiter: Waiter & { sleeps: number };
  /** Payments of the next ledger. */
  readonly upcoming: WrittenPayment[];
  readonly paid: PaidFee[];
  attestor(timings?: Partial<AttestationTimings>, others?: Partial<AttestorOptions>): Attestor;
  call(to: string, signature: string, parameters?: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startTestNetwork(options: { singleLeaf?: boolean } = {}): Promise<TestNetwork> {
  const anvil = await startAnvil({ startS: VIRTUAL_START_S });
  const rpc = new JsonRpc(anvil.url, { timeoutMs: HANG_MS });
  const chainTime = new ChainTime(rpc, VIRTUAL_START_S);
  const clock = new VirtualClock({
    startS: VIRTUAL_START_S,
    onMoveStart: () => chainTime.touched(),
    show: async (atS) => await chainTime.show(atS),
  });
  const serviceRpc = new ServiceRpc(anvil.url, unrehearsed, async () => await chainTime.beforeSend(clock.nowS()));
  const account = async (node: JsonRpc, digit: string): Promise<EvmAccount> => {
    const made = new EvmAccount(node, `0x${digit.repeat(64)}`, TERMS);
    await rpc.call('anvil_setBalance', [made.address, `0x${(10n ** 24n).toString(16)}`]);
    return made;
  };
  const deployer = await account(serviceRpc, '1');
  const user = await account(rpc, '2');
  const votingTimes = { firstVotingRoundStartS: FIRST_VOTING_ROUND_START_S, votingEpochS: 90 };
  const deployment = await deployFdcContracts({ rpc: serviceRpc, deployer, ...votingTimes });

  const faults: FdcFaults = {};
  const { history, upcoming } = closingLedger(clock);
  const verifierServer = await startVerifierServer({ history, sourceId: 'testXRP', apiKey: API_KEY, faults });
  const { verifier } = verifierServer;
  const rounds = new FdcRounds({
    clock,
    rpc: serviceRpc,
    activity: chainTime,
    deployment,
    relayer: deployer,
    verifier,
    faults,
    ...votingTimes,
    singleLeaf: options.singleLeaf ?? false,
  });
  const dataAvailability = await startDataAvailabilityServer({
    store: rounds.store,
    clock,
    votingRounds: rounds.votingRounds,
    faults,
  });

  const waiter = {
    sleeps: 0,
    nowS: () => Promise.resolve(clock.nowS()),
    async sleepS(seconds: number) {
      this.sleeps += 1;
      await clock.advanceTo(clock.nowS() + Math.ceil(seconds));
    },
  };
  const paid: PaidFee[] = [];
  return {
    rpc,
    clock,
    chainTime,
    history,
    deployment,
    rounds,
    verifier,
    faults,
    deployer,
    user,
    waiter,
    upcoming,
    paid,
    verifierUrl: verifierServer.url,
    dataAvailabilityUrl: dataAvailability.url,
    attestor: (timings = {}, others = {}) =>
      new Attestor({
        verifier: new VerifierClient({ urls: [verifierServer.url], apiKey: API_KEY, sourceId: 'testXRP', waiter }),
        dataAvailability: new DataAvailabilityClient({ urls: [dataAvailability.url], waiter }),
        rpc,
        addresses: deployment,
        account: user,
        waiter,
        timings,
        onTransaction: (receipt, valueWei) => paid.push({ receipt, valueWei }),
        ...others,
      }),
    async call(to, signature, parameters = []) {
      const contract = new Interface([signature]);
      const [name = ''] = signature.replace('function ', '').split('(');
      const data = contract.encodeFunctionData(name, parameters);
      const answer = await rpc.call<string>('eth_call', [{ to, data }, 'latest']);
      const result: unknown[] = contract.decodeFunctionResult(name, answer).toArray(true);
      return result.length === 1 ? result[0] : result;
    },
    async stop() {
      await Promise.all([verifierServer.stop(), dataAvailability.stop()]);
      serviceRpc.close();
      rpc.close();
      await anvil.stop();
    },
  };
}

/** Starts with two old ledgers and twenty young ones, so that long windows and confirmations are there. */
function closingLedger(clock: VirtualClock): { history: WrittenHistory; upcoming: WrittenPayment[] } {
  const history = new WrittenHistory(1000);
  const upcoming: WrittenPayment[] = [];
  history.close(VIRTUAL_START_S - 20 * 86_400);
  history.close(VIRTUAL_START_S - 2 * 86_400);
  history.close(VIRTUAL_START_S - 80);
  history.closeEmpty(19, LEDGER_S);
  const run = async (atS: number) => void history.close(atS, upcoming.splice(0));
  clock.every({ name: 'ledger close', intervalS: LEDGER_S, firstAtS: VIRTUAL_START_S + LEDGER_S, run });
  return { history, upcoming };
}
