// @vitest-environment jsdom
// When a sign-in fails because of a token, the error says what is wrong with that token.
import { describe, expect, it, vi } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import type { LoadDoctor } from '../../src/ports.js';
import { doctorAtHand, failureOf, mint, openPage, pass, settle, signInPage, sleep, usePages } from './start-page.js';

usePages();

/** A doctor that counts how often it is loaded, and resolves when the test says so. */
function slowDoctor() {
  const calls: { come(): void }[] = [];
  const loadDoctor: LoadDoctor = async () => {
    await new Promise<void>((resolve) => calls.push({ come: resolve }));
    return doctorAtHand();
  };
  return { calls, loadDoctor };
}

const nowS = () => Math.floor(Date.now() / 1000);
const sign = (claims: Record<string, unknown>) => signToken(claims, FAKE_ACCOUNT);
const good = () => ({ scope: 'user', external_id: 'user-1', iat: nowS(), exp: nowS() + 900 });

describe('A token that is never sent', () => {
  it.each<[string, () => unknown, string, string]>([
    ['exp_invalid', () => sign({ ...good(), exp: '12345678' }), 'exp_not_number', 'exp is a string, not a number'],
    ['exp_invalid', () => sign({ ...good(), exp: Date.now() }), 'exp_milliseconds', 'exp is in milliseconds'],
    [
      'external_id_missing',
      () => sign({ ...good(), external_id: undefined }),
      'external_id_missing',
      'the payload has',
    ],
    ['external_id_missing', () => sign({ ...good(), external_id: '' }), 'external_id_empty', 'external_id is an empty'],
    [
      'external_id_not_string',
      () => sign({ ...good(), external_id: 7 }),
      'external_id_not_string',
      'external_id is a n',
    ],
    ['token_malformed', () => '"aGk.aGk"', 'not_three_parts', 'the token has two parts'],
    ['token_malformed', () => '<!doctype html><title>Sign in</title>', 'not_three_parts', 'the text is a web page'],
    ['token_not_string', () => Promise.resolve({}), 'not_a_string', 'the token is an object'],
    ['token_not_string', () => undefined, 'not_a_string', 'the token is undefined'],
    [
      'token_expired',
      () => sign({ ...good(), iat: nowS() - 7200, exp: nowS() - 3600 }),
      'expired',
      'the token expired',
    ],
  ])('is reported as %s, and the message starts with what is wrong', async (code, make, finding, words) => {
    const page = openPage({ endpoint: { instead: { returns: make() } } });
    const error = await failureOf(page.messenger.login());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^Zendesk would refuse the token: /);
    expect(error.message).toContain(words);
    expect(error.message).toContain(`${error.remedy}. [${code}]`);
    expect(error.findings[0]).toMatchObject({ code: finding, severity: 'error' });
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error });
    expect(page.zendeskRequests()).toEqual([]);
  });

  it('is reported as token_repeated, and the message says what that means and what else is wrong', async () => {
    const page = await signInPage({ endpoint: { lifetimeS: 60 } });
    page.endpoint.instead = { returns: page.endpoint.tokens[0] };
    sleep(61_000);
    const error = await failureOf(page.messenger.login());
    expect(error.message).toMatch(/^The same token came again\./);
    expect(error.findings.map(({ code }: { code: string }) => code)).toContain('expired');
  });
});

