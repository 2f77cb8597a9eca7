/**
 * Reads the asset manager's events and keeps the agents' tasks in step with them.
 */
import { id } from 'ethers';
import { z } from 'zod';
import type { EventLog } from '../../clients/flare/account.ts';
import { assetManagerInterface } from '../../clients/flare/interfaces.ts';
import type { MintingDefaultTask, RedemptionTask, Task } from './tasks.ts';

const EVENTS = [
  'RedemptionRequested',
  'RedemptionWithTagRequested',
  'RedemptionDefault',
  'RedemptionPerformed',
  'RedemptionPaymentBlocked',
  'RedemptionPaymentFailed',
  'RedemptionRejected',
  'CollateralReserved',
  'MintingExecuted',
  'MintingPaymentDefault',
  'CollateralReservationDeleted',
] as const;

/** First topics of the events that matter. */
export const TOPICS: readonly string[] = EVENTS.map((name) => {
  const event = assetManagerInterface.getEvent(name);
  if (event === null) throw new Error(`IAssetManager has no event ${name}`);
  return id(event.format('sighash'));
});

/** The tasks after one more event; events of vaults that are not ours change nothing. */
export function tasksAfter(tasks: readonly Task[], log: EventLog, agentOfVault: ReadonlyMap<string, number>): Task[] {
  const event = assetManagerInterface.parseLog({ topics: [...log.topics], data: log.data });
  if (event === null) return [...tasks];
  const agent = agentOfVault.get(String(event.args['agentVault']).toLowerCase());
  if (agent === undefined) return [...tasks];
  const values = event.args.toObject();
  switch (event.name) {
    case 'RedemptionRequested':
    case 'RedemptionWithTagRequested':
      return [...tasks, redemptionTask(agent, values)];
    case 'CollateralReserved':
      return [...tasks, mintingDefaultTask(agent, values)];
    case 'RedemptionDefault':
      // What was paid before is still confirmed; what was not is not owed any more.
      return tasks.filter((task) => !(isRedemption(task, values) && task.payment === undefined));
    case 'MintingExecuted':
    case 'MintingPaymentDefault':
    case 'CollateralReservationDeleted':
      return tasks.filter((task) => !isReservation(task, values));
    default:
      return tasks.filter((task) => !isRedemption(task, values));
  }
}

type Values = Readonly<Record<string, unknown>>;

const amount = z.bigint();
const whole = z.bigint().transform(Number);
const common = {
  paymentAddress: z.string(),
  valueUBA: amount,
  feeUBA: amount,
  paymentReference: z.string(),
  firstUnderlyingBlock: whole,
  lastUnderlyingBlock: whole,
  lastUnderlyingTimestamp: whole,
};
const redemptionSchema = z.object({ ...common, requestId: z.bigint(), destinationTag: whole.optional() });
const reservationSchema = z.object({ ...common, collateralReservationId: z.bigint() });

function redemptionTask(agent: number, values: Values): RedemptionTask {
  const event = redemptionSchema.parse(values);
  return {
    kind: 'redemption',
    agent,
    requestId: event.requestId,
    paymentAddress: event.paymentAddress,
    dueDrops: event.valueUBA - event.feeUBA,
    reference: event.paymentReference,
    ...(event.destinationTag !== undefined && { destinationTag: event.destinationTag }),
    lastLedger: event.lastUnderlyingBlock,
    lastTimeS: event.lastUnderlyingTimestamp,
  };
}

function mintingDefaultTask(agent: number, values: Values): MintingDefaultTask {
  const event = reservationSchema.parse(values);
  return {
    kind: 'minting default',
    agent,
    reservationId: event.collateralReservationId,
    paymentAddress: event.paymentAddress,
    dueDrops: event.valueUBA + event.feeUBA,
    reference: event.paymentReference,
    firstLedger: event.firstUnderlyingBlock,
    lastLedger: event.lastUnderlyingBlock,
    lastTimeS: event.lastUnderlyingTimestamp,
  };
}

function isRedemption(task: Task, values: Values): task is RedemptionTask {
  return task.kind === 'redemption' && task.requestId === values['requestId'];
}

function isReservation(task: Task, values: Values): task is MintingDefaultTask {
  return task.kind === 'minting default' && task.reservationId === values['collateralReservationId'];
}
