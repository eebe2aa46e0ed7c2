// A link with a redacted report: copying it on the token doctor's page, and opening it.
import { expect } from 'vitest';
import { FIRST_POST, makeToken, nowS, openDoctor, SECRET } from './doctor-page.js';
import { describeInBrowser, it } from './in-browser.js';
import { eventually } from './visit.js';

const PUBLIC = 'https://zendesk-messenger-auth.github.io/zendesk-messenger-auth/doctor/#report=';

describeInBrowser('the token doctor’s links', () => {
  it('a link to a report shows it to somebody else, and leads to the page for an own token', async ({
    tab,
    onTestFinished,
  }) => {
    const doctor = await openDoctor(tab, onTestFinished);
    const { click, evaluate, goto, isShown, paste, read, run, shows, texts, url, urls } = doctor;
    await run(({ navigator }) => {
      const writeText = async (text: string) => void Object.assign(window, { copied: text });
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    });
    await paste('token', FIRST_POST);
    await paste('secret', SECRET);
    await shows('summary', '3 errors');
    await click('#copy-link');
    await shows('copied', 'The link is copied.');
    const link = (await evaluate('copied')) as string;
    expect(link.startsWith(PUBLIC)).toBe(true);
    const content = Buffer.from(link.slice(PUBLIC.length), 'base64url').toString();
    const secrets = [...FIRST_POST.split('.'), SECRET, 'janes', 'Soap', '12316542344', '12345678'];
    expect(secrets.filter((secret) => content.includes(secret) || link.includes(secret))).toEqual([]);

    await goto('about:blank');
    await goto(`${url}/doctor/${new URL(link).hash}`);
    await shows('shared-summary', '3 errors, 2 infos. Zendesk refuses this token.');
    expect([await isShown('shared'), await isShown('token')]).toEqual([true, false]);
    expect(await read('shared-check')).toContain('is wrong');
    expect(await read('made-at')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    expect(await texts('#shared-findings h3')).toContain('exp is a string or something else.');
    expect(JSON.parse(await read('shared-payload'))).toMatchObject({ exp: 'a string of seconds, in 1970' });
    expect(await evaluate('document.title')).toContain('A shared report');

    await click('#own-token');
    await eventually(async () => expect(await evaluate('document.activeElement.id')).toBe('token'));
    expect([await isShown('shared'), await evaluate('location.hash')]).toEqual([false, '']);
    await evaluate('history.back()');
    await eventually(async () => expect(await isShown('shared')).toBe(true));
    expect(urls.filter((requested) => requested.includes('report='))).toEqual([]);
  });

  it('takes no token from an address, and says when a link is damaged', async ({ tab, onTestFinished }) => {
    const { evaluate, isShown, read, run, url, goto, shows } = await openDoctor(tab, onTestFinished);
    const token = makeToken({ scope: 'user', external_id: 'user-1', exp: nowS() + 900 });
    await goto('about:blank');
    await goto(`${url}/doctor/#token=${token}`);
    await shows('summary', 'No token yet');
    expect(await isShown('foreign')).toBe(true);
    expect(await run(({ document }) => document.querySelector<HTMLTextAreaElement>('#token')!.value)).toBe('');
    expect(await evaluate('location.href')).toBe(`${url}/doctor/`);
    expect(await evaluate('document.documentElement.outerHTML')).not.toContain(token.slice(0, 20));

    await run(({ location }, text) => void (location.hash = `#report=${text}`), token);
    await eventually(async () => expect(await isShown('damaged')).toBe(true));
    expect([await isShown('shared-summary'), await isShown('shared-parts'), await isShown('own')]).toEqual([
      ...[false, false, false],
    ]);
    expect(await read('shared')).not.toContain(token.slice(0, 20));
  });
});
