// How somebody adds a header to the requests. It depends on who sends them: the command reads a file, and a test passes an
// option. Apart from that, both get the same findings.

/** `command` is `zendesk-messenger-auth inspect --url`, and `function` is `checkTokenEndpoint`. */
export type Caller = 'command' | 'function';

interface HeaderAdvice {
  /** How to send a cookie when no headers were given. */
  readonly sendCookie: string;
  /** What to check when the given headers did not sign the visitor in. */
  readonly checkSession: string;
  /** How to add the first header, as the beginning of a sentence. */
  readonly addFirst: string;
  /** How to add one more header, as the beginning of a sentence. */
  readonly addAnother: string;
  /** Where a header is added, after a verb such as "send it". */
  readonly place: string;
}

const OPTION = 'Add it to the headers of checkTokenEndpoint';

export const HEADER_ADVICE: Readonly<Record<Caller, HeaderAdvice>> = {
  command: {
    sendCookie:
      'To send the request as a visitor, copy the line "Cookie: …" from a signed-in browser into a file, and use --header-file.',
    checkSession: 'The session in the header file may have expired.',
    addFirst: 'Put it into a file, and use --header-file',
    addAnother: 'Add it to the header file',
    place: 'in the header file of this command',
  },
  function: {
    sendCookie:
      'To send the request as a visitor, sign in first, and pass the cookie of that session: checkTokenEndpoint(url, { headers: { cookie } }).',
    checkSession: 'The session in the given headers may have expired, or may not be what this endpoint reads.',
    addFirst: OPTION,
    addAnother: OPTION,
    place: 'in the headers of checkTokenEndpoint',
  },
};