describe('A token that Zendesk refuses', () => {
  it('is reported with the reason first', async () => {
    const page = openPage({ endpoint: { claims: { scope: undefined } } });
    const error = await failureOf(page.messenger.login());
    expect(error.message).toMatch(
      /^Zendesk refused the token: the payload has no scope\. Add the claim scope .*\. \[invalid_auth\]$/,
    );
    expect(error.findings).toMatchObject([{ code: 'scope_missing' }]);
  });

  it('is reported with the remaining causes if nothing is wrong with it', async () => {
    const page = openPage();
    page.backend.answerAlways('login', { status: 401 });
    const error = await failureOf(page.messenger.login());
    expect(error.message).toMatch(/^Zendesk refused the token: /);
    for (const rest of ['secret', 'key id', 'account', 'e-mail']) expect(error.message).toContain(rest);
    expect(error.findings).toMatchObject([{ code: 'nothing_found', severity: 'info' }]);
  });

  it('is reported with what is wrong and why no other token helped, if the endpoint returns it again', async () => {
    const page = openPage();
    page.endpoint.instead = { returns: sign({ ...good(), scope: 'User' }) };
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ code: 'invalid_auth', cause: { code: 'token_repeated' } });
    expect(error.message).toMatch(/^Zendesk refused the token: scope is another string/);
  });

  it('is the one that the error explains, even if the next token is defective', async () => {
    const page = openPage({ endpoint: { claims: { scope: undefined } } });
    const refused = mint(page.endpoint);
    page.endpoint.next.push({ returns: refused }, { returns: 'oops' });
    page.endpoint.instead = { returns: 'oops' };
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ code: 'invalid_auth', findings: [{ code: 'scope_missing' }] });
  });

  it('is explained in the snapshot while the visitor is signed in', async () => {
    const page = await signInPage();
    await pass(60_000);
    page.backend.revokeAll();
    page.backend.answerAlways('send', { status: 401 });
    page.backend.answerAlways('login', { status: 401 });
    await settle(page.zendesk.send('hello'));
    await pass(10_000);
    expect(page.messenger.getSnapshot()).toMatchObject({
      status: 'failed',
      error: { code: 'invalid_auth', findings: [{ code: 'nothing_found' }] },
    });
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['a day behind', -86_400_000],
  ])(
    "is not called expired or early if the visitor's clock is %s, and the message mentions the clocks",
    async (_what, ms) => {
      const page = openPage({ endpoint: { clockSkewMs: -ms } });
      page.backend.clockSkewMs = -ms;
      page.backend.answerAlways('login', { status: 401 });
      const error = await failureOf(page.messenger.login());
      expect(error.findings.map(({ code }: { code: string }) => code)).toEqual(['clock_skew']);
      expect(error.message).toMatch(/^Zendesk refused the token: the token is not valid by this browser's clock/);
      expect(error.message).toContain('secret');
    },
  );
});

it('explains a defective token that follows a refusal while the visitor is signed in', async () => {
  const page = await signInPage();
  await pass(60_000);
  page.backend.revokeAll();
  page.backend.answerAlways('send', { status: 401 });
  page.endpoint.instead = { returns: 'oops' };
  void page.zendesk.send('hello').catch(() => {});
  await pass(300_000);
  const { error } = page.messenger.getSnapshot();
  expect(error).toMatchObject({ code: 'token_malformed', findings: [{ code: 'not_three_parts' }] });
});

it("does not call a defective token expired because of the visitor's wrong clock", async () => {
  const day = 86_400;
  const claims = { ...good(), iat: nowS() - day, exp: nowS() - day + 900, external_id: 7 };
  const page = openPage({ endpoint: { instead: { returns: sign(claims) } } });
  const error = await failureOf(page.messenger.login());
  expect(error.findings.map(({ code }: { code: string }) => code)).toEqual(['external_id_not_string', 'clock_skew']);
});

