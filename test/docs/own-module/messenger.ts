import { createMessenger } from '../../../src/index.js';

export const messenger = createMessenger({
  key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', // the UUID in your channel's code snippet
  tokenUrl: '/zendesk-token', // your token endpoint
});

// Your user's id, which your server writes into the page: <body data-user-id="42">. Without it, nobody is signed in.
void messenger.setUser(document.body.dataset.userId);
