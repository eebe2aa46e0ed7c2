// Keeps the browser from requesting Zendesk's script. The fake runs in its place.
import type { FakeWindow } from '../testing/index.js';

const ZENDESK = /^https:\/\/([\w-]+\.)*(zdassets|zendesk)\.com(\/|$)/i;

/** Whether it is an address of Zendesk's servers. */
export const isZendesk = (url: string): boolean => ZENDESK.test(url);

/**
 * From now on, no script element of the page gets a `src` at Zendesk. Its property `src` has the address nevertheless, so
 * the page and the fake can read it. Returns a function that undoes this for later elements.
 *
 * It cannot stop a script tag that is in the page's HTML, because the browser requests its file before any script sees
 * the tag.
 */
export function keepScriptsAway({ document }: FakeWindow): () => void {
  const sources = new WeakMap<Element, string>();
  return replaceSetter(document.createElement('script'), 'src', {
    read: (script) => sources.get(script),
    take(script, value) {
      // A page with Trusted Types passes an object.
      if (isZendesk(String(value))) return !!sources.set(script, String(value));
      sources.delete(script);
      return false;
    },
  });
}

/** From now on, no link element of the page connects to Zendesk. Returns a function that undoes this for later elements. */
export function keepLinksAway({ document }: FakeWindow): () => void {
  return replaceSetter(document.createElement('link'), 'href', {
    read: () => undefined,
    take: (_, value) => isZendesk(String(value)),
  });
}

interface Replacement {
  /** Returns the value that was taken from this element. */
  read(element: Element): string | undefined;
  /** Returns whether the element must not get this value. */
  take(element: Element, value: unknown): boolean;
}

/** Replaces the property, and setAttribute() for the attribute of the same name, of all elements of this kind. */
function replaceSetter(element: HTMLElement, name: 'src' | 'href', { read, take }: Replacement): () => void {
  const prototype = Object.getPrototypeOf(element) as HTMLElement;
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name)!;
  const hadOwn = Object.hasOwn(prototype, 'setAttribute');
  const { setAttribute } = prototype;
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: Element) {
      return read(this) ?? (get!.call(this) as string);
    },
    set(this: Element, value: unknown) {
      if (!take(this, value)) set!.call(this, value);
    },
  });
  prototype.setAttribute = function (this: Element, given: string, value: string) {
    if (given.toLowerCase() !== name || !take(this, value)) setAttribute.call(this, given, value);
  };
  return () => {
    Object.defineProperty(prototype, name, { configurable: true, enumerable: true, get: get!, set: set! });
    if (hadOwn) prototype.setAttribute = setAttribute;
    else delete (prototype as Partial<HTMLElement>).setAttribute;
  };
}
