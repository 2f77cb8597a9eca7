import { Interface, keccak256, toUtf8Bytes } from 'ethers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AttestationFailed, NotYetProvable, ProofDoesNotVerify, RequestRejected } from '../../clients/fdc/errors.ts';
import { encodeVerifyCall } from '../../clients/fdc/response-codec.ts';
import { ATTESTATION_TYPES } from './attestation-types.ts';
import type { AttestationProof, AttestationTypeName, RequestBodies } from '../../clients/fdc/types.ts';
import { TransactionReverted } from '../../clients/flare/account.ts';
import { FIRST_VOTING_ROUND_START_S } from '../timings.ts';
import type { Restore } from '../clock.ts';
import { bytes32Text } from './encoding.ts';
import { RequestLog } from './request-log.ts';
import { inProcessFdc } from './in-process.ts';
import { type TestNetwork, startTestNetwork } from './test-network.ts';

const SENDER = 'rDP59GWEaNyfd6qXus9DQNi2MrcBMuPHKX';
const RECEIVER = 'razmJDBcMPX4txQoB82X1EtmNq4Y57FWYM';
const PAYMENT_ID = 'ab'.repeat(32);
const REFERENCE = `0x${'42'.repeat(32)}`;
const NOBODY = `0x${'00'.repeat(20)}`;
const hashOf = (address: string) => keccak256(toUtf8Bytes(address));

/** Compiling the contracts for the first time takes a while. */

let network: TestNetwork;

async function pay(): Promise<void> {
  network.upcoming.push({
    hash: PAYMENT_ID,
    from: SENDER,
    to: RECEIVER,
    amountDrops: 5_000_000n,
    feeDrops: 12n,
    memos: [REFERENCE.slice(2)],
    destinationTag: 7,
  });
  await network.clock.advanceTo(network.clock.nowS() + 4 * 4);
}

async function verifies<T extends AttestationTypeName>(type: T, proof: AttestationProof<T>): Promise<boolean> {
  const call = { to: network.deployment.fdcVerification, data: encodeVerifyCall(type, proof) };
  return BigInt(await network.rpc.call<string>('eth_call', [call, 'latest'])) === 1n;
}

const paymentBody = { transactionId: `0x${PAYMENT_ID}`, inUtxo: 0n, utxo: 0n };

async function snapshotAll(): Promise<Restore> {
  const { rpc, clock, chainTime, rounds, history, user } = network;
  const id = await rpc.call<string>('evm_snapshot');
  const parts = await Promise.all([clock, chainTime, rounds, history].map((part) => part.snapshot()));
  return async () => {
    await rpc.call('evm_revert', [id]);
    for (const restorePart of parts) await restorePart();
    user.forgetNonce();
  };
}

/** One network for all tests of a describe block; each test puts it back to its beginning. */
function useNetwork(options: { singleLeaf?: boolean } = {}): void {
  beforeAll(async () => {
    network = await startTestNetwork(options);
    return () => network.stop();
  });

  beforeEach(async () => {
    const restore = await snapshotAll();
    network.waiter.sleeps = 0;
    network.paid.length = 0;
    return async () => {
      await restore();
      for (const fault of Object.keys(network.faults)) Reflect.deleteProperty(network.faults, fault);
    };
  });
}

