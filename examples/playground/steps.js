// What each button does, in words, and which part of a page's code is behind it. `part` is the name of a function in
// with-library.js and hand-written.js. `runs` is false if the page's code does nothing at that moment.

const START = { part: 'start', runs: false };

export const STEPS = {
  load: {
    part: 'start',
    runs: true,
    library: 'The messenger loads. Nobody is signed in to the shop, so no token is fetched.',
    handWritten: 'If a user is signed in, the code fetches one token, and keeps it.',
  },
  'sign-in': {
    part: 'sign-in',
    runs: true,
    library: 'The library fetches a token, hands it to the messenger, and plans the next one.',
    handWritten: 'The code fetches one token, and keeps it.',
  },
  'switch-user': {
    part: 'sign-in',
    runs: true,
    library: 'The library signs the first user out, waits until that identity is gone, and signs the next one in.',
    handWritten: 'The messenger sends the first user’s stored identity with the login of the next user.',
  },
  'sign-out': {
    part: 'sign-out',
    runs: true,
    library: 'The library signs out, and waits until nothing of the user is stored any more.',
    handWritten: 'The messenger signs out. No event tells when it is done.',
  },
  send: {
    ...START,
    library: 'The messenger sends the message. If it asks for a token, the library answers with a valid one.',
    handWritten: 'If the messenger asks for a token, it gets the first one again.',
  },
  expire: {
    ...START,
    library: 'When the laptop wakes up, the library renews the token first.',
    handWritten:
      'Zendesk refuses the token, the messenger asks for another, gets the same one, and signs out without an event.',
  },
  revoke: {
    ...START,
    library: 'Zendesk refuses the token, and the messenger asks for another. The library fetches a new one.',
    handWritten: 'Zendesk refuses the token, the messenger asks for another, gets the same one, and signs out.',
  },
  'second-tab': {
    part: 'start',
    runs: true,
    library: 'Each tab asks the endpoint itself. Now sign out or switch users: the other tab follows.',
    handWritten: 'Each tab has a token of its own. Now sign out or switch users: the other tab is not told.',
  },
  'close-tab': { ...START, library: 'The other tab goes on.', handWritten: 'The other tab goes on.' },
  reload: {
    part: 'start',
    runs: true,
    library: 'The same code runs again. Zendesk stores no token, so each page load signs in again.',
    handWritten: 'The same code runs again. A reload is what repairs such a page.',
  },
  'replace-body': {
    ...START,
    library: 'A router such as Turbo has replaced the body. The library sees that, and starts the messenger again.',
    handWritten: 'The messenger’s frame is gone. zE still exists and throws nothing, so nobody sees why.',
  },
  'consent-none': {
    part: 'consent-none',
    runs: true,
    library: 'Nobody is signed in any more, and no token is fetched.',
    handWritten: 'The messenger signs out and disappears.',
  },
  'consent-all': {
    part: 'consent-all',
    runs: true,
    library: 'The messenger is back, and the library signs the user in again.',
    handWritten: 'The messenger is back, and nobody is signed in: nothing calls loginUser again.',
  },
  normal: {
    ...START,
    library: 'The endpoint answers normally. If a sign-in has failed, the library’s next try succeeds.',
    handWritten: 'The endpoint answers normally. Nothing asks it again.',
  },
  slow: {
    ...START,
    library:
      'From now on, the endpoint takes 4.6 s. The messenger waits 4 s, so the library fetches tokens in advance.',
    handWritten: 'From now on, the endpoint takes 4.6 s. Code that fetches inside the callback is too late then.',
  },
  failing: {
    ...START,
    library: 'From now on, the endpoint answers 500. A token that is valid stays in use, and the library retries.',
    handWritten: 'From now on, the endpoint answers 500. The next sign-in hands the error page to the messenger.',
  },
};
