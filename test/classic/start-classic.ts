// A page with the fake Web Widget (Classic), its backend and a site's token source, under fake timers.
import { afterEach, beforeEach, vi } from 'vitest';
import {
  createClassicAuth,
  type ClassicAuth,
  type ClassicAuthOptions,
  type ClassicProduct,
} from '../../src/classic/index.js';
import { FAKE_ACCOUNT, signToken, type FakeBackend, type InstalledMessenger } from '../../src/testing/index.js';
import { insertTag, install, pass } from '../testing/start-messenger.js';
import { createFakeBackend } from '../../src/testing/index.js';

export const nowS = () => Math.floor(Date.now() / 1000);
export const SECRETS = { chat: FAKE_ACCOUNT.chatSecret, helpCenter: FAKE_ACCOUNT.helpCenterSecret };
export const ADA = { name: 'ada', externalId: 'ada' };
export const BOB = { name: 'bob', externalId: 'bob' };
export const NOBODY = { chat: undefined, helpCenter: undefined };

export function sign(product: ClassicProduct, user = 'ada', claims: object = {}, header: object = {}): string {
  const all = {
    name: user,
    email: `${user}@shop.example`,
    external_id: user,
    iat: nowS(),
    exp: nowS() + 300,
    ...claims,
  };
  return signToken(all, { secret: SECRETS[product], header: { ...header } });
}

/** The site's backend. Changes apply from the next request on. */
export interface Site {
  user: string | null;
  delayMs: number;
  /** What is returned instead of a token, for each product. May throw. */
  instead: ((product: ClassicProduct) => unknown) | undefined;
  readonly requests: { readonly product: ClassicProduct; readonly signal: AbortSignal }[];
}

export interface ClassicPage {
  readonly site: Site;
  readonly auth: ClassicAuth;
  readonly errors: any[];
  readonly backend: FakeBackend;
  readonly widget: InstalledMessenger;
  products(): ClassicProduct[];
}

const created: ClassicAuth[] = [];

export function useClassicPages(): void {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => created.splice(0).forEach((auth) => auth.destroy()));
}

export function create(options: ClassicAuthOptions): ClassicAuth {
  const auth = createClassicAuth(options);
  created.push(auth);
  return auth;
}

/** Creates the site and the library's part, and then the widget, as a page should. */
export async function startClassic(
  options: Partial<ClassicAuthOptions> = {},
  given: Partial<Site> = {},
  backend = createFakeBackend({ build: 'classic' }),
): Promise<ClassicPage> {
  const site: Site = { user: 'ada', delayMs: 20, instead: undefined, requests: [], ...given };
  const errors: unknown[] = [];
  const getToken = async ({ product, signal }: { product: ClassicProduct; signal: AbortSignal }): Promise<any> => {
    const { user, instead } = site;
    site.requests.push({ product, signal });
    await new Promise((resolve) => setTimeout(resolve, site.delayMs));
    return instead ? instead(product) : user && sign(product, user);
  };
  const source = options.tokenUrl ? {} : { getToken };
  const auth = create({
    products: ['chat', 'helpCenter'],
    onError: (error) => void errors.push(error),
    ...source,
    ...options,
  });
  const widget = install(backend);
  insertTag();
  await pass(100);
  return { site, auth, errors, backend, widget, products: () => site.requests.map(({ product }) => product) };
}
