/** What --help prints. */
export const HELP = `Explains why the Zendesk messenger refuses a token ("401: Invalid JWT").

Usage: zendesk-messenger-auth inspect [token] [options]

Pass the token as an argument, with --file or --url, or through standard input.
An argument stays in the shell's history. Nothing leaves this computer except
the requests to the URL of --url.

  --file FILE         read the token from a file
  --url URL           request a token from your endpoint and check its answers,
                      too. Sends up to three POST requests within a few seconds
  --header-file FILE  headers for --url, such as "Cookie: session=…", to send
                      the requests as a signed-in visitor

  --secret-env NAME   check the signature with the shared secret in this
                      environment variable
  --secret-file FILE  check the signature with the shared secret in this file

  --product NAME      what the token is for: messaging (default), or chat or
                      help-center for the Web Widget (Classic)
  --at TIME           check the token's times against this time: an ISO date,
                      or seconds since 1970. For a token from a log
  --json              print JSON: { ok, findings }
  --redact            print what the token contains without its values, safe to
                      post in a forum. With --json: as "redacted" in the JSON
  --help, -h          print this help
  --version           print the version

Exit codes:
  0  found nothing that Zendesk would refuse
  1  found errors, or what looks like the shared secret in the token
  2  wrong usage

Examples:
  pbpaste | npx zendesk-messenger-auth inspect
  npx zendesk-messenger-auth inspect --file jwt.txt --secret-env ZENDESK_SECRET
  npx zendesk-messenger-auth inspect --url https://shop.example/zendesk-token
  npx zendesk-messenger-auth inspect --file token.txt --redact
`;
