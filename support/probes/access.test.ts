/** The table of access is complete against the official ABI, and every error in it is one that a revert can be told by. */
import { Interface } from 'ethers';
import { describe, expect, test } from 'vitest';
import { ERROR_FRAGMENTS } from '../clients/flare/protocol-errors.ts';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { ACCESS_RULES, KIND_NAMES } from './access.ts';
import { ANYBODY, BY_RECORD } from './access-table.ts';

const keyOf = ({ kind, fragment }: (typeof ACCESS_RULES)[number]) =>
  `${KIND_NAMES[kind]}.${fragment.format('sighash')}`;

describe('the table of access', () => {
  test('has every function of the official ABI that changes something', () => {
    const known = new Set(
      ACCESS_RULES.filter(({ kind }) => kind === 'assetManager').map(({ fragment }) => fragment.selector),
    );
    const missing: string[] = [];
    assetManagerInterface.forEachFunction((fragment) => {
      if (!fragment.constant && !known.has(fragment.selector)) missing.push(fragment.format('sighash'));
    });
    expect(missing).toEqual([]);
  });

  test('has each function once', () => {
    const keys = ACCESS_RULES.map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('names only errors that are known', () => {
    const errors = new Interface(ERROR_FRAGMENTS);
    const rules = new Set(
      ACCESS_RULES.map(({ rule }) => rule).filter((rule) => rule !== ANYBODY && rule !== BY_RECORD),
    );
    const unknown = [...rules].filter((rule) => !rule.includes(' ') && errors.getError(rule) === null);
    expect(unknown).toEqual([]);
  });
});
