/**
 * AccountSet: flags and descriptive settings of an account.
 *
 * Settings that matter to issued currencies are stored and shown but have no further effect here.
 */
import type { EngineResult } from '../engine-result.ts';
import { type AccountRoot, accountFlag, hasFlag } from '../entries.ts';
import { signerListIndex, zeroHash } from '../hashing.ts';
import { accountIn } from '../state.ts';
import type { TransactionJson } from '../transaction-json.ts';
import { type ApplyContext, type Effect, type Transactor, referenceFee, success } from './transactor.ts';

/** Account flag by the number SetFlag and ClearFlag use for it. */
const flagOfNumber: Readonly<Record<number, number>> = {
  1: accountFlag.requireDestinationTag,
  2: accountFlag.requireAuthorization,
  3: accountFlag.disallowIncomingXRP,
  4: accountFlag.disableMasterKey,
  6: accountFlag.noFreeze,
  7: accountFlag.globalFreeze,
  8: accountFlag.defaultRipple,
  9: accountFlag.depositAuth,
  12: accountFlag.disallowIncomingNFTokenOffer,
  13: accountFlag.disallowIncomingCheck,
  14: accountFlag.disallowIncomingPayChan,
  15: accountFlag.disallowIncomingTrustline,
  16: accountFlag.allowTrustLineClawback,
  17: accountFlag.allowTrustLineLocking,
};
const asfAccountTxnId = 5;
const asfAuthorizedMinter = 10;

/** The older way to say the same: transaction flags that set or clear an account flag. */
const legacyFlags = [
  { set: 0x00010000, clear: 0x00020000, flag: accountFlag.requireDestinationTag },
  { set: 0x00040000, clear: 0x00080000, flag: accountFlag.requireAuthorization },
  { set: 0x00100000, clear: 0x00200000, flag: accountFlag.disallowIncomingXRP },
];

export const accountSet: Transactor = {
  flags: legacyFlags.reduce((mask, { set, clear }) => mask | set | clear, 0),
  feeDrops: referenceFee,
  check,
  apply,
};

interface Wish {
  readonly set: number;
  readonly clear: number;
}

/** The account flags a transaction wants set and cleared, from both notations. */
function wishOf({ Flags: flags = 0, SetFlag: setFlag = 0, ClearFlag: clearFlag = 0 }: TransactionJson): Wish {
  const legacy = (kind: 'set' | 'clear'): number =>
    legacyFlags.reduce((mask, entry) => (hasFlag(flags, entry[kind]) ? mask | entry.flag : mask), 0);
  return {
    set: (legacy('set') | (flagOfNumber[setFlag] ?? 0)) >>> 0,
    clear: (legacy('clear') | (flagOfNumber[clearFlag] ?? 0)) >>> 0,
  };
}

const transferRate = { none: 1_000_000_000, highest: 2_000_000_000 };
const tickSize = { lowest: 3, none: 16 };
const domainBytesLimit = 256;

function check(transaction: TransactionJson): EngineResult {
  const { SetFlag: setFlag = 0, ClearFlag: clearFlag = 0 } = transaction;
  const { set, clear } = wishOf(transaction);
  if (setFlag !== 0 && setFlag === clearFlag) return 'temINVALID_FLAG';
  if ((set & clear) !== 0) return 'temINVALID_FLAG';
  const rate = transaction.TransferRate ?? 0;
  if (rate !== 0 && (rate < transferRate.none || rate > transferRate.highest)) return 'temBAD_TRANSFER_RATE';
  const tick = transaction.TickSize ?? 0;
  if (tick !== 0 && (tick < tickSize.lowest || tick > tickSize.none)) return 'temBAD_TICK_SIZE';
  if (!isKeyOrEmpty(transaction.MessageKey ?? '')) return 'telBAD_PUBLIC_KEY';
  if ((transaction.Domain ?? '').length / 2 > domainBytesLimit) return 'telBAD_DOMAIN';
  if (setFlag === asfAuthorizedMinter && transaction.NFTokenMinter === undefined) return 'temMALFORMED';
  if (clearFlag === asfAuthorizedMinter && transaction.NFTokenMinter !== undefined) return 'temMALFORMED';
  return 'tesSUCCESS';
}

