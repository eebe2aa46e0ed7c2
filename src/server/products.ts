// What differs between the three kinds of tokens [M 35, 37].
import type { TokenProduct } from './options.js';

export interface ProductRules {
  /** Whether a key id belongs to the secret. */
  readonly hasKeyId: boolean;
  /** Whether the token must have a name and an e-mail. */
  readonly needsNameAndEmail: boolean;
  readonly defaultLifetimeS: number;
  readonly maxLifetimeS: number;
}

/** Zendesk has no shorter limit, but a token needs time for its way to the browser and to Zendesk. */
export const MIN_LIFETIME_S = 60;

const CLASSIC: ProductRules = {
  hasKeyId: false,
  needsNameAndEmail: true,
  defaultLifetimeS: 300,
  // Zendesk refuses chat tokens that live longer than 7 minutes.
  maxLifetimeS: 420,
};

export const PRODUCTS: Readonly<Record<TokenProduct, ProductRules>> = {
  messaging: { hasKeyId: true, needsNameAndEmail: false, defaultLifetimeS: 900, maxLifetimeS: 86_400 },
  chat: CLASSIC,
  'help-center': CLASSIC,
};
