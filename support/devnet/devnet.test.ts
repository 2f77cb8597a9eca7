import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from 'xrpl';
import { DevnetControl } from '../clients/devnet-control.ts';
import { JsonRpc } from '../clients/flare/json-rpc.ts';
import { networkRecordSchema } from '../clients/network-record.ts';
import { HANG_MS } from '../units/hang.ts';
import { Closers } from './closers.ts';
import { type Devnet, startDevnet } from './devnet.ts';
import { PROTOCOL, connectUser, controlOf, descriptionSchema } from './testing/devnet-under-test.ts';
import { busyPort, isListening } from './testing/ports.ts';
import { VIRTUAL_START_S } from './timings.ts';
import type { RawUser } from './testing/raw-user.ts';

describe('a devnet in virtual time', () => {
  let devnet: Devnet;
  let control: DevnetControl;
  let user: RawUser;
  let fresh: number;

  const opened = new Closers();
  afterAll(() => opened.close());
  beforeAll(async () => {
    devnet = await startDevnet({ clock: 'virtual', ...PROTOCOL });
    opened.add(() => devnet.stop());
    control = controlOf(devnet.record);
    opened.add(async () => control.close());
    user = await connectUser(devnet.record, control);
    opened.add(() => user.disconnect());
    fresh = await control.snapshot();
  });

  /** Each test begins with the devnet as it was started. */
  const startAfresh = async () => {
    await control.restore(fresh);
    await control.setFaults({});
    user.account.forgetNonce();
  };
  const pass = async (seconds: number) => control.advanceTo((await control.nowS()) + seconds);
  const problems = async () => descriptionSchema.parse(await control.describe()).problems;

  /** What can be seen of a mint and a redemption on the devnet as it was started. */
  const mintAndRedeem = async () => {
    await startAfresh();
    const hashes = await user.mint(1n);
    const { args } = await user.redeem(1n);
    const time = await pass(400);
    const block = await user.rpc.call<{ number: string; stateRoot: string }>('eth_getBlockByNumber', ['latest', false]);
    return {
      hashes,
      requestId: args['requestId'],
      time,
      number: block.number,
      stateRoot: block.stateRoot,
      drops: await user.ledgerDrops(),
    };
  };

  test('is the same whether its chain was set up or kept', async () => {
    const blocks = async (isNew: boolean) => {
      const other = await startDevnet({ clock: 'virtual', ...PROTOCOL, isNew });
      const rpc = new JsonRpc(other.record.chain.rpcUrls[0] ?? '', { timeoutMs: HANG_MS });
      try {
        const first = await rpc.call<object>('eth_getBlockByNumber', ['latest', false]);
        await other.advanceTo(VIRTUAL_START_S + 3600);
        return [first, await rpc.call<object>('eth_getBlockByNumber', ['latest', false])];
      } finally {
        rpc.close();
        await other.stop();
      }
    };
    expect(await blocks(false)).toEqual(await blocks(true));
  });

  test('its record is a network record', () => {
    expect(networkRecordSchema.parse(devnet.record)).toEqual(devnet.record);
  });

  test('a user mints, redeems and is paid to the drop; the agent confirms', async () => {
    await startAfresh();
    await user.mint(3n);
    const before = await user.ledgerDrops();
    const { args } = await user.redeem(2n);
    await pass(30);
    expect(await user.ledgerDrops()).toBe(before + args['valueUBA'] - args['feeUBA']);
    const paidAtS = await control.nowS();
    await pass(300);
    const [performed] = await user.logged('RedemptionPerformed');
    const block = await user.rpc.call<{ timestamp: string }>('eth_getBlockByNumber', [performed?.blockNumber, false]);
    // The agent acted at its own time on the way, neither when the move began nor when it ended.
    expect(Number(block.timestamp)).toBeGreaterThan(paidAtS);
    expect(Number(block.timestamp)).toBeLessThan(paidAtS + 250);
    expect(await problems()).toEqual([]);
  });

  test('the same actions after a restore give the same transactions and the same state', async () => {
    const first = await mintAndRedeem();
    expect(await mintAndRedeem()).toEqual(first);
  });

  test('a tagged redemption is paid with its tag and confirmed; v1.2 refuses it', async () => {
    await startAfresh();
    const hasTags = devnet.protocol.version === 'v1.3';
    await user.mint(1n);
    const before = await user.ledgerDrops();
    const [redemption] = await Promise.allSettled([user.redeemWithTag(6_000_000n, 77n)]);
    expect(redemption.status).toBe(hasTags ? 'fulfilled' : 'rejected');
    await pass(400);
    expect(await user.ledgerDrops()).toBe(before + (hasTags ? 5_970_000n : 0n));
    expect(await user.logged('RedemptionPerformed')).toHaveLength(hasTags ? 1 : 0);
  });

  test('a snapshot in the middle of a redemption goes on from there, twice the same way', async () => {
    await startAfresh();
    await user.mint(1n);
    await user.redeem(1n);
    await pass(60);
    const middle = await control.snapshot();
    const goOn = async () => {
      await control.restore(middle);
      await pass(500);
      const block = await user.rpc.call<{ stateRoot: string }>('eth_getBlockByNumber', ['latest', false]);
      return [block.stateRoot, (await user.logged('RedemptionPerformed')).length];
    };
    const first = await goOn();
    expect(first[1]).toBe(1);
    expect(await goOn()).toEqual(first);
  });

  test('past blocks can be read however often the same was done before', async () => {
    const { address } = user.account;
    for (let time = 0; time < 60; time += 1) {
      await startAfresh();
      const begin = Number(await user.rpc.call<string>('eth_blockNumber'));
      await pass(900);
      const head = Number(await user.rpc.call<string>('eth_blockNumber'));
      expect(head - begin).toBeGreaterThan(5);
      const past = Array.from({ length: head - begin }, (_, at) => `0x${(begin + 1 + at).toString(16)}`);
      await user.rpc.batch(past.map((block) => ({ method: 'eth_getBalance', params: [address, block] })));
    }
  });

  test('putting back an earlier snapshot ends the later ones', async () => {
    await startAfresh();
    const later = await control.snapshot();
    await control.restore(fresh);
    await expect(control.restore(later)).rejects.toThrow(`there is no snapshot ${later}`);
  });

  test('a silent agent pays nothing, and pays again when it is honest', async () => {
    await startAfresh();
    await user.mint(2n);
    await control.setFaults({ agents: { silent: true } });
    const before = await user.ledgerDrops();
    const { args } = await user.redeem(1n);
    await pass(100);
    expect(await user.ledgerDrops()).toBe(before);
    await control.setFaults({});
    await pass(20);
    expect(await user.ledgerDrops()).toBe(before + args['valueUBA'] - args['feeUBA']);
  });

  test('an honest agent does not pay when the payment window is over', async () => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ agents: { silent: true } });
    const before = await user.ledgerDrops();
    await user.redeem(1n);
    await pass(4000);
    await control.setFaults({});
    await pass(100);
    expect(await user.ledgerDrops()).toBe(before);
  });

  test.for([
    { faults: { late: true }, seconds: 4000, paid: (due: bigint): bigint => due },
    { faults: { payTwice: true }, seconds: 60, paid: (due: bigint) => 2n * due },
    { faults: { payLessDrops: '7' }, seconds: 60, paid: (due: bigint) => due - 7n },
    { faults: { payLessDrops: '99000000' }, seconds: 60, paid: () => 0n },
  ])('an agent with the faults $faults', async ({ faults, seconds, paid }) => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ agents: faults });
    const before = await user.ledgerDrops();
    const { args } = await user.redeem(1n);
    await pass(seconds);
    expect(await user.ledgerDrops()).toBe(before + paid(BigInt(args['valueUBA']) - BigInt(args['feeUBA'])));
  });

  test('a late agent does not pay inside the window', async () => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ agents: { late: true } });
    const before = await user.ledgerDrops();
    await user.redeem(1n);
    await pass(900);
    expect(await user.ledgerDrops()).toBe(before);
  });

  test('a payment that the ledger fails is confirmed as failed or blocked', async () => {
    await startAfresh();
    await user.mint(1n);
    const { wallet } = user;
    await control.setFaults({ ledger: { failPayments: { code: 'tecNO_PERMISSION', to: wallet.classicAddress } } });
    await user.redeem(1n);
    await pass(400);
    expect(await user.logged('RedemptionPaymentBlocked')).toHaveLength(1);
    expect(await problems()).toEqual([]);
  });

  test.for([100, 20_000])('an agent pays what the ledger asks, %i times the usual fee', async (feeFactor) => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ ledger: { feeFactor } });
    const before = await user.ledgerDrops();
    const { args } = await user.redeem(1n);
    await pass(60);
    expect((await user.ledgerDrops()) - before).toBe(args['valueUBA'] - args['feeUBA']);
    expect(await problems()).toEqual([]);
  });

  test('a base fee that was moved is gone after a restore', async () => {
    await startAfresh();
    const baseFee = async () => {
      const head = await user.rpc.call<{ baseFeePerGas: string }>('eth_getBlockByNumber', ['latest', false]);
      return BigInt(head.baseFeePerGas);
    };
    await control.setBaseFee(70n * 10n ** 9n);
    expect(await baseFee()).toBe(70n * 10n ** 9n);
    await user.mint(1n);
    await startAfresh();
    await user.reserve(1n);
    expect(await baseFee()).toBe(0n);
  });

  test('an agent announces one change of a setting at a time', async () => {
    await startAfresh();
    const { args } = await user.reserve(1n);
    const announce = (bips: number) => control.announceSetting(String(args['agentVault']), 'feeBIPS', bips);
    expect(await announce(26)).toBe(26);
    expect(await announce(27)).toBe(26);
    await pass(400);
    expect(await announce(27)).toBe(27);
    await pass(400);
    const changed = await user.logged('AgentSettingChanged');
    expect(changed).toHaveLength(2);
    expect(await problems()).toEqual([]);
  });

  test('an agent that stopped confirming pays and says nothing', async () => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ agents: { stopConfirming: true } });
    const before = await user.ledgerDrops();
    await user.redeem(1n);
    await pass(600);
    expect(await user.ledgerDrops()).toBeGreaterThan(before);
    expect(await user.logged('RedemptionPerformed')).toHaveLength(0);
  });

  test('a payment without the reference cannot be confirmed, and the agent notes it', async () => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ agents: { withoutMemo: true } });
    await user.redeem(1n);
    await pass(600);
    expect(await problems()).toEqual([expect.stringContaining('confirmRedemptionPayment')]);
  });

  test('an unpaid reservation is defaulted by its agent', async () => {
    await startAfresh();
    await user.reserve(1n);
    await pass(5000);
    expect(await user.logged('MintingPaymentDefault')).toHaveLength(1);
    expect(await problems()).toEqual([]);
  });

  test('the agents keep the underlying block fresh', async () => {
    await startAfresh();
    await pass(2000);
    expect((await user.logged('CurrentUnderlyingBlockUpdated')).length).toBeGreaterThanOrEqual(3);
  });

  test('a redemption to no address is rejected', async () => {
    await startAfresh();
    await user.mint(1n);
    await user.redeem(1n, 'not an address');
    await pass(400);
    expect(await user.logged('RedemptionRejected')).toHaveLength(1);
  });

  test('with a skipped round the agent asks again and confirms later', async () => {
    await startAfresh();
    await user.mint(1n);
    await control.setFaults({ fdc: { skipRoundsDivisibleBy: 1 } });
    await user.redeem(1n);
    await pass(300);
    expect(await user.logged('RedemptionPerformed')).toHaveLength(0);
    await control.setFaults({});
    await pass(600);
    expect(await user.logged('RedemptionPerformed')).toHaveLength(1);
  });
});

