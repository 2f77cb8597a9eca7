/**
 * Whom a user names as executor of a minting or a redemption, and with what fee; what becomes of the fee when the user ends it
 * without the executor; and which records of others the user may end as theirs.
 */
import { executorPaidBy } from '../support/model/executor-fee.ts';
import { isMinting } from '../support/model/records.ts';
import type { RecordFields, RecordId } from '../support/model/state.ts';
import type { Movement } from '../support/model/statement.ts';
import { type Entrusted, type Params, type View } from '../support/sequence/bundle.ts';
import { own } from './movements.ts';

/** Both absent where nobody is named. */
export interface ExecutorTerms {
  /** EVM address, lower-case. */
  readonly executor?: string;
  /** What is sent for the executor. */
  readonly executorFeeWei?: string;
}

const GWEI = 10n ** 9n;
/**
 * Fees of whole gwei, the smallest among them, and others: the protocol promises whole gwei only. Three gwei over two requests
 * are not shared evenly.
 */
const FEES_WEI: readonly bigint[] = [1_000_000n * GWEI + 7n, 3n * GWEI, GWEI, GWEI - 1n, 0n];

/** Half of all drawn numbers name somebody; neither end does, nor do the numbers up to a third that fixed stories use. */
const [FIRST, COUNT] = [4_000, 5_000];

/** Parameters that fix whom a bundle names, and what is sent for them in wei. */
export const EXECUTOR_PARAMS = ['executor', 'executorFeeWei'] as const;

/** The executor that the parameter names, or the choice: nobody, the user themselves, or somebody else of the run. */
export function executorTerms({ executors = [] }: View, choice: number, params: Params = {}): ExecutorTerms {
  const { executor: named, executorFeeWei = String(FEES_WEI[0]) } = params;
  if (named !== undefined) return { executor: named.toLowerCase(), executorFeeWei };
  if (executors.length === 0 || choice < FIRST || choice >= FIRST + COUNT) return {};
  const terms = FEES_WEI.flatMap((feeWei) =>
    executors.map((executor) => ({ executor, executorFeeWei: String(feeWei) })),
  );
  return terms[Math.floor(((choice - FIRST) * terms.length) / COUNT)] ?? {};
}

/** As the actors take them. */
export const namedTerms = ({ executor, executorFeeWei = '0' }: ExecutorTerms) =>
  executor === undefined ? {} : { executor, executorFeeWei: BigInt(executorFeeWei) };

/** What the fee of a record brings whoever ends it themselves: all of it, wrapped, when they named themselves. */
export function ownFee(record: RecordId, fields: RecordFields, caller: string | undefined): Movement[] {
  const paidWei = executorPaidBy(fields, caller);
  return paidWei === 0n ? [] : [own('wNat', paidWei, `executor's fee of ${record}`)];
}

/** Mintings that others have paid for and the user may execute. */
export const entrustedMintings = ({ entrusted = [] }: View): Entrusted[] =>
  entrusted.filter(({ record, paymentHash }) => isMinting(record) && paymentHash !== undefined);

/** Redemptions of others that were not paid in time and the user may default. */
export const entrustedDefaults = ({ entrusted = [] }: View): Entrusted[] =>
  entrusted.filter(({ isOverdue }) => isOverdue);

/** Of one of those, as they stood when the step began. */
export const entrustedFields = ({ entrusted = [] }: View, wanted: RecordId): RecordFields =>
  entrusted.find(({ record }) => record === wanted)?.fields ?? {};
