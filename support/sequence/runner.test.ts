/** One step judged: what is right, what is wrong, what nobody can tell, and what the next step starts from. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type Happenings, redemptionReference } from '../model/background.ts';
import type { ReferencedPayment } from '../model/endings.ts';
import type { UserState } from '../model/state.ts';
import type { Expectation, Mismatch, Movement } from '../model/statement.ts';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import { defineBundle } from './bundle.ts';
import { type Book, type Session, closeBook, closeReached, decided, openBook, runStep } from './runner.ts';
import { type ExecutedStep, StepFailed, type StepResult } from './step.ts';

const NOTHING: Happenings = { payments: [], statuses: [], endedIn: new Map(), defaults: [], poolEvents: [], calls: [] };
const GAS: Movement = { account: 'native', amount: -7n, cause: 'fee', text: 'gas of mint', source: '0xfee' };
const LATER = { block: 101, ledger: 1_000_005, timeS: 1_795_348_519, ledgerTimeS: 1_795_348_518 };
const PAID: ReferencedPayment = {
  hash: 'AA',
  source: 'rUser',
  destination: 'rAgent',
  amountDrops: 30_411_000n,
  result: 'tesSUCCESS',
  ledger: 1_000_004,
  closedAtS: LATER.ledgerTimeS,
  refusals: [],
};
const MINTED: Expectation = {
  movements: [
    { account: 'xrp', amount: -30_411_000n, cause: 'own', text: 'payment' },
    { account: 'fAsset', amount: 30_000_000n, cause: 'own', text: 'minted' },
  ],
  records: { 'minting 7': { status: 'SUCCESSFUL', valueUba: '30000000' } },
  claims: [],
};

/** The user's world of one test: what is really there after the act, and what was seen on the way. */
interface Stage {
  closing: UserState;
  happenings: Happenings;
  gifts: readonly Movement[];
  uses: readonly string[];
  payments: readonly ReferencedPayment[];
  costs: Movement[];
  tracked: readonly string[];
  violations: readonly Mismatch[];
}

let stage: Stage;

const session: Session<{ fail?: Error }> = {
  user: 'user-1',
  address: '0x01',
  actors: {},
  tolerances: {},
  view: async (book) => ({ user: book.state, market: sampleMarket(), notes: book.notes, timelocks: book.timelocks }),
  viewMet: async (view) => view,
  userState: async (tracked) => {
    stage.tracked = tracked;
    return stage.closing;
  },
  happenings: async () => stage.happenings,
  foreignUses: async () => stage.uses,
  gifts: async (accounts) => stage.gifts.filter(({ account }) => accounts.includes(account)),
  evidence: async () => ({
    agentAddress: 'rAgent',
    payments: stage.payments,
    endedAtS: LATER.timeS,
    lastLedgerClosedAtS: undefined,
    attestationWindowS: 86_400n,
    isLedgerAddress: true,
  }),
  violations: async () => stage.violations,
  costMark: () => stage.costs.length,
  costsSince: (mark) => stage.costs.slice(mark),
  classify: (error) => ({ verdict: 'unknown', kind: 'TimeOut', text: error instanceof Error ? error.message : '' }),
};

const mint = defineBundle<{ fail?: Error }, { lots: string }, undefined>({
  name: 'mint',
  story: 'mints',
  choices: ['lots'],
  arrange: [],
  enabled: (view) => (view.user.balances['xrp'] ?? 0n) > 0n || 'no XRP',
  resolve: (_view, [lots = 0]) => ({ lots: String(lots) }),
  run: async (_plan, { fail }) => {
    stage.costs.push(GAS);
    if (fail !== undefined) throw fail;
  },
  expected: () => MINTED,
});

/** The opening state after the minting and its gas. */
const closingAfterMint = (change: Readonly<Record<string, bigint>> = {}): UserState => {
  const { balances } = sampleUser();
  return {
    ...sampleUser({
      native: (balances['native'] ?? 0n) - 7n,
      xrp: (balances['xrp'] ?? 0n) - 30_411_000n,
      fAsset: 30_000_000n,
      ...change,
    }),
    point: LATER,
    records: { 'minting 7': { status: 'SUCCESSFUL', valueUba: '30000000' } },
  };
};

