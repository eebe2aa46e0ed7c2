// The Web Widget (Classic), as far as it matters for a page that expects the messenger. It reads tokens from settings and has no
// loginUser [M 37].
import type { FakeWindow } from './environment.js';
import type { Commands } from './live-function.js';
import { getGlobals } from './page-globals.js';
import type { Panel } from './panel.js';

export function createClassicCommands(window: FakeWindow, panel: Panel): Commands {
  const authenticate = () => getGlobals(window).zESettings?.webWidget?.authenticate;
  // The answers are ignored, because this fake has no chat and no help center to sign in to.
  const askForChat = (): void => authenticate()?.chat?.jwtFn?.(() => undefined);
  const askForHelpCenter = (): void => authenticate()?.jwtFn?.(() => undefined);
  askForChat();
  askForHelpCenter();
  return {
    'webWidget.show': () => panel.setHidden(false),
    'webWidget.hide': () => panel.setHidden(true),
    'webWidget.open': () => panel.setOpen(true),
    'webWidget.close': () => panel.setOpen(false),
    'webWidget.toggle': () => panel.setOpen(!panel.isOpen),
    'webWidget.chat:reauthenticate': askForChat,
    'webWidget.helpCenter:reauthenticate': askForHelpCenter,
  };
}
