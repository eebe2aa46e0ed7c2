// The messenger's frames. Without the first one, the messenger stops working [M 8]. The launcher is in an element of its
// own, which the messenger never creates again [M 75].
import type { FakeWindow } from './environment.js';

export interface Frames {
  readonly launcher: HTMLIFrameElement;
  /** Whether the messenger's frame has been in the page all the time. A frame that is put back does not count. */
  isAlive(): boolean;
  showLauncher(isShown: boolean, zIndex: number): void;
  remove(): void;
}

export function createFrames({ document }: FakeWindow): Frames {
  const create = (title: string): HTMLIFrameElement => {
    const frame = document.createElement('iframe');
    frame.title = title;
    frame.style.display = 'none';
    return frame;
  };
  const widget = create('Fake messenger, without content');
  widget.dataset['product'] = 'web_widget';
  widget.tabIndex = -1;
  widget.setAttribute('aria-hidden', 'true');
  const launcher = create('Button to launch messaging window');
  launcher.id = 'launcher';
  const ui = document.createElement('div');
  ui.append(document.createElement('div'));
  ui.firstElementChild?.append(launcher);
  document.body.append(widget, ui);
  // A browser discards the window of a frame that is removed, and creates a new one when the frame is put back.
  const view = widget.contentWindow;
  return {
    launcher,
    isAlive: () => widget.isConnected && widget.contentWindow === view,
    showLauncher(isShown, zIndex) {
      launcher.style.display = isShown ? 'block' : 'none';
      launcher.style.zIndex = String(zIndex);
    },
    remove() {
      widget.remove();
      ui.remove();
      launcher.remove();
    },
  };
}
