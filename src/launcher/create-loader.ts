// Calls the site's `load`.
import type { Messenger } from '../index.js';
import type { LauncherOptions } from './options.js';

const NO_MESSENGER = 'createLauncher: load() must return the messenger.';

/**
 * Returns a function that calls `load` until it has succeeded once. A messenger that has arrived is kept, because another one
 * would be a second messenger.
 *
 * @param use - called once, with the messenger
 */
export function createLoader(
  load: LauncherOptions['load'],
  use: (messenger: Messenger) => void,
): () => Promise<Messenger> {
  let loading: Promise<Messenger> | undefined;

  async function callLoad(): Promise<Messenger> {
    const messenger = await load();
    if (typeof messenger?.getSnapshot !== 'function') throw new TypeError(NO_MESSENGER);
    use(messenger);
    return messenger;
  }

  return () => {
    loading ??= callLoad();
    // The next call tries again.
    loading.catch(() => (loading = undefined));
    return loading;
  };
}
