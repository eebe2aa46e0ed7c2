// Thirty days of one tab with one integration: its endpoint, its messenger, and what is measured.
import { createAgenda } from './agenda.js';
import { countLeast, DAYS, planDays, visibleMs } from './days.js';
import { createMint, createRandom, DAY_MS, MINUTE_MS, SECOND_MS, START_MS } from './world.js';

/** How a page hands tokens to the messenger. */
export interface Integration {
  /** The page has loaded, and nobody is signed in to the messenger. */
  load(): void;
  /** The laptop was opened again. */
  wake?(): void;
  /** The messenger calls the `jwtCallback` of the latest `loginUser`. */
  ask(answer: (text: string) => void): void;
  /** The token was accepted: the messenger calls the loginCallback. */
  accepted?(): void;
}

/** What an integration can use. */
export interface Page {
  nowMs(): number;
  random(): number;
  /** Sends a token request. `answer` gets `undefined` if the request failed. */
  fetchToken(answer: (text: string | undefined) => void): void;
  loginUser(): void;
  /** Returns a function that cancels the timer. */
  startTimer(atMs: number, callback: () => void): () => void;
}

/** `withToken` and `signedIn` are shares of the visible time. */
export type Month = Readonly<Record<'withToken' | 'signedIn' | 'signOuts' | 'requests' | 'least', number>>;

export const FAILING = 0.01;
const ENDPOINT_MS = 200;
const ZENDESK_MS = 300;
// Half a second after a request was answered with 401, the messenger asks for a token. It tries other requests with the
// same token three times within 1.5 s, and then signs the visitor out [M 26, 27, 28].
const ASK_MS = 500;
const SIGN_OUT_MS = 1500;
// The messenger sends a request every five minutes on average. After waking, it connects again.
export const BETWEEN_REQUESTS_MS = 10 * MINUTE_MS;
const RECONNECT_MS = 5 * SECOND_MS;

export function simulateMonth(
  integrate: (page: Page) => Integration,
  lifetimeMs: number,
  seed: number,
  stream: number,
): Month {
  const random = createRandom(seed, stream);
  // The days do not depend on the integration, however many random numbers it uses.
  const days = planDays(createRandom(seed + 1, stream));
  const wake = (atMs: number) => days.find(({ closedMs }) => atMs < closedMs)?.openedMs ?? Infinity;
  const agenda = createAgenda(START_MS, (atMs) => Math.max(atMs, wake(atMs)));
  const mint = createMint(lifetimeMs / SECOND_MS);
  const endMs = START_MS + DAYS * DAY_MS;
  const expiries = new Map<string, number>();
  const expiryOf = (text: string) => expiries.get(text) ?? 0;

  let [requests, signOuts, withTokenMs, withTokenUntilMs, signedInMs, signedInSinceMs] = [0, 0, 0, 0, 0, 0];
  /** When the token that the messenger sends expires. */
  let tokenUntilMs = 0;
  let page: Integration;

  const after = (ms: number, happen: () => void) => agenda.at(agenda.nowMs + ms, happen);
  const isRefused = () => signedInSinceMs > 0 && tokenUntilMs <= agenda.nowMs;
  const receive = (text: string) => (tokenUntilMs = Math.max(tokenUntilMs, expiryOf(text)));

  function fetchToken(answer: (text: string | undefined) => void): void {
    requests++;
    const { nowMs } = agenda;
    const isDown = days.some(({ downFromMs, downUntilMs }) => nowMs >= downFromMs && nowMs < downUntilMs);
    const text = isDown || random() < FAILING ? undefined : mint(nowMs);
    const expiresMs = Math.floor(nowMs / SECOND_MS) * SECOND_MS + lifetimeMs;
    if (text) expiries.set(text, expiresMs);
    after(ENDPOINT_MS, () => {
      if (text) {
        withTokenMs += visibleMs(days, Math.max(agenda.nowMs, withTokenUntilMs), expiresMs);
        withTokenUntilMs = Math.max(withTokenUntilMs, expiresMs);
      }
      answer(text);
    });
  }

  function load(): void {
    tokenUntilMs = 0;
    // The callbacks of a page end with it.
    const whileOpen =
      <Details extends unknown[]>(callback: (...details: Details) => void) =>
      (...details: Details) =>
        page === opened && callback(...details);
    const handOver = (text: string) => {
      const accept = whileOpen(() => {
        receive(text);
        signedInSinceMs ||= agenda.nowMs;
        page.accepted?.();
      });
      if (expiryOf(text) > agenda.nowMs) after(ZENDESK_MS, accept);
    };
    const opened = integrate({
      nowMs: () => agenda.nowMs,
      random,
      fetchToken: (answer) => fetchToken(whileOpen(answer)),
      loginUser: () => page.ask(handOver),
      startTimer: (atMs, callback) => (atMs < Infinity ? agenda.at(atMs, whileOpen(callback)) : () => {}),
    });
    page = opened;
    page.load();
  }

  function request(): void {
    if (!isRefused()) return;
    after(ASK_MS, () => tokenUntilMs <= agenda.nowMs && page.ask(receive));
    after(SIGN_OUT_MS, () => {
      if (!isRefused()) return;
      signOuts++;
      signedInMs += visibleMs(days, signedInSinceMs, agenda.nowMs);
      signedInSinceMs = 0;
    });
  }

  days.forEach(({ openedMs, closedMs }, day) => {
    agenda.at(openedMs, () => {
      // A visitor who finds the messenger signed out loads the page again, the next morning.
      if (day === 0 || !signedInSinceMs) load();
      else page.wake?.();
    });
    const requestAt = (atMs: number) => {
      if (atMs >= closedMs) return;
      agenda.at(atMs, () => {
        request();
        requestAt(atMs + random() * BETWEEN_REQUESTS_MS);
      });
    };
    requestAt(openedMs + random() * RECONNECT_MS);
  });
  agenda.runUntil(endMs);
  if (signedInSinceMs) signedInMs += visibleMs(days, signedInSinceMs, endMs);
  const visible = visibleMs(days, START_MS, endMs);
  const least = countLeast(days, lifetimeMs);
  return { withToken: withTokenMs / visible, signedIn: signedInMs / visible, signOuts, requests, least };
}
