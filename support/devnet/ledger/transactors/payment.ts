/**
 * Payment of XRP, with account creation.
 *
 * Issued currencies can be asked for but never paid: there are no trust lines here, so every path is dry. Only where a fault
 * makes an account take issued money for XRP can a sender pay XRP with money of its own.
 */
import { acceptsDeposit, isReserveTopUp } from './deposit-authorization.ts';
import { credited } from './credited.ts';
import type { EngineResult } from '../engine-result.ts';
import { type AccountRoot, accountFlag, hasFlag, noThread } from '../entries.ts';
import { type TransactionJson, nativeDrops } from '../transaction-json.ts';
import {
  type ApplyContext,
  type Effect,
  type Transactor,
  referenceFee,
  reserveDrops,
  zeroAddress,
} from './transactor.ts';

const tfNoRippleDirect = 0x00010000;
const tfPartialPayment = 0x00020000;
const tfLimitQuality = 0x00040000;

export const payment: Transactor = {
  flags: tfNoRippleDirect | tfPartialPayment | tfLimitQuality,
  feeDrops: referenceFee,
  check,
  apply,
};

/** True unless both sides are XRP. */
const crossesCurrencies = ({ Amount: amount, SendMax: sendMax }: TransactionJson): boolean =>
  nativeDrops(amount) === undefined || (sendMax !== undefined && nativeDrops(sendMax) === undefined);

const isPositive = (amount: TransactionJson['Amount']): boolean => {
  if (amount === undefined) return true;
  const text = typeof amount === 'string' ? amount : String(amount.value);
  return !text.startsWith('-') && /[1-9]/.test(text);
};

function check(transaction: TransactionJson): EngineResult {
  const { Account: sender, Destination: destination, SendMax: sendMax, Paths: paths } = transaction;
  if (transaction.CredentialIDs !== undefined || transaction.DomainID !== undefined) return 'temDISABLED';
  if (destination === zeroAddress) return 'temDST_NEEDED';
  if (!isPositive(sendMax) || !isPositive(transaction.Amount)) return 'temBAD_AMOUNT';
  const isDirect = !crossesCurrencies(transaction);
  if (isDirect && sender === destination && paths === undefined) return 'temREDUNDANT';
  if (isDirect) return checkDirect(transaction);
  return transaction.DeliverMin !== undefined && !hasFlag(transaction.Flags ?? 0, tfPartialPayment)
    ? 'temBAD_AMOUNT'
    : 'tesSUCCESS';
}

function checkDirect({
  Flags: flags = 0,
  SendMax: sendMax,
  Paths: paths,
  DeliverMin: min,
}: TransactionJson): EngineResult {
  if (sendMax !== undefined) return 'temBAD_SEND_XRP_MAX';
  if (paths !== undefined) return 'temBAD_SEND_XRP_PATHS';
  if (hasFlag(flags, tfPartialPayment)) return 'temBAD_SEND_XRP_PARTIAL';
  if (hasFlag(flags, tfLimitQuality)) return 'temBAD_SEND_XRP_LIMIT';
  if (hasFlag(flags, tfNoRippleDirect)) return 'temBAD_SEND_XRP_NO_DIRECT';
  return min === undefined ? 'tesSUCCESS' : 'temBAD_AMOUNT';
}

/** The order of the refusals is the ledger's: destination, tag, funds, deposit authorization. */
function apply(context: ApplyContext): Effect {
  const { transaction, sandbox, rules } = context;
  const destination = sandbox.account(transaction.Destination ?? '');
  const sender = sandbox.account(transaction.Account);
  const amountDrops = nativeDrops(transaction.Amount);
  if (sender === undefined) return { result: 'tecINTERNAL' };
  if (destination === undefined && amountDrops === undefined) return { result: 'tecNO_DST' };
  if (destination === undefined && (amountDrops ?? 0n) < rules.baseReserveDrops)
    return { result: 'tecNO_DST_INSUF_XRP' };
  if (destination !== undefined && needsTag(destination, transaction)) return { result: 'tecDST_TAG_NEEDED' };
  if (amountDrops === undefined) return { result: 'tecPATH_DRY' };
  if (crossesCurrencies(transaction)) return exchanged(context, destination, amountDrops);
  if (!isFunded(context, sender, amountDrops)) return { result: 'tecUNFUNDED_PAYMENT' };
  if (destination !== undefined && !mayDeposit(context, destination, amountDrops))
    return { result: 'tecNO_PERMISSION' };
  sandbox.put({ ...sender, balanceDrops: sender.balanceDrops - amountDrops });
  sandbox.put(credited(destination ?? newAccount(context), amountDrops));
  return { result: 'tesSUCCESS', deliveredDrops: amountDrops };
}

/** The exchange gives what it has to give; less than the amount only for a partial payment. */
function exchanged(context: ApplyContext, destination: AccountRoot | undefined, amountDrops: bigint): Effect {
  const { sandbox, rules, faults, transaction } = context;
  const { SendMax: sendMax, Account: sender, Flags: flags = 0, DeliverMin: min } = transaction;
  const exchange = faults.exchange === undefined ? undefined : sandbox.account(faults.exchange.account);
  const isOwnMoney = typeof sendMax === 'object' && 'issuer' in sendMax && sendMax.issuer === sender;
  if (faults.exchange === undefined || exchange === undefined || destination === undefined || !isOwnMoney)
    return { result: 'tecPATH_DRY' };
  const { mostDrops } = faults.exchange;
  const deliveredDrops = amountDrops < mostDrops ? amountDrops : mostDrops;
  const isEnough = hasFlag(flags, tfPartialPayment)
    ? deliveredDrops >= (nativeDrops(min) ?? 0n)
    : deliveredDrops === amountDrops;
  if (!isEnough) return { result: 'tecPATH_PARTIAL' };
  if (!mayDeposit(context, destination, deliveredDrops)) return { result: 'tecNO_PERMISSION' };
  const left = exchange.balanceDrops - deliveredDrops;
  if (left < reserveDrops(rules, exchange.ownerCount)) return { result: 'tecPATH_DRY' };
  sandbox.put({ ...exchange, balanceDrops: left });
  sandbox.put(credited(destination, deliveredDrops));
  return { result: 'tesSUCCESS', deliveredDrops };
}

const needsTag = (destination: AccountRoot, { DestinationTag: tag }: TransactionJson): boolean =>
  hasFlag(destination.flags, accountFlag.requireDestinationTag) && tag === undefined;

/** The fee may come out of the reserve, the amount may not. */
function isFunded(
  { rules, feeDrops, balanceBeforeFeeDrops }: ApplyContext,
  sender: AccountRoot,
  amountDrops: bigint,
): boolean {
  const reserve = reserveDrops(rules, sender.ownerCount);
  return balanceBeforeFeeDrops >= amountDrops + (reserve > feeDrops ? reserve : feeDrops);
}

const mayDeposit = (
  { sandbox, transaction, rules, faults }: ApplyContext,
  destination: AccountRoot,
  amountDrops: bigint,
): boolean =>
  faults.ignoreDepositAuth === true ||
  acceptsDeposit(sandbox, destination, transaction.Account) ||
  isReserveTopUp(destination, amountDrops, rules.baseReserveDrops);

/** A new account starts at the index of the ledger that makes it, so that an old signature can never fit again. */
function newAccount({ transaction, openIndex }: ApplyContext): AccountRoot {
  return {
    type: 'AccountRoot',
    account: transaction.Destination ?? '',
    balanceDrops: 0n,
    sequence: openIndex,
    flags: 0,
    ownerCount: 0,
    ticketCount: 0,
    settings: {},
    thread: noThread,
  };
}
