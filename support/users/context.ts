/** What every process that takes part in a run knows of it. */
import { z } from 'zod';
import { networkRecordSchema } from '../clients/network-record.ts';
import { journalsSchema } from './journals.ts';

/** What a test process must know to take part in the run, without any keys. */
export const runContextSchema = z.object({
  record: networkRecordSchema,
  protocol: z.object({ kind: z.string(), version: z.string() }),
  users: z.array(z.string()),
  seed: z.number(),
  /** Snapshot of the network as funding left it, where snapshots can be taken. */
  originSnapshot: z.number().optional(),
  historyPath: z.string(),
  /** On a network that outlives the run. */
  journals: journalsSchema.exactOptional(),
});

export type RunContext = z.infer<typeof runContextSchema>;
