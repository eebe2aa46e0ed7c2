// What the doctor found, as a list: how bad it is in a word and a shape, what it is, what to do.

const ICONS = { error: '✕', warning: '!', info: 'i' };
const WORDS = { error: 'Error', warning: 'Warning', info: 'Info' };
const PLACES = {
  text: 'in the text as a whole',
  header: 'in the header',
  payload: 'in the payload',
  time: 'in the times',
  signature: 'in the signature',
};

/** Shows the findings in their order. What is there already stays: a reader's place in it, and what was opened. */
export function showFindings(list, findings) {
  const codes = findings.map(({ code }) => code).join();
  if (list.dataset.codes !== codes) {
    list.dataset.codes = codes;
    list.replaceChildren(...findings.map(drawFinding));
  }
  // "45 seconds ago" is another text by now.
  findings.forEach(({ message }, index) => write(list.children[index].querySelector('h3'), message));
}

/** Changes a text only where it is another one: what is not touched is not read out again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** `2 errors, 1 info`; empty where there are none. */
export function countFindings(findings) {
  return Object.keys(WORDS)
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length])
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
    .join(', ');
}

function drawFinding({ code, severity, part, message, remedy }) {
  const item = make('li', 'finding');
  item.dataset.severity = severity;
  item.dataset.code = code;
  const icon = make('span', 'icon', ICONS[severity]);
  icon.setAttribute('aria-hidden', 'true');
  const kind = make('p', 'kind');
  kind.append(icon, make('strong', '', WORDS[severity]), ` ${PLACES[part]} `, make('code', '', code));
  const [instruction, ...backends] = remedy.split('\n');
  item.append(kind, make('h3', '', message), make('p', 'remedy', instruction));
  if (backends.length > 0) item.append(drawBackends(backends));
  return item;
}

/** Each line is `Backend: code`. */
function drawBackends(lines) {
  const details = make('details', '');
  const list = make('ul', 'backends');
  for (const line of lines) {
    const [, backend, code] = /^(.*?): (.*)$/.exec(line) ?? ['', '', line];
    const item = make('li', '');
    item.append(make('span', '', backend), ' ', make('code', '', code));
    list.append(item);
  }
  details.append(make('summary', '', 'In your backend’s language'), list);
  return details;
}

function make(name, className, text = '') {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}
