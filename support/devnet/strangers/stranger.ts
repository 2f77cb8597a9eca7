/**
 * Somebody of the devnet who owes and is owed nothing, and while the fault is on pays and gives at random to whoever uses the
 * protocol. Mints a lot for itself first, to have FAssets to give.
 *
 * There is nothing in it but data, so that it can be put back. Its choices hang on the time alone, so a replay repeats them.
 */
import { type EventLog, type EvmAccount, type Receipt, TransactionReverted } from '../../clients/flare/account.ts';
import { assetManagerInterface, erc20Interface, poolTokenInterface } from '../../clients/flare/interfaces.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import { combineRecord, readAll, readBigint } from '../../clients/flare/reads.ts';
import type { AgentWallet } from '../agents/agent-wallet.ts';
import type { PendingAttestation } from '../agents/service-attestor.ts';
import { type Workshop, confirmedIndex, proveAndCall } from '../agents/workshop.ts';
import type { ChainActivity } from '../chain/chain-time.ts';
import type { Restorable, Restore } from '../clock.ts';
import { type Acquaintance, TOPICS, metSince } from './acquaintance.ts';
import { type KnownAgent, type KnownTokens, type Purse, drawGift, reservation } from './chain-acts.ts';
import { Dice } from './dice.ts';
import type { StrangerFaults } from './faults.ts';
import { drawPayment } from './ledger-acts.ts';

export interface StrangerOptions extends Omit<Workshop, 'note' | 'agents' | 'faults'> {
  readonly rpc: JsonRpc;
  readonly activity: ChainActivity;
  readonly evm: EvmAccount;
  readonly wallet: AgentWallet;
  readonly agents: readonly KnownAgent[];
  readonly tokens: KnownTokens;
  readonly faults: StrangerFaults;
  /** Logs up to this block are old news. */
  readonly fromBlock: number;
}

/** A minting of its own, reserved and paid. */
interface MintingTask {
  /** The only account of the stranger's workshop. */
  readonly agent: 0;
  readonly reservationId: bigint;
  readonly paymentHash: string;
  proof?: PendingAttestation;
}

interface StrangerState {
  readonly known: Acquaintance;
  readonly minting?: MintingTask;
}

/** Of the chances at which it looks around: one payment in two, one gift in three. */
const PAYMENT_ONCE_IN = 2;
const GIFT_ONCE_IN = 3;

export class Stranger implements Restorable {
  readonly #options: StrangerOptions;
  readonly #workshop: Workshop;
  #state: StrangerState;
  #seenVersion: number | undefined;