describe('a fact is proven', () => {
  useNetwork();

  test('a payment, in one round, with one wake-up; changed data do not verify', async () => {
    await pay();
    const startS = network.clock.nowS();
    const { proof, feeWei, receipt, votingRoundId } = await network.attestor().prove('Payment', paymentBody);
    expect(feeWei).toBe(1000n);
    expect(network.paid).toEqual([{ receipt, valueWei: 1000n }]);
    expect(votingRoundId).toBe(Math.floor((startS - FIRST_VOTING_ROUND_START_S) / 90));
    expect(network.waiter.sleeps).toBe(1);
    expect(network.clock.nowS() - startS).toBeLessThanOrEqual(135);
    expect(proof.data.responseBody).toMatchObject({ receivedAmount: 5_000_000n, spentAmount: 5_000_012n, status: 0n });
    expect(proof.merkleProof).toHaveLength(1);
    expect(await verifies('Payment', proof)).toBe(true);

    const { responseBody } = proof.data;
    const richer = { ...proof.data, responseBody: { ...responseBody, receivedAmount: 5_000_001n } };
    expect(await verifies('Payment', { ...proof, data: richer })).toBe(false);
    expect(
      await verifies('Payment', { ...proof, data: { ...proof.data, votingRound: BigInt(votingRoundId + 1) } }),
    ).toBe(false);
  });

  test('every attestation type', async () => {
    await pay();
    const { history, clock } = network;
    const young = BigInt(history.lastIndex() - 10);
    const deadline = {
      minimalBlockNumber: young,
      deadlineBlockNumber: young + 2n,
      deadlineTimestamp: BigInt(clock.nowS() - 30),
      destinationAddressHash: hashOf(SENDER),
      amount: 1n,
    };
    const bodies: RequestBodies = {
      Payment: paymentBody,
      XRPPayment: { transactionId: `0x${PAYMENT_ID}`, proofOwner: network.user.address },
      ReferencedPaymentNonexistence: {
        ...deadline,
        standardPaymentReference: REFERENCE,
        checkSourceAddresses: false,
        sourceAddressesRoot: `0x${'00'.repeat(32)}`,
      },
      XRPPaymentNonexistence: {
        ...deadline,
        checkFirstMemoData: true,
        firstMemoDataHash: keccak256(REFERENCE),
        checkDestinationTag: true,
        destinationTag: 7n,
        proofOwner: NOBODY,
      },
      ConfirmedBlockHeightExists: { blockNumber: young, queryWindow: 86_400n },
      AddressValidity: { addressStr: RECEIVER },
      BalanceDecreasingTransaction: { transactionId: `0x${PAYMENT_ID}`, sourceAddressIndicator: hashOf(SENDER) },
    };
    const attestor = network.attestor();
    for (const type of ATTESTATION_TYPES) {
      const { proof } = await attestor.prove(type, bodies[type]);
      expect(proof.data.requestBody).toEqual(bodies[type]);
      expect(await verifies(type, proof)).toBe(true);
    }
  });

  test('a proof of one type is none of another', async () => {
    await pay();
    const { proof } = await network.attestor().prove('Payment', paymentBody);
    const renamed = { ...proof, data: { ...proof.data, attestationType: `0x${'11'.repeat(32)}` } };
    expect(await verifies('Payment', renamed)).toBe(false);
  });

  test('a payment that is not confirmed yet is waited for', async () => {
    network.upcoming.push({ hash: PAYMENT_ID, from: SENDER, to: RECEIVER, amountDrops: 5n, feeDrops: 10n });
    const { proof } = await network.attestor().prove('Payment', paymentBody);
    expect(proof.data.responseBody.standardPaymentReference).toBe(`0x${'00'.repeat(32)}`);
  });

  test('requests of several users share a round, the same request is attested once', async () => {
    await pay();
    const attestor = network.attestor();
    const [first, second] = [
      await attestor.prepare('Payment', paymentBody),
      await attestor.prepare('AddressValidity', { addressStr: RECEIVER }),
    ];
    const submitted = [await attestor.submit(first), await attestor.submit(second), await attestor.submit(first)];
    const [payment] = submitted;
    if (payment === undefined) throw new Error('nothing was submitted');
    const outcome = await attestor.collect('Payment', payment);
    expect(outcome).toMatchObject({ kind: 'proven', proof: { merkleProof: { length: 2 } } });
    expect(network.rounds.store.round(payment.votingRoundId, network.clock.nowS())).toHaveLength(3);
  });

  test('put back in the middle of a round, its requests are not forgotten', async () => {
    const { clock, rounds } = network;
    await clock.advanceTo(clock.nowS() + 100); // in the second round: the first one is not over yet
    const attestor = network.attestor();
    const request = await attestor.prepare('AddressValidity', { addressStr: RECEIVER });
    const { votingRoundId } = await attestor.submit(request);
    await clock.advanceTo(rounds.votingRounds.startS(votingRoundId) + 50); // the request has been read
    const putBack = await snapshotAll();
    for (let run = 0; run < 2; run += 1) {
      await clock.advanceTo(rounds.votingRounds.endS(votingRoundId) + 45);
      expect(rounds.store.find(request, votingRoundId, clock.nowS())).toBeDefined();
      await putBack();
    }
  });

  test('put back after a skipped round, the next one gets its root again', async () => {
    const { clock, rounds, faults } = network;
    const attestor = network.attestor();
    const { votingRoundId } = await attestor.submit(
      await attestor.prepare('AddressValidity', { addressStr: RECEIVER }),
    );
    faults.skipRound = (round) => round === votingRoundId;
    await clock.advanceTo(rounds.votingRounds.endS(votingRoundId) + 45);
    const putBack = await snapshotAll();
    for (let run = 0; run < 2; run += 1) {
      await clock.advanceTo(clock.nowS() + 180);
      expect([0, 1, 2].map((later) => rounds.store.has(votingRoundId + later))).toEqual([false, true, false]);
      await putBack();
    }
  });

  test('put back, the network gives the same proof again', async () => {
    await pay();
    const putBack = await snapshotAll();
    const first = await network.attestor().prove('Payment', paymentBody);
    await putBack();
    expect(network.rounds.store.has(first.votingRoundId)).toBe(false);
    const second = await network.attestor().prove('Payment', paymentBody);
    expect(second.proof).toEqual(first.proof);
    expect(second.receipt.hash).toBe(first.receipt.hash);
  });
});

