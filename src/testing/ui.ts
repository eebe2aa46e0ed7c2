// The visible part of the fake messenger: its launcher and its window. Both say that they are fake.
import type { FakeMessenger } from './fake-messenger.js';
import { drawLauncher, focusLauncher } from './ui-launcher.js';
import { createUiWindow } from './ui-window.js';

/** Shows this messenger in its window's page, from the moment when it is live. */
export function drawUi(window: Window & typeof globalThis, messenger: FakeMessenger): void {
  const { document } = window;
  // Every widget has a launcher. Two of them, one over the other, come from a snippet that was loaded twice [M 7].
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
    if (messenger.live && !ui.host.isConnected) {
      document.body.append(ui.host);
      // The frame may be taken away [M 8]; nobody says so.
      new window.MutationObserver(draw).observe(document.body, { childList: true });
    }
    launchers().forEach((frame) => {
      drawLauncher(frame, messenger, toggle);
      frame.style.visibility = messenger.live ? 'visible' : 'hidden';
    });
  }

  messenger.onChange(draw);
  draw();
}
