/** What the bundles of direct minting share: how much can be paid, and what must come of it. */
import type { Actors } from '../support/actors/actors.ts';
import type { ToldDirectMinting } from '../support/actors/direct-minter.ts';
import { type DirectMintingTerms, directMintingAmounts, putOffFromUba } from '../support/model/direct-minting.ts';
import { directMintingStates } from '../support/model/states.ts';
import { type Claim, type Expectation, joinExpectations } from '../support/model/statement.ts';
import { CHOICE_MAX, type Plan, type View, chooseAmount } from '../support/sequence/bundle.ts';
import { minimum } from '../support/units/amounts.ts';
import { KEEP_UBA } from './minting.ts';
import { claim, own } from './movements.ts';

export interface DirectMintPlan extends Plan {
  readonly paymentUba: string;
  readonly paymentAddress: string;
  /** The proof can be used by the user only, not by anybody. */
  readonly isOwnProof: boolean;
  /** Destination tag; without one the memo names the user. */
  readonly tag?: string;
  /** Whom the memo beside a tag names. */
  readonly memoFor?: string;
}

export interface ObservedDirectMinting {
  readonly minter: string;
  readonly paymentHash: string;
  readonly told: readonly ToldDirectMinting[];
}

/** `proofOwner` draws who can use the proof. */
export const directPlan = (view: View, paymentUba: bigint, proofOwner: number): DirectMintPlan => ({
  paymentUba: String(paymentUba),
  paymentAddress: directMintingTerms(view).paymentAddress,
  isOwnProof: proofOwner > CHOICE_MAX / 2,
});

/** Hash of the payment. */
export async function payDirectly(plan: DirectMintPlan, { directMinter }: Actors): Promise<string> {
  const { tag, memoFor } = plan;
  const aim = tag === undefined ? { recipient: directMinter.address } : { tag: Number(tag), recipient: memoFor };
  return (await directMinter.pay(plan.paymentAddress, BigInt(plan.paymentUba), aim)).hash;
}

/** Pays, proves, executes. */
export async function mintDirectly(plan: DirectMintPlan, actors: Actors): Promise<ObservedDirectMinting> {
  return executeDirectly(await payDirectly(plan, actors), plan.isOwnProof, actors);
}

/** Proves and executes. */
export async function executeDirectly(
  paymentHash: string,
  isOwnProof: boolean,
  { directMinter }: Actors,
): Promise<ObservedDirectMinting> {
  return { minter: directMinter.address, paymentHash, told: await directMinter.execute(paymentHash, isOwnProof) };
}

/** Of a release that has direct minting. Throws elsewhere: bundles say so in `needs`. */
export function directMintingTerms({ market }: View): DirectMintingTerms {
  const terms = market.settings.directMinting;
  if (terms === undefined) throw new Error('this network has no direct minting');
  return terms;
}

export const whyNoDirectMinting = 'the user has too little on the ledger for a direct minting';

/** FAssets without a ticket can be redeemed only while others have some, so that not all of it is minted like this. */
const PART_OF_ALL = 8n;

const mostDirectUba = (view: View): bigint => minimum(payableUba(view) / PART_OF_ALL, mostAtOnceUba(view));

/** So much is minted at once; more would be put off. */
export const mostAtOnceUba = (view: View): bigint =>
  putOffFromUba(directMintingTerms(view), BigInt(view.market.point.timeS)) - 1n;

export const whyPutOff = 'a direct minting would be put off, since so much was minted directly before';

export function canMintDirectly(view: View): true | string {
  const { minimumFeeUba } = directMintingTerms(view);
  if (mostAtOnceUba(view) < minimumFeeUba) return whyPutOff;
  return mostDirectUba(view) >= minimumFeeUba || whyNoDirectMinting;
}

/** From the least fee to an eighth of what the user can pay. */
export const chooseDirectUba = (view: View, choice: number): bigint =>
  chooseAmount(directMintingTerms(view).minimumFeeUba, mostDirectUba(view), choice);

/** What the user can pay beyond what an account must keep. */
export const payableUba = ({ user, market }: View): bigint =>
  (user.balances['xrp'] ?? 0n) - market.ledgerReserveDrops - KEEP_UBA;

/** Only the payment. */
export function expectedPayment({ paymentUba }: Pick<DirectMintPlan, 'paymentUba'>): Expectation {
  const movements = [own('xrp', -BigInt(paymentUba), 'payment to the core vault')];
  return { movements, records: {}, claims: [] };
}

/** The payment and what comes of it. */
export const expectedDirectMinting = (view: View, plan: DirectMintPlan, seen: ObservedDirectMinting): Expectation =>
  joinExpectations(expectedPayment(plan), expectedDirectExecution(view, BigInt(plan.paymentUba), seen));

/** The user is recipient and executor. */
export function expectedDirectExecution(view: View, receivedUba: bigint, seen: ObservedDirectMinting): Expectation {
  const terms = directMintingTerms(view);
  const { mintedUba, executorFeeUba } = directMintingAmounts(receivedUba, terms);
  return {
    movements: [
      own('fAsset', mintedUba, 'direct minting'),
      own('fAsset', executorFeeUba, "executor's fee of the direct minting"),
    ],
    records: {},
    claims: eventClaims(receivedUba, terms, seen),
    reached: directMintingStates(receivedUba, terms),
  };
}

/** The one event of the execution with every field. */
function eventClaims(receivedUba: bigint, terms: DirectMintingTerms, seen: ObservedDirectMinting): Claim[] {
  const { mintedUba, feeUba, executorFeeUba } = directMintingAmounts(receivedUba, terms);
  const transactionId = `0x${seen.paymentHash.toLowerCase()}`;
  const minter = seen.minter.toLowerCase();
  const isTooSmall = receivedUba < terms.minimumFeeUba;
  const event = isTooSmall ? 'DirectMintingPaymentTooSmallForFee' : 'DirectMintingExecuted';
  const fields = isTooSmall
    ? { transactionId, receivedAmountUBA: receivedUba, minimumMintingFeeUBA: terms.minimumFeeUba }
    : {
        transactionId,
        targetAddress: minter,
        executor: minter,
        mintedAmountUBA: mintedUba,
        mintingFeeUBA: feeUba,
        executorFeeUBA: executorFeeUba,
      };
  const [first] = seen.told;
  return [
    { ...claim('events of the direct minting', event, seen.told.map((one) => one.event).join(', ')), isCause: true },
    ...Object.entries(fields).map(([field, expected]) =>
      claim(`${event} ${field}`, expected, first?.told[field] ?? ''),
    ),
  ];
}
