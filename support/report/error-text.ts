/**
 * What leaves a process of an error thrown in it: text only.
 *
 * vitest hands everything an error carries to its reporters, its page and its files. A bigint there breaks `--ui` and the
 * HTML, blob and JSON reports; a whole play makes JUnit unreadable.
 */

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

/** The text of anything thrown; in a circular chain of causes, each once. */
export function errorText(thrown: unknown, told: ReadonlySet<unknown> = new Set()): ErrorText {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: String(thrown) };
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(thrown, name);
    return typeof value === 'string' ? value : undefined;
  };
  const cause: unknown = Reflect.get(thrown, 'cause');
  const alreadyTold = new Set([...told, thrown]);
  return {
    name: text('name') ?? 'Error',
    message: text('message') || messagesWithin(thrown),
    ...Object.fromEntries(OPTIONAL.flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]]))),
    ...(cause == null || alreadyTold.has(cause) ? {} : { cause: errorText(cause, alreadyTold) }),
  };
}

/** Node joins the refusals of several addresses in an error that has no message of its own. */
const messagesWithin = (thrown: object): string =>
  thrown instanceof AggregateError ? thrown.errors.map((error) => errorText(error).message).join('; ') : '';

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
