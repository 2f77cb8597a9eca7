/**
 * What the tests of a whole devnet share: which protocol it runs, what it says of itself, a raw user on it.
 */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { DevnetControl } from '../../clients/devnet-control.ts';
import type { NetworkRecord } from '../../clients/network-record.ts';
import { RawUser } from './raw-user.ts';

const artifactsDir = process.env['FASSETS_ARTIFACTS'];
/** The stand-in, or the real contracts where their artifacts are given, as for the suite itself. */
export const PROTOCOL = artifactsDir === undefined ? {} : { artifactsDir };

export const descriptionSchema = z.object({
  agents: z.array(z.object({ vault: z.string(), underlyingAddress: z.string() })),
  problems: z.array(z.string()),
});

/** Throws for the record of a network that takes no control calls. */
export function controlOf({ controlUrl, controlToken }: NetworkRecord): DevnetControl {
  if (controlUrl === undefined || controlToken === undefined) throw new Error('the record has no control server');
  return new DevnetControl(controlUrl, controlToken);
}

export async function connectUser(record: NetworkRecord, control: DevnetControl): Promise<RawUser> {
  const { agents } = descriptionSchema.parse(await control.describe());
  const passTime = record.capabilities.canWarpTime
    ? async () => control.advanceTo((await control.nowS()) + 10)
    : () => setTimeout(200);
  return RawUser.connect({ record, vault: agents[0]?.vault ?? '', passTime });
}
