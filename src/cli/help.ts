/** What --help prints. */
export const HELP = `Says why Zendesk's messenger refuses a token ("401: Invalid JWT").

Usage: zendesk-messenger-auth inspect [token] [options]

The token is the argument, or is read from --file, from --url or from standard
input. An argument stays in the shell's history. Nothing leaves this computer,
but for what --url asks.

  --file FILE         read the token from a file
  --url URL           ask a token endpoint by POST, three times within some
                      seconds, and judge its answers, too
  --header-file FILE  for --url: lines such as "Cookie: session=…", to ask as
                      a visitor who is signed in

  --secret-env NAME   check the signature with the shared secret in this
                      environment variable
  --secret-file FILE  the same with the secret in a file

  --at INSTANT        judge the times as of then: an ISO date, or seconds since
                      1970; for a token out of a log
  --json              print JSON: { ok, findings }
  --redact            print what the token is made of, without its values: safe
                      to post in a forum; with --json, as "redacted" in there
  --help, --version

Exit code: 0 nothing found that Zendesk would refuse, 1 errors, 2 wrong use.

Examples:
  pbpaste | npx zendesk-messenger-auth inspect
  npx zendesk-messenger-auth inspect --file jwt.txt --secret-env ZENDESK_SECRET
  npx zendesk-messenger-auth inspect --url https://shop.example/zendesk-token
  npx zendesk-messenger-auth inspect --file token.txt --redact
`;
