/**
 * Minting beyond the recorded run: order of checks, executor fee, cap, ends without execution, agents' own mintings.
 */
import { toBeHex } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Attestation, COIN, Lab, type PlainRecord, blockHeight, plainNumber } from './testing/lab.ts';
import {
  PAYMENT_FAILED,
  type PaymentPlan,
  mint,
  mintingPayment,
  nonPayment,
  payment,
  reserve,
} from './testing/payments.ts';

const NOBODY = toBeHex(0, 20);
const BURNED = '0x000000000000000000000000000000000000dEaD';

/** A block so late that nothing about the reservation's payment window can be proven. */
function expiry(reserved: PlainRecord, windowS: bigint): Attestation {
  const lowestTimestamp = plainNumber(reserved, 'lastUnderlyingTimestamp') + 1n;
  const lowestBlock = plainNumber(reserved, 'lastUnderlyingBlock') + 1n;
  return blockHeight(lowestBlock + 50_000n, lowestTimestamp + windowS, { lowestBlock, lowestTimestamp });
}

describe('minting', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
    return () => lab.stop();
  });
  beforeEach(async () => {
    const snapshot = await lab.snapshot();
    return () => lab.restore(snapshot);
  });

  const reserving = async (changes: { vault?: string; lots?: bigint; maxFee?: bigint; valueWei?: bigint } = {}) => {
    const { vault = lab.agent(0).vault, lots = 1n, maxFee = 100n, valueWei = 10n * COIN } = changes;
    return await lab.revertOf(lab.minter, lab.manager, 'reserveCollateral', [vault, lots, maxFee, NOBODY], valueWei);
  };

  test('reservation checks come in order', async () => {
    const registry = lab.contract('AgentOwnerRegistry', lab.deployment.agentOwnerRegistry);
    const zeroLots = { lots: 0n };
    await lab.govern('emergencyPauseStartOperations', [1000]);
    expect(await reserving({ vault: NOBODY })).toBe('EmergencyPauseActive');
    await lab.govern('cancelEmergencyPause');
    await lab.govern('pauseMinting');
    expect(await reserving({ vault: NOBODY })).toBe('InvalidAgentVaultAddress');
    await lab.undone(async () => {
      await lab.send(lab.deployer, registry, 'revokeAddress', [lab.agent(0).owner.address]);
      expect(await reserving()).toBe('AgentNotWhitelisted');
    });
    await lab.undone(async () => {
      await lab.deployment.setPrice('testXRP', { value: 0n, decimals: 5 });
      expect(await reserving()).toBe('ZeroPrice');
    });
    expect(await reserving(zeroLots)).toBe('MintingPaused');
    await lab.govern('unpauseMinting');
    await lab.undone(async () => {
      await leaveList(0);
      expect(await reserving(zeroLots)).toBe('AgentNotInMintQueue');
    });
    expect(await reserving(zeroLots)).toBe('CannotMintZeroLots');
    await lab.govern('setMintingCapAmg', [10_000_000n]);
    expect(await reserving({ lots: 1000n, maxFee: 0n })).toBe('NotEnoughFreeCollateral');
    expect(await reserving({ maxFee: 24n, valueWei: 0n })).toBe('AgentsFeeTooHigh');
    expect(await reserving({ valueWei: 0n })).toBe('MintingCapExceeded');
    await lab.govern('setMintingCapAmg', [10_010_000n]);
    expect(await reserving({ valueWei: 0n })).toBe('InappropriateFeeAmount');
    expect(await reserving()).toBe('no revert');
  });

  test('the cap counts reservations and supply with pool fees', async () => {
    await mint(lab, lab.agent(0), 1n);
    await reserve(lab, lab.agent(0), 1n);
    await lab.govern('setMintingCapAmg', [30_029_999n]);
    expect(await reserving()).toBe('MintingCapExceeded');
    await lab.govern('setMintingCapAmg', [30_030_000n]);
    expect(await reserving()).toBe('no revert');
  });

  test('an allowed minter of an agent that is not public pays no reservation fee', async () => {
    await leaveList(0);
    const { owner, vault } = lab.agent(0);
    await lab.send(owner, lab.manager, 'addAlwaysAllowedMinterForAgent', [vault, lab.minter.address]);
    const sent = await lab.send(lab.minter, lab.manager, 'reserveCollateral', [vault, 1n, 25n, NOBODY]);
    const id = lab.only(sent, 'CollateralReserved')['collateralReservationId'];
    expect(await lab.read(lab.manager, 'collateralReservationInfo', [id])).toMatchObject({ reservationFeeNatWei: '0' });
    await lab.send(owner, lab.manager, 'removeAlwaysAllowedMinterForAgent', [vault, lab.minter.address]);
    expect(await reserving()).toBe('AgentNotInMintQueue');
  });

  test('execution checks come in order', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n);
    const attempt = async (
      changes: Partial<PaymentPlan>,
      by = lab.minter,
      id = reserved['collateralReservationId'],
    ) => {
      const proof = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0), changes));
      return await lab.revertOf(by, lab.manager, 'executeMinting', [proof, id]);
    };
    const wrongReference = { reference: toBeHex(1, 32) };
    expect(await attempt({ status: PAYMENT_FAILED }, lab.stranger, '999')).toBe('InvalidCrtId');
    expect(await attempt({ status: PAYMENT_FAILED }, lab.stranger)).toBe('PaymentFailed');
    expect(await attempt({ ...wrongReference, to: 'rX' }, lab.stranger)).toBe('OnlyMinterExecutorOrAgent');
    expect(await attempt({ ...wrongReference, to: 'rX' })).toBe('InvalidMintingReference');
    expect(await attempt({ to: 'rX', amountUba: 1n })).toBe('NotMintingAgentsAddress');
    expect(await attempt({ amountUba: 1n, block: 0n })).toBe('MintingPaymentTooSmall');
    expect(await attempt({ block: 0n })).toBe('MintingPaymentTooOld');
    expect(await attempt({}, lab.agent(0).work)).toBe('no revert');
    expect(await attempt({ block: 9_000_000n, timestamp: 9_000_000_000n })).toBe('no revert');
  });

  test('overpayment belongs to the agent, and a transaction mints once', async () => {
    const first = await reserve(lab, lab.agent(0), 1n);
    const attestation = mintingPayment(first, lab.agent(0), { amountUba: 11_000_000n });
    const proof = await lab.prove('executeMinting', attestation);
    const parameters = [proof, first['collateralReservationId']];
    const executed = await lab.send(lab.agent(0).owner, lab.manager, 'executeMinting', parameters);
    expect(lab.only(executed, 'MintingExecuted')).toMatchObject({ agentFeeUBA: '990000', poolFeeUBA: '10000' });
    expect(await lab.balanceOf(lab.fAsset, lab.minter.address)).toBe(10_000_000n);
    const topup = await lab.revertOf(lab.agent(0).owner, lab.manager, 'confirmClosedMintingPayment', parameters);
    expect(topup).toBe('PaymentAlreadyConfirmed');
  });

  test('an underpayment can be used by the agent once the reservation is closed', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n);
    const { owner } = lab.agent(0);
    const id = reserved['collateralReservationId'];
    const small = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0), { amountUba: 5_000_000n }));
    const early = await lab.revertOf(owner, lab.manager, 'confirmClosedMintingPayment', [small, id]);
    expect(early).toBe('InvalidCollateralReservationStatus');
    const proof = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0)));
    await lab.send(lab.minter, lab.manager, 'executeMinting', [proof, id]);
    const sent = await lab.send(owner, lab.manager, 'confirmClosedMintingPayment', [small, id]);
    expect(lab.only(sent, 'ConfirmedClosedMintingPayment')).toMatchObject({ depositedUBA: '5000000' });
    expect(lab.only(sent, 'UnderlyingBalanceChanged')).toMatchObject({ underlyingBalanceUBA: '15025000' });
  });

  test('the executor fee is burned when another party executes', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n, { executor: lab.executor.address, extraWei: COIN });
    const burnedBefore = await lab.nativeBalanceOf(BURNED);
    const proof = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0)));
    await lab.send(lab.minter, lab.manager, 'executeMinting', [proof, reserved['collateralReservationId']]);
    expect((await lab.nativeBalanceOf(BURNED)) - burnedBefore).toBe(COIN);
    const info = await lab.read(lab.manager, 'collateralReservationInfo', [reserved['collateralReservationId']]);
    expect(info).toMatchObject({ status: '1', executorFeeNatWei: '0' });
  });

  test('a change of fee applies to new reservations only', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n);
    await changeSetting(0, 'feeBIPS', 200n);
    await changeSetting(0, 'poolFeeShareBIPS', 0n);
    const proof = await lab.prove('executeMinting', mintingPayment(reserved, lab.agent(0)));
    const parameters = [proof, reserved['collateralReservationId']];
    const executed = await lab.send(lab.minter, lab.manager, 'executeMinting', parameters);
    expect(lab.only(executed, 'MintingExecuted')).toMatchObject({ agentFeeUBA: '15000', poolFeeUBA: '10000' });
    expect(await reserve(lab, lab.agent(0), 1n)).toMatchObject({ feeUBA: '200000' });
    expect(await lab.read(lab.manager, 'getAgentInfo', [lab.agent(0).vault])).toMatchObject({
      reservedUBA: '10000000',
    });
  });

  test('a minting default shares executor and reservation fee, and checks in order', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n, { executor: lab.executor.address, extraWei: 5n * COIN });
    const { owner, pool, underlyingAddress } = lab.agent(0);
    const id = reserved['collateralReservationId'];
    const attempt = async (changes: Parameters<typeof nonPayment>[3], by = owner) => {
      const proof = await lab.prove(
        'mintingPaymentDefault',
        nonPayment(reserved, underlyingAddress, 10_025_000n, changes),
      );
      return await lab.revertOf(by, lab.manager, 'mintingPaymentDefault', [proof, id]);
    };
    const early = { overflowBlock: plainNumber(reserved, 'lastUnderlyingBlock') };
    const short = { minimalBlockNumber: plainNumber(reserved, 'firstUnderlyingBlock') + 1n };
    expect(await attempt({ checkSourceAddresses: true }, lab.minter)).toBe('SourceAddressesNotSupported');
    expect(await attempt({ amount: 1n }, lab.minter)).toBe('OnlyAgentVaultOwner');
    expect(await attempt({ amount: 1n, ...early })).toBe('MintingNonPaymentMismatch');
    expect(await attempt({ ...early, ...short })).toBe('MintingDefaultTooEarly');
    expect(await attempt(short)).toBe('MintingNonPaymentProofWindowTooShort');
    const poolBefore = await lab.balanceOf(lab.wNat, pool);
    const proof = await lab.prove('mintingPaymentDefault', nonPayment(reserved, underlyingAddress, 10_025_000n));
    await lab.send(owner, lab.manager, 'mintingPaymentDefault', [proof, id]);
    const feesWei = 1_276_427_674_460_324_104n + 5n * COIN;
    expect((await lab.balanceOf(lab.wNat, pool)) - poolBefore).toBe((feesWei * 4000n) / 10_000n);
    expect(await lab.read(lab.manager, 'collateralReservationInfo', [id])).toMatchObject({ status: '2' });
  });

  test('an unprovable reservation is bought out by the agent; all fees are burned', async () => {
    const reserved = await reserve(lab, lab.agent(0), 1n);
    const { owner, work } = lab.agent(0);
    const burnedBefore = await lab.nativeBalanceOf(BURNED);
    const unstick = async (windowS: bigint) => [
      await lab.prove('unstickMinting', expiry(reserved, windowS)),
      reserved['collateralReservationId'],
    ];
    const early = await lab.revertOf(owner, lab.manager, 'unstickMinting', await unstick(86_399n), 5000n * COIN);
    expect(early).toBe('CannotUnstickMintingYet');
    const poor = await lab.revertOf(owner, lab.manager, 'unstickMinting', await unstick(86_400n), COIN);
    expect(poor).toBe('NotEnoughFundsProvided');
    const sent = await lab.send(owner, lab.manager, 'unstickMinting', await unstick(86_400n), 5000n * COIN);
    expect(lab.only(sent, 'CollateralReservationDeleted')).toMatchObject({ reservedAmountUBA: '10010000' });
    // 10 XRP are 21349756 vault units; those cost their price in native coin
    const bought = 21_349_756n;
    const price = (213_457n * 10n ** 22n) / 16_723n;
    const boughtFor = (bought * price) / ((213_457n * 10n ** 9n) / 99_981n);
    expect(await lab.balanceOf(lab.vaultToken, work.address)).toBe(bought);
    expect((await lab.nativeBalanceOf(BURNED)) - burnedBefore).toBe(1_276_427_674_460_324_104n + boughtFor);
  });

  test('an agent mints for itself, tops up, and mints from its free underlying', async () => {
    const { owner, vault, underlyingAddress } = lab.agent(0);
    const selfPayment = async (amountUba: bigint) =>
      await lab.prove(
        'selfMint',
        payment({
          from: 'rOwner',
          to: underlyingAddress,
          amountUba,
          reference: toBeHex((0x4642505266410012n << 192n) | BigInt(vault), 32),
        }),
      );
    const small = [await selfPayment(10_009_999n), vault, 1n];
    expect(await lab.revertOf(owner, lab.manager, 'selfMint', small)).toBe('SelfMintPaymentTooSmall');
    const minted = await lab.send(owner, lab.manager, 'selfMint', [await selfPayment(10_010_000n), vault, 1n]);
    expect(lab.only(minted, 'SelfMint')).toMatchObject({ mintedAmountUBA: '10000000', poolFeeUBA: '10000' });
    const free = await lab.revertOf(owner, lab.manager, 'mintFromFreeUnderlying', [vault, 1n]);
    expect(free).toBe('FreeUnderlyingBalanceToSmall');
    const topup = await lab.send(owner, lab.manager, 'selfMint', [await selfPayment(10_010_000n), vault, 0n]);
    expect(lab.only(topup, 'SelfMint')).toMatchObject({ mintedAmountUBA: '0', depositedAmountUBA: '10010000' });
    const fromFree = await lab.send(owner, lab.manager, 'mintFromFreeUnderlying', [vault, 1n]);
    expect(lab.only(fromFree, 'SelfMint')).toMatchObject({ mintFromFreeUnderlying: true, mintedAmountUBA: '10000000' });
    expect(await lab.balanceOf(lab.fAsset, owner.address)).toBe(20_000_000n);
  });

  test('ids grow by 1 to 1000', async () => {
    let last = 0n;
    for (let i = 0; i < 5; i++) {
      const id = plainNumber(await reserve(lab, lab.agent(0), 1n), 'collateralReservationId');
      expect(id - last).toBeGreaterThanOrEqual(1n);
      expect(id - last).toBeLessThanOrEqual(1000n);
      last = id;
    }
  });

  async function leaveList(index: number): Promise<void> {
    const { owner, vault } = lab.agent(index);
    await lab.send(owner, lab.manager, 'announceExitAvailableAgentList', [vault]);
    await lab.warp(60);
    await lab.send(owner, lab.manager, 'exitAvailableAgentList', [vault]);
  }

  async function changeSetting(index: number, name: string, value: bigint): Promise<void> {
    const { owner, vault } = lab.agent(index);
    await lab.send(owner, lab.manager, 'announceAgentSettingUpdate', [vault, name, value]);
    const early = await lab.revertOf(owner, lab.manager, 'executeAgentSettingUpdate', [vault, name]);
    expect(early).toBe('UpdateNotValidYet');
    await lab.warp(120);
    await lab.send(owner, lab.manager, 'executeAgentSettingUpdate', [vault, name]);
    expect(await lab.readNumber(lab.manager, 'getAgentSetting', [vault, name])).toBe(value);
  }
});
