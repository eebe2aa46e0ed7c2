import { expect, it } from 'vitest';
import { findDoctorUrl } from '../../src/browser/second-script.js';

const FIRST = 'zendesk-messenger-auth.iife.min.js';
const SECOND = 'zendesk-messenger-auth.explain.iife.min.js';

it.each([
  [`https://shop.example/js/${FIRST}?v=1#x`, `https://shop.example/js/${SECOND}?v=1#x`],
  ['https://shop.example/zendesk-messenger-auth.iife.js', `https://shop.example/${SECOND}`],
  [
    `https://cdn.example/npm/zendesk-messenger-auth@0.1.0/dist/${FIRST}`,
    `https://cdn.example/npm/zendesk-messenger-auth@0.1.0/dist/${SECOND}`,
  ],
])('finds the doctor beside %s', (src, doctor) => {
  expect(findDoctorUrl(src)).toBe(doctor);
});

it.each([
  'https://unpkg.com/zendesk-messenger-auth',
  'https://cdn.jsdelivr.net/npm/zendesk-messenger-auth@0.1.0',
  'https://shop.example/bundle.js',
  '',
  undefined,
])('does not look for the doctor if another site could own the file: %s', (src) => {
  expect(findDoctorUrl(src)).toBeUndefined();
});
