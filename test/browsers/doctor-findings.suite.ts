// What the token doctor's page shows of a token: the findings, the decoded parts and the times.
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { FIRST_POST, IDENTITY, makeToken, nowS, openDoctor, SECRET } from './doctor-page.js';
import { describeInBrowser, describeInChromium, it } from './in-browser.js';
import { eventually } from './visit.js';

describeInBrowser('the token doctor’s page', () => {
  it('shows findings, header, payload and timeline of a refused token', async ({ tab, onTestFinished }) => {
    const doctor = await openDoctor(tab, onTestFinished);
    const { codes, isShown, paste, read, shows, texts, timeline } = doctor;
    await shows('summary', 'No token yet');
    expect(await isShown('times')).toBe(false);
    await paste('token', FIRST_POST);
    await shows('summary', '2 errors, 2 infos. Zendesk refuses this token.');
    expect(await codes()).toEqual(['exp_not_number', 'expired', 'email_unverified', 'iat_missing']);
    expect(await texts('.finding .kind strong')).toEqual(['Error', 'Error', 'Info', 'Info']);
    expect(await read('findings')).toContain('Set exp to a number of seconds since 1970, without quotes.');
    expect((await texts('.finding .backends')).join()).toContain('PHP time() + 900');
    expect(JSON.parse(await read('header'))).toEqual({
      typ: 'JWT',
      kid: 'app_62b5e0ffca5a3800f0225c53',
      alg: 'HS256',
    });
    expect(await read('payload')).toContain('"exp": "12345678", ← exp_not_number, expired\n  "name": "Jane Soaps",');
    expect(await texts('mark')).toEqual(['"email": "janes@soap.com"', '"exp": "12345678"']);
    expect(await timeline()).toMatch(/^Timeline: issued: unknown, expired \d\d years ago\.$/);
    expect(await read('instants')).toContain('1970-05-23 21:21:18 UTC');
    expect(await read('signature')).toBe('The signature was not checked: no secret is given.');
  });

  it('finds nothing in a good token, and lists what it cannot check', async ({ tab, onTestFinished }) => {
    const { click, codes, isShown, paste, press, read, select, shows, timeline } = await openDoctor(
      tab,
      onTestFinished,
    );
    await click('#good');
    await shows('signature', 'The signature is correct');
    expect(await read('summary')).toBe('Nothing was found that Zendesk refuses.');
    expect(await codes()).toEqual([]);
    expect(await isShown('left')).toBe(true);
    expect(await isShown('left-secret')).toBe(false);
    expect(await timeline()).toMatch(/issued \d+ seconds? ago, expires in (15 minutes|14 minutes \d+ seconds?)\.$/);

    await paste('secret', ' "" ');
    await shows('signature', 'contains only white space or quotes');
    await select('secret');
    await press('Backspace');
    await shows('signature', 'not checked: no secret is given');
    expect(await read('summary')).toBe('Nothing was found that Zendesk refuses.');
    expect(await isShown('left-secret')).toBe(true);
    await paste('secret', 'another secret');
    await shows('summary', '1 error. Zendesk refuses this token.');
    expect(await codes()).toEqual(['signature_invalid']);
    expect(await isShown('left')).toBe(false);
  });

  it('recognizes a token that was signed with the base64-decoded secret', async ({ tab, onTestFinished }) => {
    const { click, codes, read, shows } = await openDoctor(tab, onTestFinished);
    await click('#decoded');
    await shows('findings', 'The backend base64-decoded the secret');
    expect(await codes()).toEqual(['secret_base64_decoded']);
    expect(await read('summary')).toBe('1 error. Zendesk refuses this token.');
  });

  it('has samples of local time, of a URL around a token, and of the secret in a token', async ({
    tab,
    onTestFinished,
  }) => {
    const { click, codes, insert, isShown, press, read, select, shows, texts } = await openDoctor(tab, onTestFinished);
    await click('#zone');
    await shows('findings', 'iat is 8 hours in the future');
    expect(await codes()).toEqual(['time_zone_offset']);
    expect((await texts('.finding .backends')).join()).toContain('Python int(time.time())');
    await shows('signature', 'The signature is correct');

    await click('#around');
    await shows('findings', 'In front of it: a URL. Behind it: more of a URL.');
    expect(await codes()).toEqual(['surrounded']);
    await shows('signature', 'The signature is correct');
    expect(await read('payload')).toContain('"external_id": "user-1"');

    await click('#exposed');
    await shows('findings', 'kid is the shared secret instead of the key id');
    expect(await codes()).toEqual(['secret_exposed']);
    expect(await texts('.finding .kind strong')).toEqual(['Error']);
    expect(await read('header')).toContain('← secret_exposed');
    expect(await isShown('signature')).toBe(false);

    // What leads is sorted as in inspectToken, also if it comes from the signature check.
    await select('token');
    await press('End');
    await insert(';');
    await shows('findings', 'a semicolon');
    expect(await codes()).toEqual(['secret_exposed', 'surrounded']);
  });

  it('does not call a signature in hex correct, and says it once', async ({ tab, onTestFinished }) => {
    const { codes, isShown, paste, read } = await openDoctor(tab, onTestFinished);
    const signed = makeToken({ ...IDENTITY, iat: nowS(), exp: nowS() + 900 })
      .split('.', 2)
      .join('.');
    await paste('token', `${signed}.${createHmac('sha256', SECRET).update(signed).digest('hex')}`);
    await paste('secret', SECRET);
    // The finding is there without the secret, too. The line is shown until the signature has been checked.
    await eventually(async () => {
      expect(await read('findings')).toContain('It is written in hex');
      expect(await isShown('signature')).toBe(false);
    });
    expect(await codes()).toEqual(['signature_invalid']);
  });

  it.for([
    ['quotes and Bearer', `"Bearer ${FIRST_POST}"`],
    ['a JSON response', JSON.stringify({ user: 'www.example.com/a/long/path', token: FIRST_POST })],
    ['a URL', `https://acme.zendesk.com/access/jwt/${FIRST_POST}/x?jwt=1.2.3`],
    ['HTML', `<p>${FIRST_POST}</p>`],
    ['Bearer and line breaks', `Bearer ${FIRST_POST.replace(/.{61}/g, '$&\n')}`],
  ] as const)('shows the header and payload of a token in %s', async ([, wrapped], { tab, onTestFinished }) => {
    const { paste, read, shows } = await openDoctor(tab, onTestFinished);
    await paste('token', wrapped);
    await shows('payload', '"external_id": "12316542344"');
    expect(await read('header')).toContain('"kid": "app_62b5e0ffca5a3800f0225c53"');
  });

  it('shows the values exactly as they are in the token', async ({ tab, onTestFinished }) => {
    const { paste, read, shows } = await openDoctor(tab, onTestFinished);
    // A number that is too large for a JavaScript number, a duplicate name, an escaped letter, and HTML.
    const json = '{"n":12345678901234567890,"a":[{},{"b":1}],"a":[],"name":"J\\u00fcrgen <b>"}';
    await paste('token', makeToken(json));
    await shows('payload', '12345678901234567890');
    expect(await read('payload')).toBe(`{
  "n": 12345678901234567890,
  "a": [
    {},
    {
      "b": 1
    }
  ],
  "a": [],
  "name": "Jürgen <b>"
}`);
  });

  it('shows a marked claim that contains HTML as text', async ({ tab, onTestFinished }) => {
    const { count, paste, shows, texts } = await openDoctor(tab, onTestFinished);
    await paste('token', makeToken({ ...IDENTITY, external_id: ' <img src=x id=made> ' }));
    await shows('payload', '<img src=x id=made>');
    expect((await texts('#payload mark')).join()).toContain('<img src=x id=made>');
    expect(await count('#made')).toBe(0);
  });

  it('ignores one line break at the end, which comes from copying', async ({ tab, onTestFinished }) => {
    const { codes, run, shows } = await openDoctor(tab, onTestFinished);
    await shows('summary', 'No token yet');
    const enter = (text: string) =>
      run(({ document }, copied) => {
        const field = document.querySelector<HTMLTextAreaElement>('#token')!;
        field.value = copied;
        field.dispatchEvent(new Event('input'));
      }, text);
    await enter(`${FIRST_POST}\n`);
    await shows('summary', '2 errors, 2 infos.');
    expect(await codes()).toEqual(['exp_not_number', 'expired', 'email_unverified', 'iat_missing']);
    await enter(`${FIRST_POST}\n\n`);
    await shows('summary', '2 errors, 1 warning, 2 infos.');
    expect(await codes()).toContain('whitespace');
  });

  it('shows a finding for huge, deeply nested and malformed input', async ({ tab, onTestFinished }) => {
    const { click, codes, run, shows } = await openDoctor(tab, onTestFinished);
    const texts = [
      'ey'.repeat(500_000),
      '[{"a":'.repeat(160_000),
      makeToken(`{"exp":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      makeToken({ ...IDENTITY, exp: 1e300, iat: '-99999999999999999999', long: 'x'.repeat(700_000) }),
      makeToken('"a string"'),
    ];
    for (const text of texts) {
      await run(({ document }, pasted) => {
        const field = document.querySelector<HTMLTextAreaElement>('#token')!;
        field.value = pasted;
        field.dispatchEvent(new Event('input'));
      }, text);
      await shows('summary', 'Zendesk refuses this token');
      expect(await codes()).not.toEqual([]);
      await click('#clear');
      await shows('summary', 'No token yet');
    }
  });
});

// Only Chromium’s driver can change the page before its scripts run.
describeInChromium('the token doctor’s page', () => {
  it('shows that a token expires while the page is open', async ({ tab, onTestFinished }) => {
    const { codes, open, page, paste, run, shows, timeline } = await openDoctor(tab, onTestFinished);
    await page.evaluateOnNewDocument(() => {
      const { now } = Date;
      Date.now = () => now() + ('isLater' in window ? 3_600_000 : 0);
    });
    await open();
    await paste('token', makeToken({ ...IDENTITY, iat: nowS() - 90, exp: nowS() + 1800 }));
    await shows('summary', 'Nothing was found');
    await run((window) => void Object.assign(window, { isLater: true }));
    await shows('summary', '1 error. Zendesk refuses this token.');
    expect(await codes()).toEqual(['expired']);
    expect(await timeline()).toContain('expired 30 minutes');
  });

  it('ignores the result of a signature check that a newer one has replaced', async ({ tab, onTestFinished }) => {
    const { codes, open, page, read, run, shows } = await openDoctor(tab, onTestFinished);
    await page.evaluateOnNewDocument(() => {
      const verdicts: (() => void)[] = [];
      Object.assign(window, { letGo: () => verdicts.splice(0).forEach((resume) => resume()) });
      const { importKey } = SubtleCrypto.prototype;
      SubtleCrypto.prototype.importKey = async function (this: SubtleCrypto, ...details: any) {
        // The sample is signed at once. The checks that start after it wait.
        if ('isSlow' in window) await new Promise<void>((resume) => verdicts.push(resume));
        return importKey.apply(this, details as never);
      };
    });
    await open();
    await page.click('#decoded');
    await shows('findings', 'base64-decoded');
    await run((window) => void Object.assign(window, { isSlow: true }));
    // The check of this token is still running when another token replaces it.
    await page.focus('#secret');
    await page.keyboard.press('End');
    await page.keyboard.type('x');
    await shows('signature', 'is being checked');
    await page.click('#first-post');
    await shows('summary', '2 errors, 2 infos.');
    await run((window: any) => {
      delete window.isSlow;
      window.letGo();
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await codes()).toEqual(['exp_not_number', 'expired', 'email_unverified', 'iat_missing']);
    expect(await read('signature')).toContain('no secret is given');
  });
});
