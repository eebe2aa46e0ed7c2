// The site of a developer without a Zendesk account: the fakes, a token endpoint, and who is signed in.
import type { Messenger, MessengerOptions } from '../index.js';
import { keepLinksAway, keepScriptsAway } from '../stand-in/keep-scripts-away.js';
import { createPageEndpoint, type PageEndpoint } from '../stand-in/page-endpoint.js';
import { createStandIn } from '../stand-in/stand-in.js';
// Not from the entry, which brings the check of token endpoints.
import { createFakeBackend, type FakeBackend } from '../testing/backend.js';
import type { FakeWindow } from '../testing/environment.js';
import { installFakeMessenger } from '../testing/install.js';
import { signToken } from '../testing/sign-token.js';
import { drawUi } from '../testing/ui.js';
import { reportScriptTags } from './script-tags.js';
import { dropAnonymousVisitor } from './stored-visitor.js';
import { createUserId } from './user-id.js';

export interface DevSite {
  /** Whether the site's own endpoint answers, and not the one in the page. */
  readonly hasOwnEndpoint: boolean;
  /** The user who is signed in to the site; `null` if nobody is. */
  readonly user: string | null;
  /** Whether the token endpoint fails. */
  isFailing: boolean;
  /** Signs a user in to the site, and tells every messenger, as the page would. */
  signIn(user: string | null): void;
  expireTokens(): void;
  revokeTokens(): void;
  /** Calls the listener when somebody else is signed in, or another endpoint answers. */
  onChange(listener: () => void): void;
}

/** What the site learns from the messengers of the page. */
interface Watched extends DevSite {
  /** Whether the page has created one. */
  readonly hasMessenger: boolean;
  readOptions(options: MessengerOptions): MessengerOptions;
  watchUser(messenger: Messenger): Messenger;
}

/** Puts the fakes in the place of Zendesk in this window, and draws the fake messenger. */
export function startDevSite(window: FakeWindow, usesOwnEndpoint: boolean): DevSite {
  keepScriptsAway(window);
  keepLinksAway(window);
  dropAnonymousVisitor(window);
  const backend = createFakeBackend({ acceptsAnyKey: true, createUserId });
  const endpoint = createPageEndpoint((claims) => signToken(claims, backend.account));
  endpoint.externalId = 'user-1';
  const site = createSite(backend, endpoint, usesOwnEndpoint);
  reportScriptTags(window, () => site.hasMessenger);
  const answerToken = usesOwnEndpoint ? undefined : async () => endpoint.answer();
  createStandIn({ answerToken, changeOptions: site.readOptions, wrap: site.watchUser }).install();
  const messenger = installFakeMessenger({ window, fetch: reportRefusals(window, backend) });
  drawUi(window, messenger);
  Object.assign(window, { fakeZendeskMessenger: messenger });
  return site;
}

function createSite(backend: FakeBackend, endpoint: PageEndpoint, usesOwnEndpoint: boolean): Watched {
  const messengers = new Set<Messenger>();
  const listeners: (() => void)[] = [];
  const state = { hasOwnEndpoint: usesOwnEndpoint, hasMessenger: false };
  const notify = () => listeners.forEach((listener) => listener());
  const refuse = (refuseOne: (token: string) => void) => endpoint.tokens.forEach(refuseOne);

  function setUser(user: string | null): void {
    endpoint.externalId = user;
    notify();
  }

  return {
    get hasOwnEndpoint() {
      return state.hasOwnEndpoint;
    },
    get hasMessenger() {
      return state.hasMessenger;
    },
    get user() {
      return endpoint.externalId;
    },
    get isFailing() {
      return endpoint.failure !== undefined;
    },
    set isFailing(isFailing) {
      endpoint.failure = isFailing ? 503 : undefined;
    },
    signIn(user) {
      setUser(user);
      messengers.forEach((messenger) => void messenger.setUser(user));
    },
    expireTokens() {
      refuse(backend.expire);
      backend.expireAll();
    },
    revokeTokens() {
      refuse(backend.revoke);
      backend.revokeAll();
    },
    onChange: (listener) => void listeners.push(listener),
    readOptions(options) {
      // A page with `getToken` asks its own endpoint.
      if (typeof options.getToken === 'function') state.hasOwnEndpoint = true;
      notify();
      return options;
    },
    watchUser(messenger) {
      messengers.add(messenger);
      state.hasMessenger = true;
      return {
        ...messenger,
        setUser(id) {
          // The page says itself who is signed in to it.
          setUser(typeof id === 'string' && id !== '' ? id : null);
          return messenger.setUser(id);
        },
        destroy() {
          messengers.delete(messenger);
          messenger.destroy();
        },
      };
    },
  };
}

/** Says why the backend refuses a sign-in. The page learns it from the real one in two words only. */
function reportRefusals({ console }: FakeWindow, backend: FakeBackend): FakeBackend['fetch'] {
  return async (...request) => {
    const response = await backend.fetch(...request);
    const { kind, status, reason } = backend.requests.at(-1) ?? {};
    if (response.status === 401 && status === 401)
      console.warn(`Fake Zendesk: the token of a request (${kind}) is refused: ${reason}.`);
    return response;
  };
}
