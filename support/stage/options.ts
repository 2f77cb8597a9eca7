/** What a stage is opened with. */
import type { Actors } from '../actors/actors.ts';
import type { Traffic } from '../clients/traffic.ts';
import type { ApiKeys } from '../network/api-keys.ts';
import type { Suite } from '../sequence/suite.ts';
import type { Settings } from '../settings/settings.ts';
import type { RunContext } from '../users/context.ts';

export interface StageOptions {
  readonly suite: Suite<Actors>;
  readonly settings: Settings;
  readonly context: RunContext;
  /** Unless said otherwise, those that services take from everybody. */
  readonly apiKeys?: ApiKeys;
  readonly reportsFolder: string;
  /** Told of what the stage asks the network. */
  readonly traffic?: Traffic;
}
