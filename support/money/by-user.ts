/** Several users, each in a lane of their own. One user's trouble stops no other. */
import type { Troubles } from '../units/troubles.ts';
import type { Waiter } from '../units/waiter.ts';
import type { UserSession } from '../users/session.ts';
import type { World } from '../network/world.ts';

/**
 * What `act` returns for each user, by name. Users for whom it throws are left out and noted in `troubles`. Where time
 * cannot be moved, they wait side by side.
 */
export async function forEachUser<T>(
  world: Pick<World, 'run'>,
  users: readonly UserSession[],
  troubles: Troubles,
  act: (user: UserSession, waiter: Waiter) => Promise<T>,
): Promise<Map<string, T>> {
  const results = new Map<string, T>();
  const ended = new Set<string>();
  const lanes = users.map((user) => ({
    name: user.user,
    run: async (waiter: Waiter) => {
      user.enterLane(waiter);
      await troubles.attempt(user.user, async () => results.set(user.user, await act(user, waiter)));
      ended.add(user.user);
    },
  }));
  try {
    await world.run(lanes, []);
  } catch (error) {
    // Time itself failed, and with it all who were waiting.
    for (const { user } of users) if (!ended.has(user)) troubles.add(user, error);
  }
  return results;
}
