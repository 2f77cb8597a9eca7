import { beforeEach, describe, expect, test } from 'vitest';
import { DevnetControl, DevnetControlError } from '../clients/devnet-control.ts';
import { type ControlServer, type ControlTarget, startControlServer } from './control-server.ts';

const TOKEN = '5a'.repeat(32);
const HEADERS = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };

/** Keeps time and remembers what it was told; a move takes a turn of the event loop. */
class Target implements ControlTarget {
  nowS = 100;
  readonly told: unknown[] = [];
  now = () => this.nowS;
  advanceTo = async (atS: number) => {
    this.told.push(`from ${this.nowS}`);
    await new Promise((resolve) => setImmediate(resolve));
    this.nowS = atS;
    this.told.push(`to ${atS}`);
    return atS;
  };
  snapshot = async () => 7;
  restore = async (id: number) => {
    if (id !== 7) throw new Error(`there is no snapshot ${id}`);
    this.nowS = 100;
  };
  publishPrice = async (shiftBips: number) => void this.told.push(shiftBips);
  setBaseFee = async (wei: bigint) => void this.told.push(wei);
  announceSetting = async (change: unknown) => {
    this.told.push(change);
    return 25n;
  };
  setFaults = (plan: unknown) => void this.told.push(plan);
  describe = () => ({ clock: 'virtual' });
}

describe('the control server and its client', () => {
  let target: Target;
  let server: ControlServer;
  let control: DevnetControl;

  beforeEach(async () => {
    target = new Target();
    server = await startControlServer(target, { token: TOKEN });
    control = new DevnetControl(server.url, TOKEN);
    return async () => {
      control.close();
      await server.stop();
    };
  });

  test('time, snapshots and faults reach the devnet, and its answers come back', async () => {
    expect(await control.nowS()).toBe(100);
    expect(await control.advanceTo(130)).toBe(130);
    expect(await control.snapshot()).toBe(7);
    await control.restore(7);
    expect(await control.nowS()).toBe(100);
    await control.setFaults({ agents: { silent: true } });
    expect(target.told.at(-1)).toEqual({ agents: { silent: true } });
    await control.publishPrice(-151);
    expect(target.told.at(-1)).toBe(-151);
    expect(await control.announceSetting('0x01', 'feeBIPS', 26)).toBe(25);
    expect(target.told.at(-1)).toEqual({ vault: '0x01', name: 'feeBIPS', value: 26n });
    expect(await control.describe()).toEqual({ clock: 'virtual' });
  });

  test('calls of several clients are performed one after the other', async () => {
    const other = new DevnetControl(server.url, TOKEN);
    await Promise.all([control.advanceTo(110), other.advanceTo(120)]);
    other.close();
    expect(target.told).toEqual(['from 100', 'to 110', 'from 110', 'to 120']);
  });

  test("an error is the devnet's own, and the next call works", async () => {
    await expect(control.restore(8)).rejects.toThrow(new DevnetControlError('there is no snapshot 8'));
    expect(await control.nowS()).toBe(100);
  });

  test.for([
    ['no JSON', '{', /JSON/],
    ['an unknown method', '{"method":"explode"}', /not a control call/],
    ['a time before all time', '{"method":"advanceTo","params":{"atS":-1}}', /atS/],
    ['half a second', '{"method":"advanceTo","params":{"atS":1.5}}', /atS/],
    ['a time beyond all numbers', '{"method":"advanceTo","params":{"atS":1e999}}', /atS/],
    ['a snapshot that cannot be', '{"method":"restore","params":{"id":0}}', /id/],
    ['a fee below nothing', '{"method":"setBaseFee","params":{"wei":"-1"}}', /a whole number of wei as text/],
    ['a fee beyond measure', '{"method":"setBaseFee","params":{"wei":"1000000000000000"}}', /a million gwei/],
    ['a price of nothing', '{"method":"publishPrice","params":{"shiftBips":-10000}}', /a price stays above 0/],
    ['a price below nothing', '{"method":"publishPrice","params":{"shiftBips":-20000}}', /a price stays above 0/],
    ['a price beyond measure', '{"method":"publishPrice","params":{"shiftBips":1000001}}', /a hundred times/],
    [
      'a fee of more than everything',
      '{"method":"announceSetting","params":{"vault":"0x01","name":"feeBIPS","value":10001}}',
      /all of it/,
    ],
    [
      'a setting that nobody knows',
      '{"method":"announceSetting","params":{"vault":"0x01","name":"no","value":1}}',
      /feeBIPS/,
    ],
    ['a price that is no whole number', '{"method":"publishPrice","params":{"shiftBips":0.5}}', /shiftBips/],
    ['a time that is no number', '{"method":"advanceTo","params":{"atS":"1"}}', /not a control call.*atS/s],
  ] as const)('%s is refused with status 400', async ([, body, why]) => {
    const response = await fetch(server.url, { method: 'POST', body, headers: HEADERS });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringMatching(why) });
  });

  test.for([
    ['without the token', { authorization: '' }, 401, /token/],
    ['with another token', { authorization: `Bearer ${'00'.repeat(32)}` }, 401, /token/],
    ['as plain text, which every page may send', { 'content-type': 'text/plain' }, 415, /application\/json/],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, /application\/json/],
  ] as const)('a call %s is not carried out', async ([, headers, status, why]) => {
    const body = '{"method":"publishPrice","params":{"shiftBips":5}}';
    const response = await fetch(server.url, { method: 'POST', body, headers: { ...HEADERS, ...headers } });
    expect(response.status).toBe(status);
    const { error }: { error: string } = JSON.parse(await response.text());
    expect(error).toMatch(why);
    expect(error).not.toContain(TOKEN);
    expect(target.told).toEqual([]);
  });

  test('who hangs up before his turn gets nothing done', async () => {
    const first = control.advanceTo(110);
    const leaving = new AbortController();
    const body = '{"method":"publishPrice","params":{"shiftBips":5}}';
    const left = fetch(server.url, { method: 'POST', body, headers: HEADERS, signal: leaving.signal });
    leaving.abort();
    await expect(left).rejects.toThrow('abort');
    await first;
    expect(await control.nowS()).toBe(110);
    expect(target.told).not.toContain(5);
  });

  test('a client with another token is told so, and what to do', async () => {
    const other = new DevnetControl(server.url, 'wrong');
    await expect(other.nowS()).rejects.toThrow('controlToken of its record');
    other.close();
  });

  test('a busy port is named', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startControlServer(target, { token: TOKEN, port })).rejects.toThrow(`port ${port} is busy`);
  });

  test('a client says which devnet does not answer', async () => {
    await server.stop();
    await expect(control.nowS()).rejects.toThrow(`the devnet at ${server.url} does not answer`);
    server = await startControlServer(target, { token: TOKEN });
  });
});
