import { expect, test } from 'vitest';
import { Closers } from './closers.ts';

test('stops in reverse order, each once, even when one fails', async () => {
  const closers = new Closers();
  const stopped: string[] = [];
  closers.add(async () => void stopped.push('first'));
  closers.add(() => Promise.reject(new Error('stuck')));
  closers.add(async () => void stopped.push('last'));
  await expect(closers.close()).rejects.toThrow('stuck');
  await expect(closers.close()).rejects.toThrow('stuck');
  expect(stopped).toEqual(['last', 'first']);
});
