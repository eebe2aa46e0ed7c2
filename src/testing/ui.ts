// Draws the launcher and the window of the fake messenger. Both say that they are not the real messenger.
import type { FakeMessenger } from './fake-messenger.js';
import { drawLauncher, focusLauncher } from './ui-launcher.js';
import { createUiWindow } from './ui-window.js';

/** Shows this messenger in the page as soon as it is live. */
export function drawUi(window: Window & typeof globalThis, messenger: FakeMessenger): void {
  const { document } = window;
  // Each widget has a launcher. If the snippet was loaded twice, there are two of them, one on top of the other [M 7].
  const launchers = (): NodeListOf<HTMLIFrameElement> =>
    document.querySelectorAll<HTMLIFrameElement>('iframe#launcher');

  const ui = createUiWindow(window, messenger, () => {
    messenger.closeWindow();
    focusLauncher(launchers()[0] ?? null);
  });

  function toggle(): void {
    if (messenger.isOpen) return messenger.closeWindow();
    messenger.openWindow();
    ui.focusInput();
  }

  function draw(): void {
    ui.update();
    // The window belongs to the same element as the launcher.
    if (launchers().length === 0) ui.host.style.display = 'none';
    if (messenger.live && !ui.host.isConnected) {
      document.body.append(ui.host);
      // The page may remove the frames [M 8] [M 75]. There is no event for it, so watch the document.
      new window.MutationObserver(draw).observe(document.body, { childList: true });
    }
    launchers().forEach((frame) => {
      drawLauncher(frame, messenger, toggle);
      // Not by assignment: in Chromium, that would call a setter which the page has added to Object.prototype.
      frame.style.setProperty('visibility', messenger.live ? 'visible' : 'hidden');
    });
  }

  messenger.onChange(draw);
  draw();
}
