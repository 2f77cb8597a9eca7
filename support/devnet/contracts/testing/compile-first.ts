/** Before the first test, also of a single file: the contracts are compiled and in the cache, so that no test waits for it. */
import { compileContracts } from '../compile.ts';

export default async function setup(): Promise<void> {
  await compileContracts();
}