async function play(book: Book = openBook(sampleUser()), actors = session.actors) {
  const begun: ExecutedStep[] = [];
  const ending = await runStep(
    { ...session, actors },
    book,
    decided(mint, [3]),
    'user-1',
    (step) => void begun.push(step),
  ).catch((error: unknown) => error);
  return { begun, ending };
}

async function failureOf(promise: ReturnType<typeof play>) {
  const { ending } = await promise;
  if (!(ending instanceof StepFailed)) throw new Error('the step did not fail', { cause: ending });
  return ending.failure;
}

beforeEach(() => {
  stage = {
    closing: closingAfterMint(),
    happenings: NOTHING,
    gifts: [],
    uses: [],
    payments: [PAID],
    costs: [],
    tracked: [],
    violations: [],
  };
});

describe('a plan that others have made impossible', () => {
  const refusing = (error: string | undefined) => ({
    ...mint,
    resolve: (...given: Parameters<typeof mint.resolve>) => ({ ...mint.resolve(...given), refusedWith: () => error }),
  });
  const playRefused = async (expected: string | undefined, met: string | undefined) => {
    const opening = sampleUser();
    const native = (opening.balances['native'] ?? 0n) - 7n;
    stage.closing = met === undefined ? closingAfterMint() : { ...sampleUser({ native }), point: LATER };
    stage.costs = [];
    const classify = () => ({ verdict: 'wrong', kind: `reverted with ${met}`, text: 'no' }) as const;
    const actors = met === undefined ? {} : { fail: new Error(met) };
    const bundle = refusing(expected);
    return runStep({ ...session, classify, actors }, openBook(opening), decided(bundle, [3]), 'user-1', () => {}).then(
      () => 'right',
      (error: unknown) => (error instanceof StepFailed ? error.failure.id : error),
    );
  };

  test('is refused with just that error and costs its gas', async () => {
    expect(await playRefused('NoLots', 'NoLots')).toBe('right');
  });

  test('anything else is wrong: another error, an error where none was due, no error where one was', async () => {
    expect(await playRefused('NoLots', 'TooLate')).toBe('mint: reverted with TooLate');
    expect(await playRefused(undefined, 'NoLots')).toBe('mint: reverted with NoLots');
    expect(await playRefused('NoLots', undefined)).toBe('mint: custom error');
  });

  test('is unknown, and still a failed step, when nobody can read whether it had to be refused', async () => {
    const classify = (error: unknown) =>
      error instanceof Error && error.message === 'NoLots'
        ? ({ verdict: 'wrong', kind: 'reverted with NoLots', text: 'no lots' } as const)
        : ({ verdict: 'unknown', kind: 'ServiceUnavailable', text: 'chain: down' } as const);
    const actors = { fail: new Error('NoLots') };
    const down = { ...session, classify, actors, userState: () => Promise.reject(new Error('chain: down')) };
    const acting = runStep(down, openBook(sampleUser()), decided(refusing('NoLots'), [3]), 'user-1', () => {});
    const error = await acting.catch((thrown: unknown) => thrown);
    if (!(error instanceof StepFailed)) throw new Error('the step was lost', { cause: error });
    expect([error.failure.verdict, error.failure.id]).toEqual(['unknown', 'mint: ServiceUnavailable']);
    expect(error.message).toBe('user-1, mint: no lots; whether it had to be refused nobody can tell: chain: down');
  });
});

