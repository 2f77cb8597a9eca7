/**
 * Brings a devnet's agents into being: funded on both chains, onboarded in the protocol by attestations like anyone's,
 * then at work on the devnet's clock.
 */
import type { EvmAccount } from '../../clients/flare/account.ts';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import { setBalances } from '../chain/chain-terms.ts';
import type { DevnetTime } from '../devnet-time.ts';
import { type OnboardedAgent, type Proof, type ProofRequest, onboardAgents } from '../deploy/agents.ts';
import type { FdcService } from '../fdc-service.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { DeployedProtocol } from '../protocol.ts';
import { CONFIRMATIONS } from '../timings.ts';
import { AgentWallet, type LedgerAccess } from './agent-wallet.ts';
import type { AgentFaults } from './faults.ts';
import { type AgentTerms, agentTerms } from './plans.ts';
import { AgentService } from './service.ts';
import { type PendingAttestation, ServiceAttestor } from './service-attestor.ts';
import type { Agent } from './workshop.ts';

export interface EmploymentOptions {
  readonly count: number;
  readonly time: DevnetTime;
  readonly ledger: Ledger;
  readonly fdc: FdcService;
  readonly deployed: DeployedProtocol;
  readonly tickS: number;
  readonly faults: AgentFaults;
}

export interface Agents {
  readonly agents: readonly Agent[];
  readonly onboarded: readonly OnboardedAgent[];
  readonly service: AgentService;
}

const GAS_MONEY_WEI = 100_000n * 10n ** 18n;
const AGENT_DROPS = 100_000n * 10n ** 6n;

/** Waits, on the devnet's clock, for one voting round. */
export async function employAgents(options: EmploymentOptions): Promise<Agents> {
  const { count, time, ledger, fdc, deployed } = options;
  const access = ledgerAccess(ledger);
  const attestor = new ServiceAttestor(fdc.access, deployed.fdc.fdcHub);
  const hired = agentTerms(count).map((terms) => ({
    terms,
    owner: time.account(terms.actor.evmPrivateKey),
    wallet: new AgentWallet(access, terms.actor.ledgerSeed),
  }));
  await setBalances(
    time.rpc,
    new Map(hired.map(({ terms, owner }) => [owner.address, terms.poolCollateralWei + GAS_MONEY_WEI])),
  );
  for (const { wallet } of hired) ledger.fund(wallet.address, AGENT_DROPS);
  const onboarded = await onboardAgents({
    context: deployed.context,
    deployment: deployed.protocol,
    agents: hired.map(({ terms, owner, wallet }) => planOf(terms, owner, wallet)),
    confirmedLedgerIndex: BigInt(ledger.history.lastIndex() - CONFIRMATIONS),
    prove: (requests) => prove(options, attestor, requests),
  });
  const agents = hired.map(({ owner, wallet }, index) => ({ owner, wallet, vault: onboarded[index]?.vault ?? '' }));
  return { agents, onboarded, service: await startService(options, agents, attestor, access) };
}

async function startService(
  { time, deployed, tickS, faults }: EmploymentOptions,
  agents: readonly Agent[],
  attestor: ServiceAttestor,
  ledger: LedgerAccess,
): Promise<AgentService> {
  const { rpc, activity, clock } = time;
  const service = new AgentService({
    rpc,
    activity,
    agents,
    assetManager: deployed.protocol.assetManager,
    ledger,
    attestor,
    faults,
    confirmations: CONFIRMATIONS,
    fromBlock: Number(await rpc.call<string>('eth_blockNumber')),
    nowS: () => clock.nowS(),
  });
  const run = () => service.tick();
  clock.every({ name: 'agents', intervalS: tickS, firstAtS: clock.nowS() + tickS, run });
  return service;
}

/** The ledger as those who act in process use it. */
export function ledgerAccess(ledger: Ledger): LedgerAccess {
  return {
    history: ledger.history,
    openIndex: () => ledger.openIndex(),
    openFeeDrops: () => ledger.openLedgerFeeDrops(),
    nextSequence: (address) => {
      const account = ledger.account(address, 'open');
      if (account === undefined) throw new Error(`the ledger has no account ${address}`);
      return account.sequence;
    },
    submit: (blobHex) => {
      const { engineResult, transaction } = ledger.submit(blobHex);
      return { engineResult, hash: transaction.hash };
    },
  };
}

function planOf({ actor: _actor, ...terms }: AgentTerms, ownerAccount: EvmAccount, wallet: AgentWallet) {
  return { ...terms, ownerAccount, underlyingAddress: wallet.address };
}

/** Which function of the asset manager takes a proof of the type, for its ABI. */
const TAKEN_BY = { AddressValidity: 'createAgentVault', ConfirmedBlockHeightExists: 'updateCurrentBlock' } as const;

async function prove(
  { time, fdc, deployed }: EmploymentOptions,
  attestor: ServiceAttestor,
  requests: readonly ProofRequest[],
): Promise<Proof[]> {
  const { deployer } = deployed.context;
  const pending: (PendingAttestation & { functionName: string })[] = [];
  for (const { type, body } of requests) {
    const asked = await attestor.request(deployer, type, body);
    if ('status' in asked) throw new Error(`the verifier answers ${asked.status} to ${type} for an agent`);
    pending.push({ ...asked, functionName: TAKEN_BY[type] });
  }
  await time.waitUntil(fdc.finalizedAtS(time.clock.nowS()));
  return pending.map(({ functionName, ...attestation }) => {
    const proof = attestor.proof(attestation, { contract: assetManagerInterface, functionName });
    if (proof === undefined || proof === 'missed') throw new Error(`the devnet's first voting round gave no proof`);
    return proof;
  });
}