describe('The doctor', () => {
  it('is called once for each failure, after an event, and the error waits for it', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const seen: string[] = [];
    page.messenger.subscribe(() =>
      seen.push(page.messenger.getSnapshot().error?.message ?? page.messenger.getSnapshot().status),
    );
    const failure = failureOf(page.messenger.login());
    await pass(3000);
    expect(calls).toHaveLength(1);
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signing-in', error: undefined });
    expect(console.error).not.toHaveBeenCalled();
    calls[0]!.come();
    const error = await failure;
    expect(seen.at(-1)).toBe(error.message);
    expect(seen.filter((text) => text.includes('['))).toEqual([error.message]);
    expect(console.error).toHaveBeenCalledTimes(1);
    expect(page.takeEvents().filter((type) => type === 'explanation-requested')).toHaveLength(1);
  });

  it('leaves the error as it is if it cannot be loaded', async () => {
    const loadDoctor = vi.fn<LoadDoctor>(() => Promise.reject(new Error('blocked')));
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const error = await failureOf(page.messenger.login(), 2000);
    expect(error.message).toBe('token malformed. Return a new, correct JWT each time. [token_malformed]');
    expect('findings' in error).toBe(false);
    expect(loadDoctor).toHaveBeenCalledTimes(1);
  });

  it('delays the error by 5 s at most, and may load later', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const error = await failureOf(page.messenger.login(), 7000);
    expect(error.findings).toBeUndefined();
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error });
    calls[0]!.come();
    await pass();
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { findings: [{}] } });
    await pass(60_000);
    expect(calls).toHaveLength(1);
  });

  it('changes nothing after a sign-out or another login()', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const first = page.messenger.login();
    await pass(3000);
    await settle(page.messenger.logout());
    expect(await settle(first)).toMatchObject({ status: 'signed-out' });
    page.endpoint.instead = undefined;
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
    calls[0]!.come();
    await pass();
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-in', error: undefined });
    expect(console.error).not.toHaveBeenCalled();
  });

  it('does not undo a sign-out when it loads later', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    void page.messenger.login();
    await pass(3000);
    await settle(page.messenger.logout());
    calls[0]!.come();
    await pass();
    expect(page.messenger.getSnapshot()).toMatchObject({ status: 'signed-out', error: undefined });
  });

  it('is shared by another login() in the meantime: both get the result of one attempt', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const first = failureOf(page.messenger.login());
    await pass(3000);
    const second = failureOf(page.messenger.login());
    calls[0]!.come();
    expect(await first).toMatchObject({ findings: [{ code: 'not_three_parts' }] });
    expect(await second).toBe(await first);
    expect(page.endpoint.requests).toHaveLength(2);
    page.endpoint.instead = undefined;
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
  });

  it('is released by destroy()', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ endpoint: { instead: { returns: 'oops' } }, loadDoctor });
    const failure = failureOf(page.messenger.login());
    await pass(3000);
    page.messenger.destroy();
    expect(await failure).toMatchObject({ code: 'destroyed' });
    expect(vi.getTimerCount()).toBe(0);
    calls[0]!.come();
    await pass();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not loaded if the token is not the cause', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const conflict = openPage({ loadDoctor });
    conflict.backend.answerAlways('login', { status: 409 });
    expect(await failureOf(conflict.messenger.login())).toMatchObject({ code: 'identity_conflict' });
    conflict.messenger.destroy();
    conflict.zendesk.uninstall();
    const down = openPage({ loadDoctor, endpoint: { instead: { throws: new Error('down') } } });
    expect(await failureOf(down.messenger.login())).toMatchObject({ code: 'token_failed' });
    down.endpoint.instead = undefined;
    await settle(down.messenger.login());
    await settle(down.messenger.logout());
    expect(calls).toEqual([]);
  });

  it('is not loaded for an earlier defect if another failure ended the sign-in', async () => {
    const { calls, loadDoctor } = slowDoctor();
    const page = openPage({ loadDoctor, endpoint: { instead: { throws: new Error('down') } } });
    page.endpoint.next.push({ returns: 'oops' });
    expect(await failureOf(page.messenger.login())).toMatchObject({ code: 'token_failed' });
    expect(calls).toEqual([]);
  });

  it("is asked only once while a signed-in visitor's endpoint keeps returning bad tokens", async () => {
    const loadDoctor = vi.fn(doctorAtHand);
    const page = await signInPage({ loadDoctor, endpoint: { lifetimeS: 60 } });
    page.endpoint.instead = { returns: 'oops' };
    await pass(600_000);
    expect(page.messenger.getSnapshot()).toMatchObject({
      status: 'failed',
      error: { code: 'token_malformed', findings: [{ code: 'not_three_parts' }] },
    });
    expect(loadDoctor).toHaveBeenCalledTimes(1);
    expect(console.error).toHaveBeenCalledTimes(1);
    const error = await failureOf(page.messenger.login());
    expect(error.findings).toMatchObject([{ code: 'not_three_parts' }]);
    page.endpoint.instead = undefined;
    await pass(60_000);
    expect(page.messenger.getSnapshot().status).toBe('signed-in');
  });

  it('puts nothing of the token into the error, the events or the console', async () => {
    const token = sign({ ...good(), external_id: 4242424242, email: 'ada@example.com', name: 'Ada Lovelace' });
    const page = openPage({ endpoint: { instead: { returns: token } } });
    const error = await failureOf(page.messenger.login());
    const told = JSON.stringify([
      error,
      error.message,
      error.stack,
      error.cause,
      page.events,
      vi.mocked(console.error).mock.calls,
    ]);
    for (const secret of [...token.split('.'), '4242424242', 'ada@', 'Lovelace']) expect(told).not.toContain(secret);
  });
});
