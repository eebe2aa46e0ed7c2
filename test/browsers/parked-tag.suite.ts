// A tag that a consent tool has disabled until the visitor agrees. The tool then puts an executable copy in its place.
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY, libraryScript, startMessenger } from './pages.js';

const SNIPPET = `https://static.zdassets.com/ekr/snippet.js?key=${KEY}`;

const TOOLS = {
  // It makes a copy each time it applies what the visitor wants, also one that is still disabled, and keeps both in the
  // page for a moment. The address is elsewhere until then.
  Klaro: `<script type="text/plain" data-type="application/javascript" data-name="zendesk" id="ze-snippet"
      data-src="${SNIPPET}"></script>
    <script>
      const apply = (isAllowed) => {
        const parked = document.querySelector('script[data-name="zendesk"]');
        const copy = document.createElement('script');
        for (const name of Object.keys(parked.dataset)) copy.dataset[name] = parked.dataset[name];
        copy.type = 'text/plain';
        copy.id = parked.id;
        if (isAllowed) {
          copy.type = parked.dataset.type;
          copy.src = parked.dataset.src;
        }
        parked.parentElement.insertBefore(copy, parked);
        parked.parentElement.removeChild(parked);
      };
      const agree = () => apply(true);
      apply(false);
    </script>`,
  Cookiebot: `<script type="text/plain" data-cookieconsent="preferences" id="ze-snippet" src="${SNIPPET}"></script>
    <script>
      const agree = () => {
        const parked = document.getElementById('ze-snippet');
        const copy = document.createElement('script');
        for (const { name, value } of parked.attributes) if (name !== 'type') copy.setAttribute(name, value);
        copy.type = 'text/javascript';
        parked.parentNode.replaceChild(copy, parked);
      };
    </script>`,
  OneTrust: `<script type="text/plain" class="optanon-category-C0003" id="ze-snippet" src="${SNIPPET}"></script>
    <script>
      const agree = () => {
        const parked = document.querySelector('.optanon-category-C0003');
        const copy = document.createElement('script');
        copy.src = parked.src;
        copy.id = parked.id;
        parked.remove();
        document.head.append(copy);
      };
    </script>`,
};

describeInBrowser('a parked tag', () => {
  it.for(Object.entries(TOOLS))('of %s is waited for, and never replaced', async ([, tag], { visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.externalId = 'alice';
    await visit.open(
      htmlPage(tag + libraryScript('IIFE', `${startMessenger('messenger')} window.arrived = messenger.login()`)),
    );
    await visit.evaluate(`fetch('/').then((response) => response.text())`);
    expect(await visit.evaluate(`Promise.race([arrived.then(() => 'done'), 'waits'])`)).toBe('waits');
    expect(await visit.evaluate(`document.getElementById('ze-snippet').type`)).toBe('text/plain');
    expect(await visit.count('script#ze-snippet')).toBe(1);
    expect(visit.urls.filter((url) => url.includes('zdassets'))).toEqual([]);
    await visit.evaluate('agree()');
    expect(await visit.evaluate('arrived')).toMatchObject({ status: 'signed-in', externalId: 'alice' });
    expect(await visit.count('script#ze-snippet')).toBe(1);
    expect(await visit.run(({ fakeZendeskMessenger: { boots, widgets } }) => [boots, widgets])).toEqual([1, 1]);
    expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'alice' });
  });
});