test('two devnets are the same to the last hash', async () => {
  const runs = [1, 2].map(async () => {
    const devnet = await startDevnet({ clock: 'virtual', agents: 4, ...PROTOCOL });
    const control = controlOf(devnet.record);
    try {
      const user = await connectUser(devnet.record, control);
      const hashes = await user.mint(1n);
      await user.redeem(1n);
      await control.advanceTo((await control.nowS()) + 1000);
      const block = await user.rpc.call<{ hash: string }>('eth_getBlockByNumber', ['latest', false]);
      await user.disconnect();
      return { hashes, block: block.hash, description: await control.describe(), registry: devnet.record.contracts };
    } finally {
      control.close();
      await devnet.stop();
    }
  });
  const [first, second] = await Promise.all(runs);
  expect(second).toEqual(first);
});

test('what was started is stopped again when a part cannot start', async () => {
  await expect(startDevnet({ clock: 'virtual', artifactsDir: import.meta.dirname })).rejects.toThrow(/artifacts/);
});

test('a busy port is named, and what was started before it is stopped', async () => {
  const port = await busyPort();
  // The busy port is the last of five, the control server's: everything else is up by then.
  await expect(startDevnet({ clock: 'virtual', portBase: port - 4, ...PROTOCOL })).rejects.toThrow(
    `port ${port} is busy`,
  );
  expect(await isListening(`http://127.0.0.1:${port - 4}`)).toBe(false);
});

test('a ledger that is closed by hand, for clients written for a stand-alone server', async () => {
  const devnet = await startDevnet({ clock: 'virtual', agents: 1, ledgerAccept: true, ...PROTOCOL });
  const client = new Client(devnet.record.ledger.webSocketUrls[0] ?? '');
  try {
    await client.connect();
    const before = await client.getLedgerIndex();
    const { result: role } = await client.request({ command: 'ping' });
    expect(role).toEqual({ role: 'admin', unlimited: true });
    await devnet.advanceTo(VIRTUAL_START_S + 3_600);
    expect(await client.getLedgerIndex()).toBe(before);
    await client.connection.request({ command: 'ledger_accept' });
    expect(await client.getLedgerIndex()).toBe(before + 1);
    const { host } = new URL(devnet.record.ledger.webSocketUrls[0] ?? '');
    const faucet = { faucetHost: host, faucetPath: '/accounts', faucetProtocol: 'http' as const };
    expect((await client.fundWallet(null, faucet)).balance).toBe(100);
    expect(await client.getLedgerIndex()).toBe(before + 2);
  } finally {
    await client.disconnect();
    await devnet.stop();
  }
});
