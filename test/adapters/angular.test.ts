// @vitest-environment jsdom
// The oldest Angular that the entry accepts, without a build of its own. test/consumers/angular.test.ts runs the current one.
import '@angular/compiler';
import {
  Component,
  createEnvironmentInjector,
  Injectable,
  provideZonelessChangeDetection,
  signal,
  VERSION,
  type ApplicationRef,
  type Type,
} from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { injectMessenger, type InjectMessengerResult } from '../../src/angular/index.js';
import { createSilentMessenger, type SilentMessenger } from './silent-messenger.js';

let silent: SilentMessenger;
let application: ApplicationRef;
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 60_000 });

beforeEach(async () => {
  silent = createSilentMessenger();
  document.body.innerHTML = '<app-root></app-root>';
  // Decorators as functions: nothing here compiles TypeScript's decorators.
  const App = Component({ selector: 'app-root', template: '<p>static</p>' })(class {} as Type<unknown>) as unknown;
  application = await bootstrapApplication(App as Type<unknown>, { providers: [provideZonelessChangeDetection()] });
});
afterEach(() => application.destroyed || application.destroy());

it('a root service follows the user for the whole app', async () => {
  expect(VERSION.major).toBe('20');
  const userId = signal<string | undefined>('alice');
  class Session {
    readonly support = injectMessenger(silent.messenger, { userId });
  }
  const Service = Injectable({ providedIn: 'root' })(Session as Type<Session>);
  const { support }: { support: InjectMessengerResult } = application.injector.get(Service);
  expect([support.status(), support.live(), support.unreadCount()]).toEqual(['signed-out', false, 0]);
  await eventually(() => expect(silent.users).toEqual(['alice']));
  silent.become('signed-in', 'alice');
  silent.setUnread(2);
  expect([support.status(), support.live(), support.unreadCount(), support.error()]).toEqual([
    'signed-in',
    true,
    2,
    undefined,
  ]);
  userId.set(undefined);
  await eventually(() => expect(silent.users).toEqual(['alice', undefined]));
  support.open();
  support.close();
  expect(silent.calls).toEqual(['load', 'messenger,open', 'messenger,close']);
  application.destroy();
  expect(silent.countListeners()).toBe(0);
});

it('what is destroyed before the first render starts nothing', async () => {
  const injector = createEnvironmentInjector([], application.injector);
  injector.runInContext(() => injectMessenger(silent.messenger, { userId: signal('alice') }));
  injector.destroy();
  // Started later: by then, the first one would have started, too.
  application.injector.runInContext(() => injectMessenger(silent.messenger, { userId: signal('bob') }));
  await eventually(() => expect(silent.users).toEqual(['bob']));
});