const isKeyOrEmpty = (hex: string): boolean => hex === '' || /^(ED|02|03)[0-9A-F]{64}$/.test(hex);

function apply(context: ApplyContext): Effect {
  const { transaction, sandbox } = context;
  const account = sandbox.account(transaction.Account);
  if (account === undefined) return { result: 'tecINTERNAL' };
  const wish = wishOf(transaction);
  // Judged as it stood before: the ticket that this transaction uses still counts as owned.
  const refusal = refusalOf(context, accountIn(sandbox.base, transaction.Account) ?? account, wish);
  if (refusal !== undefined) return { result: refusal };
  sandbox.put({ ...account, flags: flagsAfter(account, wish), settings: settingsAfter(account, transaction) });
  return success;
}

/** Whoever gives up freezing, even in the same transaction, cannot unfreeze; clawback is for good as well. */
function flagsAfter({ flags }: AccountRoot, { set, clear }: Wish): number {
  const raised = flags | set;
  const freeze = hasFlag(raised, accountFlag.noFreeze) ? accountFlag.globalFreeze : 0;
  const permanent = accountFlag.noFreeze | accountFlag.allowTrustLineClawback | freeze;
  return (raised & ~(clear & ~permanent)) >>> 0;
}

function refusalOf(context: ApplyContext, account: AccountRoot, { set }: Wish): EngineResult | undefined {
  const isNew = (flag: number): boolean => hasFlag(set, flag) && !hasFlag(account.flags, flag);
  if (isNew(accountFlag.requireAuthorization) && account.ownerCount > 0) return 'tecOWNERS';
  if (hasFlag(set, accountFlag.allowTrustLineClawback)) {
    if (hasFlag(account.flags, accountFlag.noFreeze)) return 'tecNO_PERMISSION';
    if (account.ownerCount > 0) return 'tecOWNERS';
  }
  if (hasFlag(set, accountFlag.noFreeze) && hasFlag(account.flags, accountFlag.allowTrustLineClawback)) {
    return 'tecNO_PERMISSION';
  }
  if (isNew(accountFlag.disableMasterKey)) {
    if (!context.signedWithMasterKey) return 'tecNEED_MASTER_KEY';
    const hasSignerList = context.sandbox.get(signerListIndex(account.account)) !== undefined;
    if (account.settings.RegularKey === undefined && !hasSignerList) return 'tecNO_ALTERNATIVE_KEY';
  }
  const masterIsOff = hasFlag(account.flags, accountFlag.disableMasterKey);
  if (hasFlag(set, accountFlag.noFreeze) && !context.signedWithMasterKey && !masterIsOff) return 'tecNEED_MASTER_KEY';
  return undefined;
}

type Settings = AccountRoot['settings'];

/** Fields that are stored as given; each is removed by its empty value. */
const plainFields = ['Domain', 'EmailHash', 'MessageKey', 'TransferRate', 'TickSize', 'WalletLocator'] as const;
const emptyValues = new Set<unknown>(['', 0, '0'.repeat(32), zeroHash, transferRate.none, tickSize.none]);

function settingsAfter(account: AccountRoot, transaction: TransactionJson): Settings {
  const settings: Record<string, string | number> = { ...account.settings };
  for (const name of plainFields) {
    const value = transaction[name];
    if (value === undefined) continue;
    if (emptyValues.has(value)) delete settings[name];
    else settings[name] = value;
  }
  if (transaction.SetFlag === asfAccountTxnId) settings.AccountTxnID ??= zeroHash;
  if (transaction.ClearFlag === asfAccountTxnId) delete settings.AccountTxnID;
  if (transaction.SetFlag === asfAuthorizedMinter) settings.NFTokenMinter = transaction.NFTokenMinter ?? '';
  if (transaction.ClearFlag === asfAuthorizedMinter) delete settings.NFTokenMinter;
  return settings;
}