describe('a round goes wrong', () => {
  useNetwork();

  test('a skipped round costs a second request', async () => {
    await pay();
    let skipped: number | undefined;
    network.faults.skipRound = (round) => round === (skipped ??= round);
    const { attempts, votingRoundId } = await network.attestor().prove('Payment', paymentBody);
    // Known to be skipped once the next round has a root, which is during the one after that.
    expect(votingRoundId).toBe(Number(skipped) + 2);
    expect(attempts.map((attempt) => attempt.votingRoundId)).toEqual([skipped, votingRoundId]);
    expect(network.paid.map(({ valueWei }) => valueWei)).toEqual([1000n, 1000n]);
  });

  test('a request left out of a finalised round is sent again', async () => {
    await pay();
    let leftOut: number | undefined;
    network.faults.leaveOut = ({ votingRoundId }) => votingRoundId === (leftOut ??= votingRoundId);
    const { attempts, proof } = await network.attestor().prove('Payment', paymentBody);
    expect(attempts.map((attempt) => attempt.votingRoundId)[0]).toBe(leftOut);
    expect(attempts).toHaveLength(2);
    expect(await verifies('Payment', proof)).toBe(true);
    const root = await network.call(
      network.deployment.relay,
      'function merkleRoots(uint256, uint256) view returns (bytes32)',
      [200, leftOut],
    );
    expect(BigInt(String(root))).not.toBe(0n);
  });

  test('a fact that no round proves ends after the last attempt', async () => {
    await pay();
    network.faults.leaveOut = () => true;
    const proving = network.attestor({ maxAttempts: 2 }).prove('Payment', paymentBody);
    await expect(proving).rejects.toThrow(AttestationFailed);
    expect(network.paid).toHaveLength(2);
  });

  test('all rounds skipped: the time limit ends the wait', async () => {
    await pay();
    network.faults.skipRound = () => true;
    const proving = network.attestor({ maxAttempts: 1, rootTimeoutS: 200 }).prove('Payment', paymentBody);
    await expect(proving).rejects.toThrow(/no proof of Payment after 1 requests: round \d+ skipped/);
  });

  test('proofs that lag behind the root are waited for', async () => {
    await pay();
    network.faults.dataAvailabilityLagS = 40;
    const { attempts } = await network.attestor().prove('Payment', paymentBody);
    expect(attempts).toHaveLength(1);
    expect(network.waiter.sleeps).toBeGreaterThanOrEqual(9);
  });

  test('a verifier in trouble leaves the fact unproven for now', async () => {
    await pay();
    network.faults.verifierIndeterminate = true;
    const preparing = network.attestor({ provableTimeoutS: 20 }).prepare('Payment', paymentBody);
    await expect(preparing).rejects.toThrow(new NotYetProvable('Payment', 'INDETERMINATE: SYSTEM_FAILURE'));
  });

  test('a verifier that contradicts what it prepared confirms nothing', async () => {
    await pay();
    const attestor = network.attestor({ maxAttempts: 1 });
    const request = await attestor.prepare('Payment', paymentBody);
    network.faults.alterAttestation = (_type, attestation) => ({
      ...attestation,
      lowestUsedTimestamp: attestation.lowestUsedTimestamp - 1n,
    });
    const submitted = await attestor.submit(request);
    expect(await attestor.collect('Payment', submitted)).toEqual({ kind: 'left out' });
    expect(network.waiter.sleeps).toBe(2); // the round, and one more look because the layer's status may be old
  });

  test('a source that the verifier does not serve is left out, whatever its integrity code says', async () => {
    await pay();
    const { deployer, deployment } = network;
    const setFee = new Interface(['function setTypeAndSourceFee(bytes32, bytes32, uint256)']);
    const data = setFee.encodeFunctionData('setTypeAndSourceFee', [bytes32Text('Payment'), bytes32Text('XRP'), 5]);
    await deployer.send({ to: deployment.fdcRequestFeeConfigurations, data });
    const attestor = network.attestor();
    const request = await attestor.prepare('Payment', paymentBody);
    const mainnet = request.replace(bytes32Text('testXRP').slice(2), bytes32Text('XRP').slice(2));
    const submitted = await attestor.submit(mainnet);
    expect(submitted.feeWei).toBe(5n);
    expect(await attestor.collect('Payment', submitted)).toEqual({ kind: 'left out' });
  });

  test('data older than fourteen days are left out', async () => {
    const attestor = network.attestor();
    const body = { blockNumber: BigInt(network.history.lastIndex() - 5), queryWindow: 15n * 86_400n };
    const submitted = await attestor.submit(await attestor.prepare('ConfirmedBlockHeightExists', body));
    expect(await attestor.collect('ConfirmedBlockHeightExists', submitted)).toEqual({ kind: 'left out' });
  });

  test('a proof that does not lead to the root is not handed on', async () => {
    await pay();
    const attestor = network.attestor();
    const submitted = await attestor.submit(await attestor.prepare('Payment', paymentBody));
    const { votingRoundId } = submitted;
    await network.clock.advanceTo(network.clock.nowS() + 135);
    const { store } = network.rounds;
    const proofs = store.round(votingRoundId, network.clock.nowS());
    store.add(
      votingRoundId,
      0,
      proofs.map((stored) => ({ ...stored, proof: [] })),
    );
    await expect(attestor.collect('Payment', submitted)).rejects.toThrow(ProofDoesNotVerify);
  });

  test('a false statement goes through to the proof', async () => {
    await pay();
    network.faults.alterAttestation = (type, { responseBody, ...attestation }) => ({
      ...attestation,
      responseBody: type === 'Payment' ? { ...responseBody, receivedAmount: 1n } : responseBody,
    });
    const { proof } = await network.attestor().prove('Payment', paymentBody);
    expect(proof.data.responseBody.receivedAmount).toBe(1n);
  });

  test('servers that fail now and then are asked again', async () => {
    await pay();
    const failures = new Map<string, number>();
    network.faults.httpStatus = (server, path) => {
      const count = (failures.get(path) ?? 0) + 1;
      failures.set(path, count);
      return count <= 2 ? (server === 'verifier' ? 503 : 429) : undefined;
    };
    const { attempts } = await network.attestor().prove('Payment', paymentBody);
    expect(attempts).toHaveLength(1);
    expect(failures.size).toBe(2);
  });

  test('what is not so is rejected at once', async () => {
    await pay();
    const minimalBlockNumber = BigInt(network.history.lastIndex() - 4);
    await network.clock.advanceTo(network.clock.nowS() + 4);
    const proving = network.attestor().prove('ReferencedPaymentNonexistence', {
      minimalBlockNumber,
      deadlineBlockNumber: minimalBlockNumber + 1n,
      deadlineTimestamp: 0n,
      destinationAddressHash: hashOf(RECEIVER),
      amount: 5_000_000n,
      standardPaymentReference: REFERENCE,
      checkSourceAddresses: false,
      sourceAddressesRoot: REFERENCE,
    });
    await expect(proving).rejects.toThrow(RequestRejected);
    expect(network.waiter.sleeps).toBe(0);
    expect(network.paid).toEqual([]);
  });

  test('a request that the hub refuses is reported with its gas and without a fee', async () => {
    const request = await network.attestor().prepare('AddressValidity', { addressStr: RECEIVER });
    const unsupported = network.attestor().submit(`0x${'11'.repeat(100)}`);
    await expect(unsupported).rejects.toThrow('Type and source combination not supported');
    expect(network.paid).toEqual([]);

    const addresses = { ...network.deployment, fdcHub: network.deployment.relay };
    await expect(network.attestor({}, { addresses }).submit(request)).rejects.toThrow(TransactionReverted);
    expect(network.paid).toMatchObject([{ valueWei: 0n, receipt: { succeeded: false } }]);

    const hub = new Interface(['function requestAttestation(bytes)']);
    const data = hub.encodeFunctionData('requestAttestation', [request]);
    const tooLow = network.user.send({ to: network.deployment.fdcHub, data, valueWei: 999n });
    await expect(tooLow).rejects.toThrow('fee to low, call getRequestFee to get the required fee amount');
  });
});

