/** Several faults together on top of what the run began with, healed one by one. */
import { expect, test } from 'vitest';
import { DevnetControl } from '../clients/devnet-control.ts';
import { FaultSwitch } from './fault-switch.ts';

/** Keeps the plans instead of sending them. */
class NotedControl extends DevnetControl {
  readonly plans: object[] = [];
  readonly shiftsBips: number[] = [];
  readonly baseFeesWei: bigint[] = [];

  override async setFaults(faults: object): Promise<void> {
    this.plans.push(faults);
  }

  override async publishPrice(shiftBips: number): Promise<void> {
    this.shiftsBips.push(shiftBips);
  }

  override async setBaseFee(wei: bigint): Promise<void> {
    this.baseFeesWei.push(wei);
  }
}

const late = { name: 'late', plan: { agents: { late: true } } };
const lag = { name: 'lag', plan: { fdc: { lagS: 60 } } };
const begin = { agents: { payTwice: true } };

function started() {
  const control = new NotedControl('http://127.0.0.1:1', '');
  return { control, faults: new FaultSwitch(control, begin) };
}

test('faults are merged by service and healed one by one', async () => {
  const { control, faults } = started();
  await faults.only([late, lag]);
  await faults.silenceAgents([4n]);
  await faults.only([lag]);
  expect(control.plans).toEqual([
    { ledger: {}, agents: { payTwice: true, late: true }, fdc: { lagS: 60 }, prices: {}, strangers: {} },
    { ledger: {}, agents: { payTwice: true, late: true, silent: ['4'] }, fdc: { lagS: 60 }, prices: {}, strangers: {} },
    { ledger: {}, agents: { payTwice: true, silent: ['4'] }, fdc: { lagS: 60 }, prices: {}, strangers: {} },
  ]);
});

test('a fault that silences all agents is not narrowed to some requests', async () => {
  const { control, faults } = started();
  await faults.silenceAgents([4n]);
  await faults.only([{ name: 'silent', plan: { agents: { silent: true } } }]);
  expect(control.plans.at(-1)).toMatchObject({ agents: { silent: true } });
});

test('the same faults again cost no call; a reset leaves what the run began with', async () => {
  const { control, faults } = started();
  await faults.only([late]);
  await faults.only([late]);
  await faults.reset();
  expect(control.plans).toHaveLength(2);
  expect(control.plans.at(-1)).toEqual({ ledger: {}, ...begin, fdc: {}, prices: {}, strangers: {} });
});

test('prices come with every step while that fault is on, in order, and from the first again after a reset', async () => {
  const { control, faults } = started();
  const prices = { name: 'prices', plan: {}, priceShiftsBips: [5, -5] };
  for (const on of [[prices], [prices, late], [late], [prices]]) await faults.only(on);
  await faults.reset();
  await faults.only([prices]);
  expect(control.shiftsBips).toEqual([5, -5, 5, 5]);
});

test('so do fees for gas', async () => {
  const { control, faults } = started();
  const fees = { name: 'fees', plan: {}, baseFeesWei: [7n, 0n] };
  for (const on of [[fees], [late], [fees, late], [fees]]) await faults.only(on);
  await faults.reset();
  await faults.only([fees]);
  expect(control.baseFeesWei).toEqual([7n, 0n, 7n, 7n]);
});
