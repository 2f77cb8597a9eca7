/** Gives the devnet's stranger money on both chains, and a place on its clock. */
import { AgentWallet } from '../agents/agent-wallet.ts';
import { type Agents, ledgerAccess } from '../agents/employment.ts';
import { ServiceAttestor } from '../agents/service-attestor.ts';
import { setBalances } from '../chain/chain-terms.ts';
import type { DevnetTime } from '../devnet-time.ts';
import type { FdcService } from '../fdc-service.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { DeployedProtocol } from '../protocol.ts';
import { CONFIRMATIONS } from '../timings.ts';
import { EXCHANGE, STRANGER } from '../well-known.ts';
import type { StrangerFaults } from './faults.ts';
import { Stranger } from './stranger.ts';

export interface StrangerTerms {
  readonly time: DevnetTime;
  readonly ledger: Ledger;
  readonly fdc: FdcService;
  readonly deployed: DeployedProtocol;
  readonly agents: Agents;
  /** Seconds between two chances to act. */
  readonly tickS: number;
  readonly faults: StrangerFaults;
}

const NATIVE_WEI = 1_000_000n * 10n ** 18n;
const VAULT_TOKEN_UNITS = 1_000_000n * 10n ** 6n;
const DROPS = 10_000_000n * 10n ** 6n;

export async function settleStranger({ time, ledger, fdc, deployed, agents, tickS, faults }: StrangerTerms) {
  const { rpc, activity, clock } = time;
  const { protocol } = deployed;
  const evm = time.account(STRANGER.evmPrivateKey);
  await setBalances(rpc, new Map([[evm.address, NATIVE_WEI]]));
  await protocol.mintVaultToken(evm.address, VAULT_TOKEN_UNITS);
  for (const { ledgerAddress } of [STRANGER, EXCHANGE]) ledger.fund(ledgerAddress, DROPS);
  const access = ledgerAccess(ledger);
  const service = new Stranger({
    rpc,
    activity,
    evm,
    wallet: new AgentWallet(access, STRANGER.ledgerSeed),
    agents: agents.onboarded,
    tokens: protocol,
    assetManager: protocol.assetManager,
    ledger: access,
    attestor: new ServiceAttestor(fdc.access, deployed.fdc.fdcHub),
    faults,
    confirmations: CONFIRMATIONS,
    fromBlock: Number(await rpc.call<string>('eth_blockNumber')),
    nowS: () => clock.nowS(),
  });
  clock.every({ name: 'stranger', intervalS: tickS, firstAtS: clock.nowS() + tickS, run: () => service.tick() });
  return { evm, service };
}
