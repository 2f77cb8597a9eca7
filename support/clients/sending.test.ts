/** The order of events of sending, on a chain made of a list. */
import { expect, test } from 'vitest';
import type { Journal, SignedTransaction } from './journal.ts';
import { type Chain, type Found, type Offered, Sending, type Signer, settle } from './sending.ts';

interface In {
  readonly hash: string;
  readonly succeeded: boolean;
}

/** A chain on which nothing happens but what a test says; everything asked of it is told in order. */
class Told {
  readonly events: string[] = [];
  /** Answers to the next looks; then it is nowhere. */
  readonly looks: Found<In>[] = [];
  readonly offers: Offered<In>[] = [];
  /** Events that fail, by name. */
  readonly failures = new Set<string>();
  /** Those that a chain refuses to take again. */
  readonly refused = new Set<string>();
  #signed = 0;

  #tell(event: string): void {
    this.events.push(event);
    if (this.failures.delete(event)) throw new Error(`${event} failed`);
  }

  readonly journal: Journal = {
    signed: ({ hash }) => this.#tell(`write ${hash}`),
    final: (hash, fate) => this.#tell(`${hash} is ${fate}`),
  };

  readonly chain: Chain<In> = {
    looksBetweenOffers: 2,
    looksToDeath: 1,
    look: async (rivals) => {
      this.#tell(`look for ${rivals.map(({ hash }) => hash).join(' ')}`);
      return this.looks.shift() ?? { kind: 'nowhere' };
    },
    offerAgain: async ({ hash }) => {
      this.#tell(`offer ${hash} again`);
      return !this.refused.has(hash);
    },
    pause: async (_, looks) => {
      if (looks > 3) throw new Error('waited long enough');
    },
  };

  signer(options: Partial<Signer<string, In>> = {}): Signer<string, In> {
    return {
      sign: async () => this.#sign(),
      offer: async ({ hash }) => {
        this.#tell(`offer ${hash}`);
        return this.offers.shift() ?? { kind: 'final', final: { hash, succeeded: true } };
      },
      spent: () => new Error('spent'),
      mostSignings: 2,
      isAlone: true,
      ...options,
    };
  }

  rival(): SignedTransaction {
    return this.#sign();
  }

  #sign(): SignedTransaction {
    this.#signed += 1;
    const hash = `t${this.#signed}`;
    this.#tell(`sign ${hash}`);
    return { chain: 'evm', hash, raw: '0x', account: 'a', sequence: 1 };
  }

  sending(options: Partial<Signer<string, In>> = {}) {
    const sending = new Sending(this.signer(options), this.journal);
    return () => sending.send('pay', this.chain);
  }
}

const inBlock = (hash: string): Found<In> => ({ kind: 'final', final: { hash, succeeded: true } });

test('signed, written down, offered, final; the next after it', async () => {
  const told = new Told();
  const send = told.sending();
  await Promise.all([send(), send()]);
  expect(told.events).toEqual(['t1', 't2'].flatMap((t) => [`sign ${t}`, `write ${t}`, `offer ${t}`, `${t} is done`]));
});

test('what could not be written down is forgotten', async () => {
  const told = new Told();
  const send = told.sending();
  told.failures.add('write t1');
  await expect(send()).rejects.toThrow('write t1 failed');
  await send();
  expect(told.events.join('; ')).toBe('sign t1; write t1; sign t2; write t2; offer t2; t2 is done');
});

test("a rival is written down before it is offered, and its fate is the entry's", async () => {
  const told = new Told();
  told.offers.push({ kind: 'taken' });
  told.looks.push({ kind: 'nowhere' }, inBlock('t1'));
  const isFirst = { left: true };
  const signRival = async () => {
    const rival = isFirst.left ? told.rival() : undefined;
    isFirst.left = false;
    return rival;
  };
  await told.sending({ signRival })();
  expect(told.events.slice(3)).toEqual([
    'look for t1',
    'sign t2',
    'write t2',
    'offer t2 again',
    'look for t2 t1',
    't2 is dead',
    't1 is done',
  ]);
});

test('what failed on the way is settled before anything new is signed, and again until its fate is written down', async () => {
  const told = new Told();
  const send = told.sending();
  told.failures.add('offer t1').add('t1 is done');
  await expect(send()).rejects.toThrow('offer t1 failed');
  told.looks.push(inBlock('t1'), inBlock('t1'));
  await expect(send()).rejects.toThrow('t1 is done failed');
  await send();
  expect(told.events.join('; ')).toBe(
    'sign t1; write t1; offer t1; look for t1; t1 is done; look for t1; t1 is done; sign t2; write t2; offer t2; t2 is done',
  );
});

test('side by side: the next is signed when this one has been offered; one that is left stops it all the same', async () => {
  const told = new Told();
  const send = told.sending({ isAlone: false });
  told.offers.push({ kind: 'taken' }, { kind: 'taken' });
  told.looks.push({ kind: 'waiting' }, { kind: 'waiting' }, inBlock('t1'), inBlock('t2'));
  await Promise.all([send(), send()]);
  expect(told.events.indexOf('sign t2')).toBeLessThan(told.events.indexOf('t1 is done'));
  told.failures.add('offer t3');
  told.looks.push(inBlock('t3'));
  const [failed, after] = await Promise.allSettled([send(), send()]);
  expect([failed?.status, after?.status]).toEqual(['rejected', 'fulfilled']);
  expect(told.events.indexOf('t3 is done')).toBeLessThan(told.events.indexOf('sign t4'));
});

test('a refusal is final and thrown; the dead are signed anew, and not for ever', async () => {
  const told = new Told();
  const send = told.sending();
  told.offers.push({ kind: 'refused', error: new Error('no') });
  await expect(send()).rejects.toThrow('no');
  told.offers.push({ kind: 'unclear' }, { kind: 'unclear' });
  told.looks.push({ kind: 'gone' }, { kind: 'gone' });
  await expect(send()).rejects.toThrow('spent');
  expect(told.events.filter((event) => event.includes(' is '))).toEqual(['t1 is dead', 't2 is dead', 't3 is dead']);
});

test('the newest rival that is not refused is offered, every second look', async () => {
  const told = new Told();
  const rivals = [told.rival(), told.rival(), told.rival()].toReversed();
  told.refused.add('t3');
  await expect(settle(rivals, told.chain)).rejects.toThrow('waited long enough');
  expect(told.events.filter((event) => event.endsWith('again'))).toEqual([
    'offer t3 again',
    'offer t2 again',
    'offer t3 again',
    'offer t2 again',
    'offer t3 again',
    'offer t2 again',
  ]);
});
