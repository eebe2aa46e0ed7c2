// The shop's page, without the messenger.
import { makeElement } from './make-element.js';

const GOODS = ['Notebook', 'Ink', 'Fountain pen', 'Envelopes'];

/** Returns a new body of the page. The element with the id `user` names who is signed in. */
export function createBody(document) {
  const make = (...parts) => makeElement(document, ...parts);
  const goods = GOODS.map((name) => make('article', {}, {}, make('p', { textContent: name })));
  const bar = make('header', {}, {}, make('h1', { textContent: 'Paper & Pens' }), make('span', { id: 'user' }));
  return make('body', {}, {}, bar, make('main', {}, { 'aria-label': 'Goods' }, ...goods));
}
