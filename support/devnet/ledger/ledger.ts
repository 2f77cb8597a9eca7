/**
 * The devnet's XRP Ledger: a synchronous state machine for native XRP, closed by whoever drives it.
 *
 * There is no consensus, no queue and no re-ordering: transactions take effect in the order they arrive, and a closed
 * ledger is validated at once. It reads the clock but never moves it, and it serves nobody: see server.ts.
 */
import { encode } from 'ripple-binary-codec';
import type { Restorable, Restore } from '../clock.ts';
import { type Environment, legacyNetworkLimit, loadedDrops } from './admission.ts';
import { Chain, type ClosedLedger } from './chain.ts';
import {
  type EngineResult,
  engineResultCode,
  engineResultMessage,
  isApplied,
  isRetriable,
  isTec,
} from './engine-result.ts';
import { type Verdict, applyTransaction } from './engine.ts';
import type { AccountRoot } from './entries.ts';
import type { LedgerFaults } from './faults.ts';
import { genesisAddress, genesisDrops, genesisState, signGenesisPayment } from './genesis.ts';
import {
  type LedgerHeader,
  accountRootIndex,
  ledgerHash,
  sha512Half,
  transactionTreeHash,
  zeroHash,
} from './hashing.ts';
import type { LedgerHistory, ValidatedLedger, ValidatedTransaction } from './history.ts';
import { metadataOf } from './metadata.ts';
import { type Simulation, simulate } from './simulation.ts';
import { type State, accountIn } from './state.ts';
import { closeTimeS, toRippleTime } from './time.ts';
import { type SignedTransaction, parseTransaction } from './transaction.ts';
import type { Rules } from './transactors/transactor.ts';

export interface LedgerOptions {
  /** Current Unix second. */
  readonly nowS: () => number;
  /** Close time of the first ledger; days before now, so that look-backs find an older ledger. */
  readonly genesisCloseTimeS: number;
  /** Index of the first ledger, 1 by default. */
  readonly firstIndex?: number;
  /** 10 by default. */
  readonly baseFeeDrops?: bigint;
  /** 1 XRP by default. */
  readonly baseReserveDrops?: bigint;
  /** 0.2 XRP by default. */
  readonly ownerReserveDrops?: bigint;
  /** 1 (testnet) by default. */
  readonly networkId?: number;
  /** Close times are rounded to multiples of this; 1 (no rounding) by default, 10 on the real network. */
  readonly closeTimeResolutionS?: number;
  readonly faults?: LedgerFaults;
}

export interface SubmitOptions {
  /** Refuse a transaction that would only cost its fee, and do not keep it for later. */
  readonly failHard?: boolean;
}

/** What a server answers to a submission. */
export interface Submission {
  readonly transaction: SignedTransaction;
  readonly engineResult: EngineResult;
  readonly engineResultCode: number;
  readonly engineResultMessage: string;
  /** In the open ledger now. */
  readonly applied: boolean;
  /** Kept for a later try should this one not have been final. */
  readonly kept: boolean;
  /** Next sequence number of the sender in the open ledger; 0 without an account. */
  readonly accountSequence: number;
  readonly openLedgerFeeDrops: bigint;
  readonly validatedIndex: number;
}

type Listener<T> = (event: T) => void;

/** The genesis account could not pay; says with which result. */
export class FundingFailed extends Error {
  override name = 'FundingFailed';

  constructor(address: string, engineResult: EngineResult) {
    super(`funding ${address} failed with ${engineResult}`);
  }
}

interface OpenLedger {
  readonly state: State;
  readonly transactions: readonly { readonly signed: SignedTransaction; readonly validated: ValidatedTransaction }[];
  readonly totalDrops: bigint;
  /** Waiting for a predecessor, a balance or a lower fee. */
  readonly held: readonly SignedTransaction[];
}

