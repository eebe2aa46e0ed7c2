// In which products a user was signed in, on this page or an earlier one: the help center's session outlives the page. The
// record is a list of products and says nothing about the user.
import type { ClassicProduct } from './options.js';

export interface SignedInRecord {
  has(product: ClassicProduct): boolean;
  add(product: ClassicProduct): void;
  clear(): void;
}

const KEY = 'zendesk-messenger-auth:classic';

/** Where the storage is denied, the record lasts as long as the page. */
export function createSignedInRecord(): SignedInRecord {
  let products = '';
  try {
    products = (localStorage[KEY] as string | undefined) ?? '';
  } catch {
    // Denied.
  }
  const store = (newProducts: string) => {
    products = newProducts;
    try {
      localStorage[KEY] = products;
    } catch {
      // Denied.
    }
  };
  return {
    has: (product) => products.includes(product),
    add: (product) => store(`${products} ${product}`),
    clear: () => store(''),
  };
}
