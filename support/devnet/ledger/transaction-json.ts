/**
 * The fields of a transaction as the codec prints them, as a type.
 *
 * Only the fields this ledger reads are named; the rest pass through. Presence per type is checked elsewhere.
 */
import { z } from 'zod';

const amount = z.union([z.string(), z.looseObject({})]);
const signer = z.object({
  Signer: z.object({ Account: z.string(), SigningPubKey: z.string(), TxnSignature: z.string() }),
});

export const transactionJson = z.looseObject({
  TransactionType: z.string(),
  Account: z.string(),
  Fee: amount,
  Sequence: z.number(),
  SigningPubKey: z.string(),
  TxnSignature: z.string().optional(),
  Signers: z.array(signer).optional(),
  Flags: z.number().optional(),
  LastLedgerSequence: z.number().optional(),
  TicketSequence: z.number().optional(),
  AccountTxnID: z.string().optional(),
  NetworkID: z.number().optional(),
  Memos: z.array(z.looseObject({})).optional(),
  Destination: z.string().optional(),
  DestinationTag: z.number().optional(),
  Amount: amount.optional(),
  SendMax: amount.optional(),
  DeliverMin: amount.optional(),
  SetFlag: z.number().optional(),
  ClearFlag: z.number().optional(),
  Domain: z.string().optional(),
  EmailHash: z.string().optional(),
  MessageKey: z.string().optional(),
  TransferRate: z.number().optional(),
  WalletLocator: z.string().optional(),
  TickSize: z.number().optional(),
  NFTokenMinter: z.string().optional(),
  TicketCount: z.number().optional(),
  RegularKey: z.string().optional(),
  Authorize: z.string().optional(),
  Unauthorize: z.string().optional(),
  SignerQuorum: z.number().optional(),
  SignerEntries: z
    .array(
      z.object({
        SignerEntry: z.looseObject({
          Account: z.string(),
          SignerWeight: z.number(),
          WalletLocator: z.string().optional(),
        }),
      }),
    )
    .optional(),
});

/** A transaction's fields as the codec prints them. */
export type TransactionJson = Readonly<z.infer<typeof transactionJson>>;

/** A native amount in drops; undefined for an issued currency. */
export const nativeDrops = (value: TransactionJson['Amount']): bigint | undefined =>
  typeof value === 'string' ? BigInt(value) : undefined;