describe('runStep', () => {
  test('a right step: its plan, its transactions, and the closing state as the next opening', async () => {
    const { begun, ending } = await play();
    const step = { user: 'user-1', bundle: 'mint', choices: [3], plan: { lots: '3' } };
    expect(begun).toEqual([step]);
    expect(ending).toMatchObject({
      book: { state: { point: LATER, balances: stage.closing.balances } },
      result: { step, failure: undefined, transactions: ['0xfee'], startedAtS: 1_795_348_509 },
    });
    expect(stage.tracked, 'new records are read for the closing').toEqual(['minting 7']);
  });

  test('a record that can never change again is not read again', async () => {
    const { ending } = await play();
    expect(ending).toMatchObject({ book: { state: { records: {} } } });
  });

  test('one drop off is wrong, with the account and the amount', async () => {
    stage.closing = closingAfterMint({ fAsset: 29_999_999n });
    expect(await failureOf(play())).toMatchObject({
      verdict: 'wrong',
      id: 'mint: balance of fAsset',
      sentence: 'user-1, mint: fAsset is 29999999, expected 30000000, off by -1',
      transactions: ['0xfee'],
    });
  });

  test('a fee that no receipt explains is wrong', async () => {
    stage.closing = closingAfterMint({ native: 2_000n * 10n ** 18n - 8n });
    expect(await failureOf(play())).toMatchObject({ id: 'mint: balance of native' });
  });

  test('what does not hold of the whole protocol is wrong, although the user has all that is theirs', async () => {
    stage.violations = [{ kind: 'supply', subject: 'FAsset supply', expected: '30', actual: '31' }];
    expect(await failureOf(play())).toMatchObject({
      verdict: 'wrong',
      id: 'mint: supply',
      sentence: 'user-1, mint: FAsset supply is 31, expected 30',
    });
  });

  test('costs from before the step are not counted again', async () => {
    stage.costs.push({ ...GAS, amount: -1_000n, source: '0xold' });
    const { ending } = await play();
    expect(ending).toMatchObject({ result: { failure: undefined, transactions: ['0xfee'] } });
  });

  test('an act that throws gets the verdict the session gives it, without a statement', async () => {
    const failure = await failureOf(play(undefined, { fail: new Error('no answer in 5 s') }));
    expect(failure).toEqual({
      verdict: 'unknown',
      id: 'mint: TimeOut',
      sentence: 'user-1, mint: no answer in 5 s',
      transactions: ['0xfee'],
    });
  });

  test('what is not enabled sends nothing and begins nothing', async () => {
    const { begun, ending } = await play(openBook(sampleUser({ xrp: 0n })));
    expect(ending).toMatchObject({ notEnabled: 'mint: no XRP', bundles: ['mint'] });
    expect(begun).toEqual([]);
    expect(stage.costs).toEqual([]);
  });

  test('an ending that nothing deserves is wrong, whoever brought it about', async () => {
    stage.payments = [];
    expect(await failureOf(play())).toMatchObject({ verdict: 'wrong', id: 'mint: ground for minting SUCCESSFUL' });
    const request = { status: 'ACTIVE', valueUba: '20000000', feeUba: '100000' };
    const book = openBook({ ...sampleUser(), records: { 'redemption 384': request } });
    stage.happenings = { ...NOTHING, statuses: [{ record: 'redemption 384', status: 'BLOCKED' }] };
    const records = { 'redemption 384': { ...request, status: 'BLOCKED' } };
    stage.closing = { ...sampleUser(), point: LATER, records };
    const { statement } = await closeBook(session, book);
    expect(statement.mismatches.map(({ kind }) => kind)).toEqual(['ground for redemption BLOCKED']);
  });

  test("an agent's payment that arrives meanwhile is explained by the open redemption, once", async () => {
    const request = { status: 'ACTIVE', agentVault: '0xaa', valueUba: '20000000', feeUba: '100000' };
    const book = openBook({ ...sampleUser(), records: { 'redemption 384': request } });
    const xrp = (sampleUser().balances['xrp'] ?? 0n) - 30_411_000n + 19_900_000n;
    const closing = closingAfterMint({ xrp });
    stage.closing = { ...closing, records: { ...closing.records, 'redemption 384': request } };
    stage.happenings = {
      ...NOTHING,
      payments: [
        {
          source: 'rAgent',
          agentVault: '0xaa',
          reference: redemptionReference(384n),
          memos: [redemptionReference(384n)],
          hash: 'AA',
          deliveredDrops: 19_900_000n,
        },
      ],
    };
    const { ending } = await play(book);
    expect(ending).toMatchObject({
      book: { paid: new Set(['redemption 384']), state: { records: { 'redemption 384': request } } },
      result: { failure: undefined },
    });
    const paid = { ...book, paid: new Set(['redemption 384']) };
    expect(await failureOf(play(paid))).toMatchObject({ id: 'mint: balance of xrp' });
  });

  test('a partner acts in the lane of another', async () => {
    const begun: ExecutedStep[] = [];
    await runStep(
      session,
      openBook(sampleUser()),
      decided(mint, [3], { lots: '1' }),
      'user-2',
      (step) => void begun.push(step),
    );
    expect(begun).toMatchObject([{ user: 'user-1', lane: 'user-2', params: { lots: '1' } }]);
  });
});

