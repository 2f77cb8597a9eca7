/**
 * Program for the tests: starts anvil, prints its URL, and lives until it is killed.
 */
import { startAnvil } from '../chain/anvil.ts';

const { url } = await startAnvil();
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 60_000);
