// What a page does with the library. The playground runs these functions, and shows what is in their braces.

export const withLibrary = {
  start({ createMessenger, userId }) {
    const messenger = createMessenger({
      key: '0f1e2d3c-4b5a-4697-8876-655443322110',
      tokenUrl: '/zendesk-token',
    });

    // The user of your site, or null if nobody is signed in:
    void messenger.setUser(userId);
    return messenger;
  },
  'sign-in'({ messenger, userId }) {
    void messenger.setUser(userId);
  },
  'sign-out'({ messenger }) {
    void messenger.setUser(null);
  },
  'consent-none'({ messenger }) {
    messenger.zE('messenger:set', 'cookies', 'none');
  },
  'consent-all'({ messenger }) {
    messenger.zE('messenger:set', 'cookies', 'all');
  },
};
