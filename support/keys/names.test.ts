import { describe, expect, test } from 'vitest';
import { chosenUsers, userNames } from './names.ts';

describe('userNames', () => {
  test.each([
    [3, 1, ['user-1', 'user-2', 'user-3']],
    [3, 2, ['user-4', 'user-5', 'user-6']],
    [[1, 3], 1, ['user-1', 'user-3']],
    [[1, 3], 2, ['user-4', 'user-6']],
    [[1, 3], 3, ['user-7', 'user-9']],
  ])('%j in shard %i', (users, index, names) => expect(userNames(users, { index })).toEqual(names));
});

describe('chosenUsers', () => {
  test.each([
    [['user-1', 'user-2'], 2],
    [['user-2'], [2]],
    [
      ['user-4', 'user-6'],
      [4, 6],
    ],
  ])('%j are %j, and the names come back', (names, users) => {
    expect(chosenUsers(names)).toEqual(users);
    expect(userNames(chosenUsers(names))).toEqual(names);
  });

  test.each(['funder', 'user-1-partner', 'user-0', 'user-'])('%s is no user', (name) =>
    expect(() => chosenUsers([name])).toThrow(`${name} is not the name of a user`),
  );
});
