// Counts the tabs of this site that have the panel. They tell each other with a channel that only the panel uses.

const CHANNEL = 'zendesk-messenger-auth.devtools';

type Message = readonly [kind: 'hello' | 'here' | 'bye', id: string];

/**
 * Calls the function with the number of tabs, this one included, now and after each change. A tab that has crashed is counted
 * until this page is loaded again. Returns a function that ends this.
 */
export function countTabs(onCount: (count: number) => void): () => void {
  onCount(1);
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  const id = `${Math.random()}`;
  const others = new Set<string>();
  const say = (kind: Message[0]) => channel.postMessage([kind, id] satisfies Message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const [kind, other] = data;
    if (kind === 'bye') others.delete(other);
    else others.add(other);
    if (kind === 'hello') say('here');
    onCount(others.size + 1);
  };
  const leave = () => say('bye');
  // A page that the browser has kept comes back with it.
  const arrive = () => {
    others.clear();
    say('hello');
  };
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', arrive);
  say('hello');
  return () => {
    leave();
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', arrive);
    channel.close();
  };
}
