import { expect, test } from 'vitest';
import { startDevnet } from './devnet.ts';
import { PROTOCOL, connectUser, controlOf } from './testing/devnet-under-test.ts';

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
