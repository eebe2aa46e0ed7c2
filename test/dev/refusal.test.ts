import { afterEach, expect, it, vi } from 'vitest';
import { findRefusal } from '../../src/dev/refusal.js';

const refusalAt = (address: string) => findRefusal(new URL(address));

afterEach(() => vi.unstubAllEnvs());

it.each([
  ...['http://localhost:3000', 'http://app.localhost', 'http://127.0.0.1', 'http://127.8.9.10:80', 'http://[::1]:5173'],
  ...['http://0.0.0.0:5173', 'https://shop.test', 'https://mac.local', 'http://10.0.2.2', 'http://172.16.0.1'],
  ...['http://172.31.255.1', 'http://192.168.178.20', 'file:///home/ada/page.html'],
])('runs at %s', (address) => {
  expect(refusalAt(address)).toBe(undefined);
});

it.each([
  ...['https://shop.example', 'https://localhost.shop.example', 'https://test', 'https://shop.test.example'],
  ...['http://172.15.0.1', 'http://172.32.0.1', 'http://192.169.0.1', 'http://11.0.0.1', 'http://128.0.0.1'],
  ...['https://127.0.0.1.shop.example', 'https://mylocalhost'],
])('refuses to run at %s', (address) => {
  expect(refusalAt(address)).toBe(`${new URL(address).hostname} is not a local host`);
});

it('refuses to run in a production build, even on localhost', () => {
  vi.stubEnv('NODE_ENV', 'production');
  expect(refusalAt('http://localhost:3000')).toBe('this is a production build (NODE_ENV)');
});
