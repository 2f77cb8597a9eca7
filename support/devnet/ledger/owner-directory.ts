/**
 * Owner directories: the list of what an account owns, in pages, as the ledger keeps it.
 *
 * New entries go to the last page; within a page they are in order. A page that empties goes, the root last.
 */
import { type DirectoryNode, type Entry, type OwnedEntry, noThread } from './entries.ts';
import { ownerDirectoryIndex } from './hashing.ts';
import type { Sandbox, State } from './state.ts';

const entriesPerPage = 32;

type Entries = Pick<State, 'get'>;

function pageOf(entries: Entries, owner: string, page: number): DirectoryNode | undefined {
  const entry = entries.get(ownerDirectoryIndex(owner, page));
  return entry?.type === 'DirectoryNode' ? entry : undefined;
}

/** The pages of an account's directory, the root first. */
function* pagesOf(entries: Entries, owner: string): Generator<DirectoryNode> {
  for (let node = pageOf(entries, owner, 0); node !== undefined;) {
    yield node;
    node = node.nextPage === 0 ? undefined : pageOf(entries, owner, node.nextPage);
  }
}

const isOwned = (entry: Entry | undefined): entry is OwnedEntry =>
  entry !== undefined && 'account' in entry && entry.type !== 'AccountRoot';

/** What an account owns, in the order of its directory. */
export const ownedBy = (entries: Entries, owner: string): OwnedEntry[] =>
  [...pagesOf(entries, owner)].flatMap(({ indexes }) => indexes.map((index) => entries.get(index)).filter(isOwned));

/** Lists the entry with this index in its owner's directory. @returns the page that now lists it */
export function addToDirectory(sandbox: Sandbox, owner: string, index: string): number {
  const root = pageOf(sandbox, owner, 0);
  if (root === undefined) {
    sandbox.put(newPage(owner, 0, index));
    return 0;
  }
  const last = pageOf(sandbox, owner, root.previousPage) ?? root;
  if (last.indexes.length < entriesPerPage) {
    sandbox.put({ ...last, indexes: [...last.indexes, index].toSorted() });
    return last.page;
  }
  const page = last.page + 1;
  sandbox.put({ ...last, nextPage: page });
  // The root may be the page just changed.
  sandbox.put({ ...(pageOf(sandbox, owner, 0) ?? root), previousPage: page });
  sandbox.put({ ...newPage(owner, page, index), previousPage: last.page });
  return page;
}

const newPage = (owner: string, page: number, index: string): DirectoryNode => ({
  type: 'DirectoryNode',
  owner,
  page,
  indexes: [index],
  nextPage: 0,
  previousPage: 0,
  thread: noThread,
});

/** Takes an entry off its page. A used ticket leaves an empty root behind, anything else does not. */
export function removeFromDirectory(
  sandbox: Sandbox,
  { owner, page, index }: { owner: string; page: number; index: string },
  emptyRoot: 'keep' | 'drop' = 'drop',
): void {
  const node = pageOf(sandbox, owner, page);
  if (node === undefined) return;
  const indexes = node.indexes.filter((other) => other !== index);
  const isAlone = page === 0 && node.nextPage === 0;
  sandbox.put({ ...node, indexes });
  if (indexes.length > 0 || (page === 0 && !isAlone)) return;
  if (page > 0) unlink(sandbox, node);
  const root = pageOf(sandbox, owner, 0);
  const isEmpty = root !== undefined && root.nextPage === 0 && root.indexes.length === 0;
  if (isEmpty && emptyRoot === 'drop') sandbox.delete(root);
}

function unlink(sandbox: Sandbox, node: DirectoryNode): void {
  const { owner, previousPage, nextPage } = node;
  const previous = pageOf(sandbox, owner, previousPage);
  if (previous !== undefined) sandbox.put({ ...previous, nextPage });
  // After the last page comes the root, which knows the last page as the one before it.
  const next = pageOf(sandbox, owner, nextPage);
  if (next !== undefined) sandbox.put({ ...next, previousPage });
  sandbox.delete({ ...node, indexes: [] });
}

/** Ends the directory of an account that is deleted. */
export function deleteDirectory(sandbox: Sandbox, owner: string): void {
  for (const node of pagesOf(sandbox, owner)) sandbox.delete(node);
}
