// The messenger's two frames. If the page removes the first one, the messenger stops working [M 8].
import type { FakeWindow } from './environment.js';

export interface Frames {
  readonly launcher: HTMLIFrameElement;
  isAlive(): boolean;
  showLauncher(isShown: boolean, zIndex: number): void;
  remove(): void;
}

export function createFrames({ document }: FakeWindow): Frames {
  const add = (title: string): HTMLIFrameElement => {
    const frame = document.createElement('iframe');
    frame.title = title;
    frame.style.display = 'none';
    document.body.append(frame);
    return frame;
  };
  const widget = add('Fake messenger, without content');
  widget.dataset['product'] = 'web_widget';
  widget.tabIndex = -1;
  widget.setAttribute('aria-hidden', 'true');
  const launcher = add('Button to launch messaging window');
  launcher.id = 'launcher';
  return {
    launcher,
    isAlive: () => widget.isConnected,
    showLauncher(isShown, zIndex) {
      launcher.style.display = isShown ? 'block' : 'none';
      launcher.style.zIndex = String(zIndex);
    },
    remove() {
      widget.remove();
      launcher.remove();
    },
  };
}
