// What many pages do without the library: one token, kept for ever. The playground runs these functions, and shows what is in
// their braces. Do not copy them.

export const handWritten = {
  start({ userId }) {
    // Zendesk's snippet is in the page's HTML.
    async function signIn() {
      const response = await fetch('/zendesk-token', { method: 'POST' });
      const token = await response.text();
      zE('messenger', 'loginUser', (callback) => callback(token));
    }

    if (userId) void signIn();
    return { signIn };
  },
  'sign-in'({ signIn }) {
    void signIn();
  },
  'sign-out'() {
    zE('messenger', 'logoutUser');
  },
  'consent-none'() {
    zE('messenger:set', 'cookies', 'none');
  },
  'consent-all'() {
    zE('messenger:set', 'cookies', 'all');
  },
};
