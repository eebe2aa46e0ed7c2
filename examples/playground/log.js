// The log: a sentence for everything that happens, the newest first.

const MOST = 200;

/** Returns a function that adds a sentence. `from` is who tells it; `kind` is its color: a name of a lane, or `bad`. */
export function createLog(list, clock) {
  return (from, text, kind = 'page') => {
    const line = document.createElement('li');
    const at = new Date(clock.nowMs());
    const time = Object.assign(document.createElement('time'), { textContent: at.toTimeString().slice(0, 8) });
    time.dateTime = at.toISOString();
    const name = Object.assign(document.createElement('span'), { className: `tag ${kind}`, textContent: from });
    const sentence = Object.assign(document.createElement('span'), { textContent: text });
    line.append(time, name, sentence);
    list.prepend(line);
    if (list.children.length > MOST) list.lastElementChild.remove();
  };
}
