// The state of what the visitor sees: the window, the launcher and the unread count. Also the page's settings.
import type { FakeWindow } from './environment.js';
import type { Frames } from './frames.js';
import type { Listeners } from './listeners.js';

/** The widget's default z-index according to Zendesk's documentation. */
const DEFAULT_Z_INDEX = 999_999;

export interface Panel {
  readonly isOpen: boolean;
  readonly isHidden: boolean;
  readonly isRendered: boolean;
  readonly unreadCount: number;
  readonly zIndex: number;
  /**
   * Shows the launcher for the first time. If the page has set `autorender` to `false`, it waits for `render` [M 9].
   */
  render(): void;
  setOpen(isOpen: boolean): void;
  setHidden(isHidden: boolean): void;
  setUnread(count: number): void;
  setZIndex(zIndex: number): void;
  /** Takes the launcher off the page while the visitor does not consent to cookies [M 66]. */
  setConsent(isGiven: boolean): void;
}

export function createPanel(
  { document }: FakeWindow,
  frames: Frames,
  listeners: Listeners,
  onChange: () => void,
): Panel {
  const state = { isOpen: false, isHidden: false, isRendered: false, unreadCount: 0, zIndex: DEFAULT_Z_INDEX };

  const update = (change: Partial<typeof state>): void => {
    Object.assign(state, change);
    frames.showLauncher(state.isRendered && !state.isHidden, state.zIndex);
    onChange();
  };

  function setUnread(unreadCount: number): void {
    update({ unreadCount });
    listeners.emit('unreadMessages', unreadCount);
  }

  return {
    get isOpen() {
      return state.isOpen;
    },
    get isHidden() {
      return state.isHidden;
    },
    get isRendered() {
      return state.isRendered;
    },
    get unreadCount() {
      return state.unreadCount;
    },
    get zIndex() {
      return state.zIndex;
    },
    render: () => update({ isRendered: true }),
    setOpen(isOpen) {
      if (isOpen === state.isOpen) return;
      update({ isOpen });
      listeners.emitWindowEvent(isOpen ? 'open' : 'close');
      // Opening the window marks all messages as read.
      if (isOpen && state.unreadCount > 0) setUnread(0);
    },
    setHidden(isHidden) {
      if (isHidden === state.isHidden) return;
      update({ isHidden });
      listeners.emitWindowEvent(isHidden ? 'hide' : 'show');
    },
    setUnread,
    setZIndex: (zIndex) => update({ zIndex }),
    setConsent(isGiven) {
      if (isGiven && frames.isAlive() && !frames.launcher.isConnected) document.body.append(frames.launcher);
      if (!isGiven) frames.launcher.remove();
      onChange();
    },
  };
}
