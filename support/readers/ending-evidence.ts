/**
 * What the ledger and the clocks tell of a record that ended: every payment with its reference, what the receivers' accounts
 * were like at that time, when its window closed. The protocol is asked for nothing that it tells of the ending itself.
 */
import { isValidClassicAddress } from 'ripple-address-codec';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import type { JsonRpc } from '../clients/flare/json-rpc.ts';
import { type Read, readAll, readBlock, readContract } from '../clients/flare/reads.ts';
import type { LedgerClient, LedgerPayment } from '../clients/xrpl/ledger-client.ts';
import { type Ending, type Evidence, type ReferencedPayment, referenceOf, refusalMeant } from '../model/endings.ts';
import { isRedemption } from '../model/records.ts';
import type { Point } from '../model/state.ts';
import type { Informer } from './informer.ts';

export class EvidenceReader {
  readonly #rpc: JsonRpc;
  readonly #ledger: LedgerClient;
  readonly #assetManager: string;
  readonly #informer: Pick<Informer, 'pools'>;

  constructor(rpc: JsonRpc, ledger: LedgerClient, assetManager: string, informer: Pick<Informer, 'pools'>) {
    this.#rpc = rpc;
    this.#ledger = ledger;
    this.#assetManager = assetManager;
    this.#informer = informer;
  }

  /** Of an ending that was seen at that point. Throws for a record of an agent that nobody knows. */
  async of(ending: Ending, at: Point): Promise<Evidence> {
    const { fields, window, block } = ending;
    const agentAddress = await this.#addressOf(fields['agentVault'] ?? '');
    const [payments, ended, lastLedgerClosedAtS, { attestationWindowS }] = await Promise.all([
      this.#payments(ending, agentAddress, at),
      block === undefined ? at : readBlock(this.#rpc, block),
      window.lastBlock > at.ledger ? undefined : this.#ledger.closeTimeS(Number(window.lastBlock)),
      readAll(this.#rpc, at.block, { attestationWindowS: readAttestationWindow(this.#assetManager) }),
    ]);
    const isLedgerAddress = !isRedemption(ending.record) || isValidClassicAddress(fields['paymentAddress'] ?? '');
    return { agentAddress, payments, endedAtS: ended.timeS, lastLedgerClosedAtS, attestationWindowS, isLedgerAddress };
  }

  async #addressOf(vault: string): Promise<string> {
    const agent = (await this.#informer.pools()).find((candidate) => candidate.vault === vault);
    if (agent === undefined) throw new Error(`no agent is known with the vault ${vault || '(none)'}`);
    return agent.underlyingAddress;
  }

  /** A payment that failed is in its sender's history only, so the agent's account is the one to look at. */
  async #payments({ record, window }: Ending, agent: string, at: Point): Promise<ReferencedPayment[]> {
    const reference = referenceOf(record);
    const payments = await this.#ledger.payments(agent, Number(window.firstBlock), at.ledger);
    return Promise.all(
      payments.filter((payment) => payment.reference === reference).map((payment) => this.#inFull(payment)),
    );
  }

  async #inFull({ hash, source, destination, result, ledger, ...amounts }: LedgerPayment): Promise<ReferencedPayment> {
    return {
      hash,
      source,
      destination,
      amountDrops: amounts.succeeded ? amounts.deliveredDrops : amounts.amountDrops,
      result,
      ledger,
      closedAtS: await this.#ledger.closeTimeS(ledger),
      refusals: refusalMeant(result) === undefined ? [] : await this.#ledger.refusals(source, destination, ledger),
    };
  }
}

const readAttestationWindow = (assetManager: string): Read<bigint> =>
  readContract(assetManager, assetManagerInterface, 'getSettings', [], (result) => result[0].attestationWindowSeconds);
