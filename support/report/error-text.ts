/**
 * What leaves a process of an error thrown in it: text only.
 *
 * vitest hands everything an error carries to its reporters, its page and its files. A bigint there breaks `--ui` and the
 * HTML, blob and JSON reports; a whole play makes JUnit unreadable.
 */
import { inspect } from 'node:util';
import { isNativeError } from 'node:util/types';

export interface ErrorText {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What an assertion compared, and how the two differ. */
  readonly expected?: string;
  readonly actual?: string;
  readonly diff?: string;
  readonly cause?: ErrorText;
}

const OPTIONAL = ['stack', 'expected', 'actual', 'diff'] as const;
/** In a row of causes; nobody reads further. */
const MOST_CAUSES = 20;

/** The text of anything thrown, whatever it holds; never throws. In a circle of causes, each once. */
export function errorText(thrown: unknown, told: ReadonlySet<unknown> = new Set()): ErrorText {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: String(thrown) };
  const text = (name: string): string | undefined => {
    const value = read(thrown, name);
    return typeof value === 'string' ? value : undefined;
  };
  const cause = read(thrown, 'cause');
  const alreadyTold = new Set([...told, thrown]);
  const isLast = cause == null || alreadyTold.has(cause) || alreadyTold.size > MOST_CAUSES;
  return {
    name: text('name') ?? 'Error',
    message: text('message') || wordsFor(thrown, alreadyTold),
    ...Object.fromEntries(OPTIONAL.flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]]))),
    ...(isLast ? {} : { cause: errorText(cause, alreadyTold) }),
  };
}

/** Undefined for what cannot be read. */
function read(holder: object, name: string): unknown {
  try {
    return Reflect.get(holder, name);
  } catch {
    return undefined; // a getter of a library; that it fails is not why the test is red
  }
}

/** Of what has no message: Node joins the refusals of several addresses in such an error, and some throw what is no error. */
function wordsFor(thrown: object, told: ReadonlySet<unknown>): string {
  const within = read(thrown, 'errors');
  if (Array.isArray(within))
    return within
      .filter((error) => !told.has(error))
      .map((error) => errorText(error, told).message)
      .join('; ');
  return isNativeError(thrown) ? '' : inspect(thrown);
}

/** From now on vitest serialises errors of these classes and their subclasses as text: it calls an error's toJSON. */
export function sendAsText(...classes: readonly { readonly prototype: Error }[]): void {
  for (const { prototype } of classes)
    Reflect.defineProperty(prototype, 'toJSON', {
      configurable: true,
      writable: true,
      value(this: Error): ErrorText {
        return errorText(this);
      },
    });
}
