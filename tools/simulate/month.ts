// Thirty days of one tab with one way of integrating: its endpoint, its messenger, and what is seen of them.
import { createAgenda } from './agenda.js';
import { countLeast, type Day, DAYS, planDays, visibleMs } from './days.js';
import { createMint, DAY_MS, MINUTE_MS, SECOND_MS, START_MS } from './mint.js';
import { createRandom, type Random } from './random.js';

/** How a page hands tokens to the messenger. */
export interface Integration {
  /** The page has loaded, with a messenger in which nobody is signed in. */
  load(): void;
  /** The laptop was opened again. */
  wake(): void;
  /** The messenger calls the `jwtCallback` of the latest `loginUser`. */
  ask(answer: (text: string) => void): void;
  /** It calls the loginCallback: the token was accepted. */
  accepted(): void;
}

/** What an integration finds in its page. */
export interface Page {
  nowMs(): number;
  readonly random: Random;
  /** Sends a token request; calls back when it is answered, without a token when it failed. */
  fetchToken(answer: (text: string | undefined) => void): void;
  loginUser(): void;
  /** @returns how to call it off */
  startTimer(atMs: number, callback: () => void): () => void;
}

export interface Month {
  /** Shares of the visible time. */
  readonly withToken: number;
  readonly signedIn: number;
  readonly signOuts: number;
  readonly requests: number;
  readonly least: number;
}

export const FAILING = 0.01;
const ENDPOINT_MS = 200;
const ZENDESK_MS = 300;
// A request that is answered 401 makes the messenger ask half a second later. Others with the same token are tried three
// times within 1.5 s, and then the visitor is signed out [M 26, 27, 28].
const ASK_MS = 500;
const SIGN_OUT_MS = 1500;
// A request of the messenger's each five minutes on average, and one soon after waking, for the connection is gone.
export const BETWEEN_REQUESTS_MS = 10 * MINUTE_MS;
const RECONNECT_MS = 5 * SECOND_MS;

export function simulateMonth(
  integrate: (page: Page) => Integration,
  lifetimeMs: number,
  seed: number,
  stream: number,
): Month {
  const random = createRandom(seed, stream);
  // The same days whoever integrates, however much chance it uses up.
  const days = planDays(createRandom(seed + 1, stream));
  const wake = (atMs: number) => days.find(({ closedMs }) => atMs < closedMs)?.openedMs ?? Infinity;
  const agenda = createAgenda(START_MS, (atMs) => Math.max(atMs, wake(atMs)));
  const mint = createMint(lifetimeMs / SECOND_MS);
  const endMs = START_MS + DAYS * DAY_MS;
  const expiryOf = (text: string) => expiries.get(text) ?? 0;
  const expiries = new Map<string, number>();

  let requests = 0;
  let signOuts = 0;
  let withTokenMs = 0;
  let goodUntilMs = 0;
  let signedInMs = 0;
  let signedInSinceMs = 0;
  /** The token that the messenger sends. */
  let tokenUntilMs = 0;
  let page: Integration;

  const isDown = (nowMs: number) =>
    days.some(({ downFromMs, downUntilMs }) => nowMs >= downFromMs && nowMs < downUntilMs);
  const fetchToken = (answer: (text: string | undefined) => void) => {
    requests++;
    const fails = isDown(agenda.nowMs) || random() < FAILING;
    const text = fails ? undefined : mint(agenda.nowMs);
    const expiresMs = Math.floor(agenda.nowMs / SECOND_MS) * SECOND_MS + lifetimeMs;
    if (text) expiries.set(text, expiresMs);
    agenda.at(agenda.nowMs + ENDPOINT_MS, () => {
      if (text) {
        withTokenMs += visibleMs(days, Math.max(agenda.nowMs, goodUntilMs), expiresMs);
        goodUntilMs = Math.max(goodUntilMs, expiresMs);
      }
      answer(text);
    });
  };
  const receive = (text: string) => (tokenUntilMs = Math.max(tokenUntilMs, expiryOf(text)));

  function load(): void {
    tokenUntilMs = 0;
    // What a page has begun ends with it.
    const whileOpen =
      <Details extends unknown[]>(callback: (...details: Details) => void) =>
      (...details: Details) =>
        page === opened && callback(...details);
    const opened = integrate({
      nowMs: () => agenda.nowMs,
      random,
      fetchToken: (answer) => fetchToken(whileOpen(answer)),
      loginUser() {
        page.ask((text) => {
          const isGood = expiryOf(text) > agenda.nowMs;
          const accept = whileOpen(() => {
            receive(text);
            signedInSinceMs ||= agenda.nowMs;
            page.accepted();
          });
          if (isGood) agenda.at(agenda.nowMs + ZENDESK_MS, accept);
        });
      },
      startTimer: (atMs, callback) => (atMs < Infinity ? agenda.at(atMs, whileOpen(callback)) : () => {}),
    });
    page = opened;
    page.load();
  }

  function request(): void {
    if (!signedInSinceMs || tokenUntilMs > agenda.nowMs) return;
    agenda.at(agenda.nowMs + ASK_MS, () => {
      if (tokenUntilMs <= agenda.nowMs) page.ask(receive);
    });
    agenda.at(agenda.nowMs + SIGN_OUT_MS, () => {
      if (!signedInSinceMs || tokenUntilMs > agenda.nowMs) return;
      signOuts++;
      signedInMs += visibleMs(days, signedInSinceMs, agenda.nowMs);
      signedInSinceMs = 0;
    });
  }

  function open({ openedMs, closedMs }: Day, isFirst: boolean): void {
    agenda.at(openedMs, () => {
      // A visitor who finds the messenger signed out loads the page again, the next morning.
      if (isFirst || !signedInSinceMs) load();
      else page.wake();
    });
    const requestAt = (atMs: number) => {
      if (atMs >= closedMs) return;
      agenda.at(atMs, () => {
        request();
        requestAt(atMs + random() * BETWEEN_REQUESTS_MS);
      });
    };
    requestAt(openedMs + random() * RECONNECT_MS);
  }
  days.forEach((day, i) => open(day, i === 0));
  agenda.runUntil(endMs);
  if (signedInSinceMs) signedInMs += visibleMs(days, signedInSinceMs, endMs);
  const visible = visibleMs(days, START_MS, endMs);
  return {
    withToken: withTokenMs / visible,
    signedIn: signedInMs / visible,
    signOuts,
    requests,
    least: countLeast(days, lifetimeMs),
  };
}
