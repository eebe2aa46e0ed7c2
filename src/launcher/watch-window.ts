// Whether Zendesk's own launcher or window is on the page. The only file here that names the messenger's function.
import type { Messenger, MessengerSnapshot } from '../index.js';

export interface WindowWatch {
  /** Opens the messenger's window. */
  open(): void;
  /** Whether the window is open, as far as the messenger has told. */
  isOpen(): boolean;
  /** Looks for an open window on the page. One that was open before this watch, or before `open()`, has not told it. */
  noticeWindow(): void;
  /** Zendesk's launcher, if it is live and shown. A site can switch it off in Admin Center, or hide it. */
  findLauncher(): HTMLElement | undefined;
  getSnapshot(): MessengerSnapshot;
}

/** Zendesk's launcher [M 8]. */
export const LAUNCHER = 'iframe#launcher';
/** No event tells when Zendesk's launcher appears [M 14]: some time after the messenger is live, or after its window has closed. */
const LAUNCHER_MS = 500;

/** @param onChange - called when one of the answers may have changed */
export function watchWindow(messenger: Messenger, onChange: () => void, signal: AbortSignal): WindowWatch {
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A timer may fire in a test whose environment is gone.
  const page = document;
  const isLive = () => messenger.getSnapshot().live;
  function findShown(selector: string): HTMLElement | undefined {
    const frame = page.querySelector<HTMLElement>(selector);
    return frame && isLive() && getComputedStyle(frame).display !== 'none' ? frame : undefined;
  }
  const lookLater = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, LAUNCHER_MS);
  };
  const unsubscribes = [
    messenger.subscribe(() => {
      // The messenger was taken off the page: it does not tell that its window has gone, too.
      isOpen &&= isLive();
      onChange();
      lookLater();
    }),
    messenger.on('open', () => {
      isOpen = true;
      onChange();
    }),
    messenger.on('close', () => {
      isOpen = false;
      lookLater();
    }),
  ];
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const unsubscribe of unsubscribes) unsubscribe();
  });
  return {
    open: () => void messenger.zE('messenger', 'open'),
    isOpen: () => isOpen,
    noticeWindow() {
      isOpen ||= !!findShown('iframe[name="Messaging window"]');
    },
    findLauncher: () => findShown(LAUNCHER),
    getSnapshot: () => messenger.getSnapshot(),
  };
}
