// The fake messenger of one window. All runs of the snippet in the window share it.
import type { FakeMessenger, FakeVisitor } from './fake-messenger.js';
import type { FakeWindow, MessengerSettings } from './environment.js';
import type { ApiCall } from './api-client.js';
import type { RequestResult } from './requests.js';
import { goLive } from './stub.js';
import type { MessengerVisitor } from './visitor-state.js';
import { createWidget, type Widget, type WidgetConfig } from './widget.js';

export interface FakePage {
  readonly messenger: FakeMessenger;
  /** Whether `remove` was called. Then a configuration that arrives later starts nothing. */
  readonly isRemoved: boolean;
  /** Starts a widget and makes it live. */
  boot(config: WidgetConfig, settings: MessengerSettings): void;
  /** Removes the widgets from the window. */
  remove(): void;
}

// Stored on the window and not in this module, because two copies of this code may run in one window.
const PAGE = Symbol.for('zendesk-messenger-auth/fake-page');

/** Returns the fake messenger of this window. Creates it at the first call. */
export function getPage(window: FakeWindow): FakePage {
  const slots = window as unknown as Record<symbol, FakePage | undefined>;
  return (slots[PAGE] ??= createPage(window, () => delete slots[PAGE]));
}

function createPage(window: FakeWindow, onRemove: () => void): FakePage {
  const widgets: Widget[] = [];
  const listeners = new Set<() => void>();
  let isRemoved = false;
  const notify = (): void => [...listeners].forEach((listener) => listener());
  return {
    messenger: createFakeMessenger(widgets, listeners),
    get isRemoved() {
      return isRemoved;
    },
    boot(config, settings) {
      const widget = createWidget(window, config, settings, notify);
      widgets.push(widget);
      goLive(window, widget.zE, widget.build);
      notify();
    },
    remove() {
      isRemoved = true;
      widgets.forEach((widget) => widget.remove());
      onRemove();
      notify();
    },
  };
}

function createFakeMessenger(widgets: readonly Widget[], listeners: Set<() => void>): FakeMessenger {
  const latestWidget = (): Widget | undefined => widgets.at(-1);
  const liveWidget = (): Widget | undefined => (latestWidget()?.frames.isAlive() ? latestWidget() : undefined);
  const perform = async (method: ApiCall['method'], path: (visitorId: string) => string): Promise<RequestResult> => {
    const outcome = await liveWidget()?.requests.sendInBackground((id) => ({ method, path: path(id) }));
    return outcome?.result ?? { failed: 'the messenger is not live' };
  };
  return {
    get live() {
      return liveWidget() !== undefined;
    },
    get build() {
      return latestWidget()?.build;
    },
    get boots() {
      return widgets.length;
    },
    get widgets() {
      return widgets.filter(({ frames }) => frames.isAlive()).length;
    },
    get isKilled() {
      return latestWidget()?.isKilled ?? false;
    },
    get isOpen() {
      return liveWidget()?.panel.isOpen ?? false;
    },
    get isHidden() {
      return liveWidget()?.panel.isHidden ?? false;
    },
    get isRendered() {
      return liveWidget()?.panel.isRendered ?? false;
    },
    get unreadCount() {
      return liveWidget()?.panel.unreadCount ?? 0;
    },
    get zIndex() {
      return liveWidget()?.panel.zIndex;
    },
    get locale() {
      return latestWidget()?.pageSettings.locale;
    },
    get conversationFields() {
      return latestWidget()?.metadata.fields ?? [];
    },
    get conversationTags() {
      return latestWidget()?.metadata.tags ?? [];
    },
    get visitor() {
      return describe(liveWidget()?.visitor.current ?? { kind: 'none' });
    },
    get classicUsers() {
      return liveWidget()?.classicUsers ?? { chat: undefined, helpCenter: undefined };
    },
    get messages() {
      return latestWidget()?.conversation.messages ?? [];
    },
    get asks() {
      return widgets.reduce((sum, { asks }) => sum + asks.count, 0);
    },
    get renewalAsks() {
      return widgets.reduce((sum, { asks }) => sum + asks.renewalCount, 0);
    },
    get waitingAsks() {
      return widgets.reduce((sum, { asks }) => sum + asks.waitingCount, 0);
    },
    startConversation: async (text) =>
      (await liveWidget()?.conversation.start(text)) ?? { failed: 'the messenger is not live' },
    send: async (text) => (await liveWidget()?.conversation.send(text)) ?? { failed: 'the messenger is not live' },
    request: () => perform('GET', (id) => `appusers/${id}/conversations`),
    connectRealtime: () => perform('GET', () => 'realtime'),
    openWindow: () => liveWidget()?.panel.setOpen(true),
    closeWindow: () => liveWidget()?.panel.setOpen(false),
    setUnread: (count) => liveWidget()?.panel.setUnread(count),
    emit: (event, payload) => liveWidget()?.listeners.emit(event, payload),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

// Without a token, there is no user: the next message is an anonymous visitor's [M 25].
function describe(visitor: MessengerVisitor): FakeVisitor {
  if (visitor.kind === 'anonymous') return { kind: 'anonymous', id: visitor.id };
  if (visitor.kind === 'user') return { kind: 'user', externalId: visitor.externalId };
  return { kind: 'none' };
}
