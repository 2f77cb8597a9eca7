/**
 * What a stranger pays on the ledger: dust, the due of others, copied references before and after the proper payment, payments
 * that name more than they bring.
 */
import type { Acquaintance, Bill } from './acquaintance.ts';
import type { Dice } from './dice.ts';

export interface StrangePayment {
  readonly destination: string;
  /** What it names. */
  readonly amountDrops: bigint;
  /** It may bring less than it names. */
  readonly isPartial: boolean;
  /** Hex data of each memo. */
  readonly memos: readonly string[];
  readonly destinationTag?: number;
}

const DUST_DROPS = 1_000n;
const LARGEST_TAG = 2 ** 32;

/** Undefined while nobody is known. */
export function drawPayment({ bills, accounts }: Acquaintance, dice: Dice): StrangePayment | undefined {
  const bill = dice.pick(bills);
  const destination = dice.onceIn(3) ? dice.pick(accounts) : (bill?.payTo ?? dice.pick(accounts));
  if (destination === undefined) return undefined;
  const memos = drawMemos(bill, dice);
  return {
    destination,
    memos,
    amountDrops: inNobodysWay(drawAmount(bill, dice), memos, bill),
    isPartial: dice.onceIn(4),
    ...(dice.onceIn(4) && { destinationTag: dice.below(LARGEST_TAG) }),
  };
}

function drawMemos(bill: Bill | undefined, dice: Dice): string[] {
  const reference = bill?.reference ?? dice.hex(32);
  const ways: readonly string[][] = [
    [],
    [reference],
    [reference],
    [reference, dice.hex(3)],
    [dice.hex(3), reference],
    ['00'.repeat(32)],
    [dice.hex(1 + dice.below(40))],
  ];
  return dice.pick(ways) ?? [];
}

function drawAmount(bill: Bill | undefined, dice: Dice): bigint {
  const dust = dice.amount(DUST_DROPS);
  if (bill === undefined) return dust;
  return dice.pick([1n, dust, bill.dueDrops - 1n, bill.dueDrops, bill.dueDrops, bill.dueDrops + 1n]) ?? dust;
}

/**
 * Whoever pays in full in another's stead keeps the protocol from finding the other one late: it asks for any payment. Then a
 * record stays open for a day, which no play has. So a stranger leaves a drop out until the other one has paid.
 */
const inNobodysWay = (amountDrops: bigint, memos: readonly string[], bill: Bill | undefined): bigint =>
  bill !== undefined &&
  !bill.isPaid &&
  memos.length === 1 &&
  memos[0] === bill.reference &&
  amountDrops >= bill.dueDrops
    ? bill.dueDrops - 1n
    : amountDrops;