describe('closeBook', () => {
  test('finds what changed without an act', async () => {
    stage.closing = { ...sampleUser({ xrp: 999_999_999n }), point: LATER };
    const { statement } = await closeBook(session, openBook(sampleUser()));
    expect(statement.mismatches).toMatchObject([{ subject: 'xrp', difference: -1n }]);
  });

  const gift: Movement = { account: 'native', amount: 5n, cause: 'background', text: 'gift of 0xef', source: '0x9' };

  test.for([
    ['a gift', 5n, []],
    ['less than a gift', 4n, ['native']],
    ['more than a gift', 6n, ['native']],
    ['no gift, but a loss', -5n, ['native']],
  ] as const)('a balance that rose is explained by %s', async ([, difference, off]) => {
    stage.gifts = [gift];
    const { native = 0n } = sampleUser().balances;
    stage.closing = { ...sampleUser({ native: native + difference }), point: LATER };
    const { statement } = await closeBook(session, openBook(sampleUser()));
    expect(statement.mismatches.map(({ subject }) => subject)).toEqual(off);
  });

  test.for([
    ['native', ["whoever used the user's keys", 'native']],
    ['xrp', ["whoever used the user's keys", 'xrp']],
    ['wNat', ['wNat']],
  ] as const)(
    'a fee of %s that nobody in the run paid: who used the keys is said first',
    async ([account, subjects]) => {
      stage.uses = ['0xabc'];
      const { [account]: held = 0n } = sampleUser().balances;
      stage.closing = { ...sampleUser({ [account]: held - 12n }), point: LATER };
      const { statement } = await closeBook(session, openBook(sampleUser()));
      expect(statement.mismatches.map(({ subject }) => subject)).toEqual(subjects);
    },
  );

  test('is content when nothing changed', async () => {
    stage.closing = { ...sampleUser(), point: LATER };
    const { statement, book } = await closeBook(session, openBook(sampleUser()));
    expect(statement.mismatches).toEqual([]);
    expect(book.state.point).toEqual(LATER);
  });
});

describe('closeReached', () => {
  const partner = { ...session, user: 'user-1-partner', address: '0x02' };
  const handing = { hash: '0xaa', sender: '0x01', what: 'fAsset.transfer', args: { to: '0x02', amount: 7n } };
  const result: StepResult = {
    step: { user: 'user-1', bundle: 'transfer', choices: [], plan: {} },
    failure: undefined,
    statement: undefined,
    transactions: ['0xaa'],
    tookMs: 1,
    startedAtS: 1,
  };
  const close = async (receivedUba: bigint, by = partner) => {
    stage.closing = sampleUser({ fAsset: receivedUba });
    stage.happenings = { ...NOTHING, calls: [handing] };
    return closeReached(by, openBook(sampleUser()), result).catch((error: unknown) => error);
  };

  test('what was handed on is a movement of theirs', async () => {
    expect(await close(7n)).toMatchObject({
      book: { state: { balances: { fAsset: 7n } } },
      statement: { user: 'user-1-partner', mismatches: [] },
    });
  });

  test('a unit that never arrived fails the step that should have brought it', async () => {
    const error = await close(6n);
    expect(error).toBeInstanceOf(StepFailed);
    expect(error).toMatchObject({
      failure: {
        id: 'transfer: balance of fAsset',
        sentence: 'user-1-partner, transfer: fAsset is 6, expected 7, off by -1',
        transactions: ['0xaa'],
      },
      result: { step: { user: 'user-1' } },
    });
  });

  test('an account that cannot be read makes it unknown', async () => {
    const down = { ...partner, userState: () => Promise.reject(new Error('chain: down')) };
    expect(await close(7n, down)).toMatchObject({ failure: { verdict: 'unknown', id: 'transfer: TimeOut' } });
  });
});
