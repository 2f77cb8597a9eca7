import { expect, test } from 'vitest';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { startDevnet } from './devnet.ts';
import { PROTOCOL, connectUser, controlOf } from './testing/devnet-under-test.ts';

test("a devnet whose chain is as limited as Coston2's public nodes says so in its record, and refuses more", async () => {
  const nodeLimits = { logBlocks: 3 };
  const devnet = await startDevnet({ clock: 'realtime', agents: 1, ...PROTOCOL, nodeLimits });
  const { rpcUrls, limits } = devnet.record.chain;
  const rpc = new JsonRpc(rpcUrls);
  const look = (toBlock: string) => rpc.call('eth_getLogs', [{ fromBlock: '0x1', toBlock }]);
  try {
    expect(limits).toEqual(nodeLimits);
    await expect(look('0x3')).resolves.toBeInstanceOf(Array);
    await expect(look('0x4')).rejects.toThrow('requested too many blocks from 1 to 4, maximum is set to 3');
  } finally {
    rpc.close();
    await devnet.stop();
  }
});

test('a devnet in real time: a user mints, redeems and is paid; time and state are not ours to move', async () => {
  const devnet = await startDevnet({ clock: 'realtime', agents: 1, ...PROTOCOL });
  const control = controlOf(devnet.record);
  try {
    const user = await connectUser(devnet.record, control);
    await user.mint(2n);
    const before = await user.ledgerDrops();
    const { args } = await user.redeem(1n);
    const after = await user.until(async () => {
      const drops = await user.ledgerDrops();
      return drops === before ? undefined : drops;
    });
    expect(after).toBe(before + args['valueUBA'] - args['feeUBA']);
    await user.until(async () => (await user.logged('RedemptionPerformed'))[0]);
    expect(devnet.record.capabilities).toMatchObject({ canWarpTime: false, canSnapshot: false, canInjectFaults: true });
    await expect(control.snapshot()).rejects.toThrow('real time');
    await expect(control.advanceTo((await control.nowS()) + 9)).rejects.toThrow('real time');
    await user.disconnect();
  } finally {
    control.close();
    await devnet.stop();
  }
});