  constructor(options: StrangerOptions) {
    this.#options = options;
    const { evm: owner, wallet, assetManager, ledger, attestor, confirmations } = options;
    this.#workshop = {
      agents: [{ vault: '', owner, wallet }],
      assetManager,
      ledger,
      attestor,
      confirmations,
      faults: {},
      nowS: () => options.nowS(),
      note: () => {},
    };
    this.#state = {
      known: {
        seenBlock: options.fromBlock,
        seenLedger: ledger.history.lastIndex(),
        bills: [],
        people: [],
        accounts: [],
      },
    };
  }

  /** Perhaps pays, perhaps gives. A minting that was begun is brought to its end even when the fault is healed. */
  async tick(): Promise<void> {
    const isBusy = this.#options.faults.busy === true;
    if (isBusy) await this.#lookAround();
    await this.#mint();
    if (!isBusy) return;
    const dice = new Dice(`stranger at ${this.#options.nowS()}`);
    if (dice.onceIn(PAYMENT_ONCE_IN)) this.#pay(dice);
    if (dice.onceIn(GIFT_ONCE_IN)) await this.#give(dice);
  }

  snapshot(): Promise<Restore> {
    const saved = structuredClone(this.#state);
    const restore = async () => {
      this.#state = structuredClone(saved);
      this.#seenVersion = undefined;
    };
    return Promise.resolve(restore);
  }

  async #lookAround(): Promise<void> {
    const { known } = this.#state;
    const { evm, wallet, ledger } = this.#options;
    const { logs, seenBlock } = await this.#newLogs(known.seenBlock);
    const self = { evm: evm.address, ledger: wallet.address };
    this.#state = { ...this.#state, known: metSince(known, logs, ledger.history, self, seenBlock) };
  }

  async #newLogs(seenBlock: number): Promise<{ readonly logs: readonly EventLog[]; readonly seenBlock: number }> {
    const { rpc, activity, assetManager } = this.#options;
    if (activity.version() === this.#seenVersion) return { logs: [], seenBlock };
    this.#seenVersion = activity.version();
    const latest = Number(await rpc.call<string>('eth_blockNumber'));
    if (latest <= seenBlock) return { logs: [], seenBlock };
    const [fromBlock, toBlock] = [seenBlock + 1, latest].map((block) => `0x${block.toString(16)}`);
    const filter = { address: assetManager, topics: [TOPICS], fromBlock, toBlock };
    return { logs: await rpc.call<EventLog[]>('eth_getLogs', [filter]), seenBlock: latest };
  }

  #pay(dice: Dice): void {
    const payment = drawPayment(this.#state.known, dice);
    if (payment !== undefined) this.#options.wallet.pay(payment);
  }

  async #give(dice: Dice): Promise<void> {
    const { agents, tokens } = this.#options;
    const purse = await this.#purse();
    if (purse.fAssetUba === 0n && this.#state.minting === undefined) return this.#reserve(dice);
    const gift = drawGift(this.#state.known, agents, tokens, purse, dice);
    if (gift !== undefined) await this.#send(gift);
  }

  /** Undefined when the contract refuses: nobody need take a gift, and an agent may have nothing to mint on. */
  async #send(request: Parameters<EvmAccount['send']>[0]): Promise<Receipt | undefined> {
    try {
      return await this.#options.evm.send(request);
    } catch (error) {
      if (error instanceof TransactionReverted) return undefined;
      throw error;
    }
  }

  async #purse(): Promise<Purse> {
    const { rpc, evm, agents, tokens } = this.#options;
    const held = (token: string) => readBigint(token, erc20Interface, 'balanceOf', [evm.address]);
    const { poolTokensWei, ...plain } = await readAll(rpc, 'latest', {
      wNatWei: held(tokens.wNat),
      fAssetUba: held(tokens.fAsset),
      vaultTokenUnits: held(tokens.vaultToken),
      poolTokensWei: combineRecord(
        agents.map(({ poolToken }) => poolToken),
        (token) => readBigint(token, poolTokenInterface, 'transferableBalanceOf', [evm.address]),
      ),
    });
    return { ...plain, poolTokensWei };
  }

  async #reserve(dice: Dice): Promise<void> {
    const { rpc, agents, assetManager, wallet } = this.#options;
    const agent = dice.pick(agents);
    if (agent === undefined) return;
    const { feeWei } = await readAll(rpc, 'latest', {
      feeWei: readBigint(assetManager, assetManagerInterface, 'collateralReservationFee', [1n]),
    });
    const receipt = await this.#send({ ...reservation(agent.vault, MOST_FEE_BIPS, feeWei), to: assetManager });
    for (const log of receipt?.logs ?? []) {
      const event = assetManagerInterface.parseLog({ topics: [...log.topics], data: log.data });
      if (event?.name !== 'CollateralReserved') continue;
      const { paymentAddress, valueUBA, feeUBA, paymentReference, collateralReservationId } = event.args.toObject();
      const paid = wallet.pay({
        destination: paymentAddress,
        amountDrops: valueUBA + feeUBA,
        memos: [paymentReference],
      });
      const minting = { agent: 0, reservationId: collateralReservationId, paymentHash: paid.hash } as const;
      this.#state = { ...this.#state, minting };
    }
  }

  async #mint(): Promise<void> {
    const { minting, ...rest } = this.#state;
    if (minting === undefined) return;
    const found = this.#workshop.ledger.history.transactionByHash(minting.paymentHash);
    if (found === undefined || found.ledgerIndex > confirmedIndex(this.#workshop)) return;
    const progress = await proveAndCall(this.#workshop, minting, {
      type: 'Payment',
      body: { transactionId: `0x${minting.paymentHash.toLowerCase()}`, inUtxo: 0n, utxo: 0n },
      functionName: 'executeMinting',
      argumentsAfter: [minting.reservationId],
    });
    if (progress === 'over') this.#state = rest;
  }
}

/** Whatever the agent asks. */
const MOST_FEE_BIPS = 10_000n;