export class Ledger implements Restorable {
  readonly rules: Rules;
  /** Faults in force; may be set and unset at any time. */
  faults: LedgerFaults;
  readonly #nowS: () => number;
  readonly #closeTimeResolutionS: number;
  readonly #chain: Chain;
  readonly #closeListeners = new Set<Listener<ValidatedLedger>>();
  readonly #applyListeners = new Set<Listener<ValidatedTransaction>>();
  #open: OpenLedger;
  #loadFactor256 = 256n;

  constructor(options: LedgerOptions) {
    this.rules = {
      networkId: options.networkId ?? 1,
      baseFeeDrops: options.baseFeeDrops ?? 10n,
      baseReserveDrops: options.baseReserveDrops ?? 1_000_000n,
      ownerReserveDrops: options.ownerReserveDrops ?? 200_000n,
    };
    this.faults = options.faults ?? {};
    this.#nowS = options.nowS;
    this.#closeTimeResolutionS = options.closeTimeResolutionS ?? 1;
    const closedAtS = Math.floor(options.genesisCloseTimeS);
    const genesis = genesisLedger(this.rules, options.firstIndex ?? 1, closedAtS, this.#closeTimeResolutionS);
    this.#chain = new Chain(genesis);
    this.#open = { state: genesis.state, transactions: [], totalDrops: genesisDrops, held: [] };
  }

  /** Validated ledgers and transactions. */
  get history(): LedgerHistory {
    return this.#chain;
  }

  /** Whole Unix seconds of the clock. */
  nowS(): number {
    return Math.floor(this.#nowS());
  }

  /** Index of the ledger transactions enter now: one above the last validated. */
  openIndex(): number {
    return this.#chain.lastIndex() + 1;
  }

  /** A validated ledger with its header and state. */
  closedLedger(index: number): ClosedLedger | undefined {
    return this.#chain.closedLedger(index);
  }

  openState(): State {
    return this.#open.state;
  }

  /** A transaction of the open ledger, with the metadata it will have when that ledger closes. */
  openTransaction(hash: string): ValidatedTransaction | undefined {
    return this.#open.transactions.find(({ signed }) => signed.hash === hash.toUpperCase())?.validated;
  }

  openTransactions(): ValidatedTransaction[] {
    return this.#open.transactions.map(({ validated }) => validated);
  }

  /** The account root of `address` in the open or the last validated ledger. */
  account(address: string, at: 'open' | 'validated' = 'validated'): AccountRoot | undefined {
    return accountIn(at === 'open' ? this.#open.state : this.#chain.tip().state, address);
  }

  /** All fees and required fees are multiplied by `factor` from now on (1: idle). */
  setLoadFactor(factor: number): void {
    this.#loadFactor256 = BigInt(Math.round(factor * 256));
  }

  loadFactor(): number {
    return Number(this.#factor256()) / 256;
  }

  #factor256(): bigint {
    return this.#loadFactor256 * BigInt(this.faults.feeFactor ?? 1);
  }

  /** The least fee of an ordinary transaction now. */
  openLedgerFeeDrops(): bigint {
    return loadedDrops(this.rules.baseFeeDrops, this.#factor256());
  }

  /**
   * Tries a signed transaction on the open ledger.
   * @throws {InvalidTransaction} if the blob is no well-signed transaction; every other refusal is an engine result
   */
  submit(blobHex: string, { failHard = false }: SubmitOptions = {}): Submission {
    const transaction = parseTransaction(blobHex);
    const engineResult = this.#attempt(transaction, failHard);
    const applied = isApplied(engineResult) && !(failHard && isTec(engineResult));
    const kept = !failHard || engineResult === 'tesSUCCESS';
    if (isRetriable(engineResult) && !failHard) this.#hold(transaction);
    if (applied) this.#retryHeld(({ json }) => json.Account === transaction.json.Account);
    return {
      transaction,
      engineResult,
      engineResultCode: engineResultCode(engineResult),
      engineResultMessage: engineResultMessage(engineResult),
      applied,
      kept,
      accountSequence: this.account(transaction.json.Account, 'open')?.sequence ?? 0,
      openLedgerFeeDrops: this.openLedgerFeeDrops(),
      validatedIndex: this.#chain.lastIndex(),
    };
  }

  /**
   * What would come of these fields as a transaction, signed or not, in the open or a closed ledger.
   * @throws as `simulate` in simulation.ts
   */
  simulate(fields: Readonly<Record<string, unknown>>, closed?: ClosedLedger): Simulation {
    if (closed === undefined) {
      return simulate(this.#open.state, fields, this.#environment(), this.#open.transactions.length);
    }
    const { header, ledger, state } = closed;
    const environment = { ...this.#environment(), openIndex: header.index, loadFactor256: 256n };
    return simulate(state, fields, environment, ledger.transactions.length);
  }

  /**
   * Pays `drops` from the genesis account, in the open ledger, by an ordinary signed payment.
   * @returns its transaction id; throws unless it was applied with tesSUCCESS
   */
  fund(address: string, drops: bigint): string {
    const { networkId } = this.rules;
    const blob = signGenesisPayment({
      destination: address,
      amountDrops: drops,
      feeDrops: this.openLedgerFeeDrops(),
      sequence: this.account(genesisAddress, 'open')?.sequence ?? 0,
      networkId: networkId > legacyNetworkLimit ? networkId : undefined,
    });
    const { engineResult, transaction } = this.submit(blob, { failHard: true });
    if (engineResult !== 'tesSUCCESS') throw new FundingFailed(address, engineResult);
    return transaction.hash;
  }

  /** Closes the open ledger and validates it; then tries again what was held. */
  close(): ValidatedLedger {
    const previous = this.#chain.tip();
    if (this.faults.swapPayments === true) this.#swapPayments();
    const { state, transactions } = this.#open;
    const closedAtS = closeTimeS(this.nowS(), this.#closeTimeResolutionS, previous.ledger.closeTimeS);
    const header = nextHeader(previous, this.#open, closedAtS);
    const ledger: ValidatedLedger = {
      index: header.index,
      hash: ledgerHash(header),
      parentHash: header.parentHash,
      closeTimeS: closedAtS,
      transactions: transactions.map(({ validated }) => validated),
    };
    this.#chain.append({ ledger, header, state, previous });
    this.#open = { ...this.#open, transactions: [] };
    for (const listener of this.#closeListeners) listener(ledger);
    this.#retryHeld(() => true);
    return ledger;
  }

  /** Calls back on every close, and on every transaction that enters the open ledger. @returns how to stop it */
  onClose(listener: Listener<ValidatedLedger>): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  onApply(listener: Listener<ValidatedTransaction>): () => void {
    this.#applyListeners.add(listener);
    return () => this.#applyListeners.delete(listener);
  }

  /** Chain, open ledger and load; not the faults, which belong to whoever planted them. Costs two references. */
  async snapshot(): Promise<Restore> {
    const tip = this.#chain.tip();
    const open = this.#open;
    const loadFactor256 = this.#loadFactor256;
    return async () => {
      this.#chain.returnTo(tip);
      this.#open = open;
      this.#loadFactor256 = loadFactor256;
    };
  }

  /** Applies the open ledger anew with its last two payments of different accounts swapped, if all ends as it did. */
  #swapPayments(): void {
    const before = this.#open;
    const order = before.transactions.map(({ signed }) => signed);
    const last = order.findLastIndex((signed, index) => areSwappable(order[index - 1], signed));
    if (last < 1) return;
    const swapped = [
      ...order.slice(0, last - 1),
      ...order.slice(last - 1, last + 1).toReversed(),
      ...order.slice(last + 1),
    ];
    const tip = this.#chain.tip();
    this.#open = { ...before, state: tip.state, totalDrops: tip.header.totalDrops, transactions: [] };
    for (const signed of swapped) this.#attempt(signed, false, 'silent');
    const results = ({ transactions }: OpenLedger) =>
      new Map(transactions.map(({ validated }) => [validated.hash, validated.metadata.TransactionResult]));
    const endings = results(this.#open);
    const isSame = [...results(before)].every(([hash, result]) => endings.get(hash) === result);
    if (!isSame) this.#open = before;
  }

  #environment(): Environment {
    return {
      rules: this.rules,
      openIndex: this.openIndex(),
      loadFactor256: this.#factor256(),
      faults: this.faults,
    };
  }

  #attempt(signed: SignedTransaction, failHard: boolean, told: 'told' | 'silent' = 'told'): EngineResult {
    const verdict = applyTransaction(this.#open.state, signed, this.#environment());
    if (!(failHard && isTec(verdict.result))) this.#keep(signed, verdict, told);
    return verdict.result;
  }

  #keep(signed: SignedTransaction, { result, sandbox, deliveredDrops }: Verdict, told: 'told' | 'silent'): void {
    if (sandbox === undefined) return;
    const ledgerIndex = this.openIndex();
    const transactionIndex = this.#open.transactions.length;
    const changes = sandbox.changes();
    const metadata = metadataOf({
      changes,
      result,
      transactionIndex,
      deliveredDrops,
      deliveredIsSerialized: signed.json.TransactionType === 'AccountDelete',
    });
    const validated = { hash: signed.hash, ledgerIndex, transactionIndex, transaction: signed.json, metadata };
    this.#open = {
      ...this.#open,
      state: sandbox.commit({ transactionHash: signed.hash, ledgerIndex }),
      transactions: [...this.#open.transactions, { signed, validated }],
      totalDrops: this.#open.totalDrops - sandbox.destroyedDrops(),
    };
    if (told === 'told') for (const listener of this.#applyListeners) listener(validated);
  }

  #hold(signed: SignedTransaction): void {
    const others = this.#open.held.filter(({ hash }) => hash !== signed.hash);
    this.#open = { ...this.#open, held: [...others, signed] };
  }

  /** Tries held transactions again; each success may free another one of the same account. */
  #retryHeld(isDue: (signed: SignedTransaction) => boolean): void {
    const before = this.#open.transactions.length;
    for (const signed of this.#open.held.filter(isDue)) {
      const result = this.#attempt(signed, false);
      if (isRetriable(result)) continue;
      this.#open = { ...this.#open, held: this.#open.held.filter(({ hash }) => hash !== signed.hash) };
    }
    if (this.#open.transactions.length > before) this.#retryHeld(isDue);
  }
}

function areSwappable(first: SignedTransaction | undefined, second: SignedTransaction): boolean {
  if (first === undefined || first.json.Account === second.json.Account) return false;
  return first.json.TransactionType === 'Payment' && second.json.TransactionType === 'Payment';
}

function genesisLedger(rules: Rules, index: number, closedAtS: number, closeTimeResolutionS: number): ClosedLedger {
  const header: LedgerHeader = {
    index,
    totalDrops: genesisDrops,
    parentHash: zeroHash,
    transactionHash: zeroHash,
    accountHash: sha512Half(accountRootIndex(genesisAddress)),
    parentCloseTime: 0,
    closeTime: toRippleTime(closedAtS),
    closeTimeResolutionS,
  };
  return {
    ledger: { index, hash: ledgerHash(header), parentHash: zeroHash, closeTimeS: closedAtS, transactions: [] },
    header,
    state: genesisState(rules),
    previous: undefined,
  };
}

/** The account hash digests how the state came to be; the real one digests the state, but no reader recomputes it. */
function nextHeader(previous: ClosedLedger, open: OpenLedger, closedAtS: number): LedgerHeader {
  const transactionHash = transactionTreeHash(
    open.transactions.map(({ signed, validated }) => ({
      id: signed.hash,
      blob: signed.blob,
      metadataBlob: encode(validated.metadata),
    })),
  );
  const isEmpty = open.transactions.length === 0;
  return {
    index: previous.header.index + 1,
    totalDrops: open.totalDrops,
    parentHash: previous.ledger.hash,
    transactionHash,
    accountHash: isEmpty ? previous.header.accountHash : sha512Half(previous.header.accountHash + transactionHash),
    parentCloseTime: previous.header.closeTime,
    closeTime: toRippleTime(closedAtS),
    closeTimeResolutionS: previous.header.closeTimeResolutionS,
  };
}