describe('a round with a single leaf', () => {
  useNetwork({ singleLeaf: true });

  test('has an empty proof that verifies', async () => {
    await pay();
    const { proof } = await network.attestor().prove('Payment', paymentBody);
    expect(proof.merkleProof).toEqual([]);
    expect(await verifies('Payment', proof)).toBe(true);
  });
});

describe('the chain is left alone', () => {
  useNetwork();

  test('while nobody requests anything', async () => {
    const before = await network.rpc.call<string>('eth_blockNumber');
    await network.clock.advanceTo(network.clock.nowS() + 3600);
    const after = await network.rpc.call<string>('eth_blockNumber');
    expect(Number(after) - Number(before)).toBe(1); // the block that shows the new time
  });

  async function askedInProcess() {
    await pay();
    const fdc = inProcessFdc(network.verifier, network.rounds, network.clock);
    const prepared = fdc.prepare('Payment', paymentBody);
    if (!('request' in prepared)) throw new Error(prepared.status);
    const { votingRoundId } = await network.attestor().submit(prepared.request);
    return { fdc, request: prepared.request, votingRoundId };
  }

  test('services in the same process see rounds end', async () => {
    const { fdc, request, votingRoundId } = await askedInProcess();
    expect(fdc.roundOf(network.clock.nowS())).toBe(votingRoundId);
    expect(fdc.proofOf(votingRoundId, request)).toBeUndefined();
    network.faults.dataAvailabilityLagS = 30;
    await network.clock.advanceTo(network.rounds.votingRounds.endS(votingRoundId) + 45);
    expect(fdc.proofOf(votingRoundId, request)).toBeUndefined();
    await network.clock.advanceTo(network.clock.nowS() + 30);
    expect(fdc.proofOf(votingRoundId, request)).toMatchObject({ merkleProof: { length: 1 } });
    expect(fdc.proofOf(votingRoundId, '0x00')).toBe('missed');
  });

  test('services in the same process learn at once that a round got no root, not when a later one is served', async () => {
    const { fdc, request, votingRoundId } = await askedInProcess();
    network.faults.skipRound = (round) => round === votingRoundId;
    network.faults.dataAvailabilityLagS = 30;
    await network.clock.advanceTo(network.rounds.votingRounds.endS(votingRoundId) + 44);
    expect(fdc.proofOf(votingRoundId, request)).toBeUndefined();
    await network.clock.advanceTo(network.clock.nowS() + 1);
    expect(fdc.proofOf(votingRoundId, request)).toBe('missed');
  });

  test('each request is read once, and a chain that went back unasked is noticed', async () => {
    const log = new RequestLog(network.rpc, network.deployment.fdcHub);
    await log.next();
    const id = await network.rpc.call<string>('evm_snapshot');
    const attestor = network.attestor();
    const request = await attestor.prepare('AddressValidity', { addressStr: RECEIVER });
    await attestor.submit(request);
    expect(await log.next()).toEqual([{ requestHex: request, blockTimestampS: network.clock.nowS() }]);
    expect(await log.next()).toEqual([]);
    await network.rpc.call('evm_revert', [id]);
    await expect(log.next()).rejects.toThrow(/the chain was put back to block \d+, but the FDC rounds were not/);
  });
});
