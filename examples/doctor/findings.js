// The list of findings. Each has its severity as a word and an icon, its message, and its remedy.

const ICONS = { error: '✕', warning: '!', info: 'i' };
const WORDS = { error: 'Error', warning: 'Warning', info: 'Info' };
const PLACES = {
  text: 'in the text as a whole',
  header: 'in the header',
  payload: 'in the payload',
  time: 'in the times',
  signature: 'in the signature',
};

/** Shows the findings in order. Unchanged entries stay in place, so that focus and opened details are kept. */
export function showFindings(list, findings) {
  if (!isShown(list, findings)) {
    list.dataset.codes = listKinds(findings);
    list.replaceChildren(...findings.map(drawFinding));
  }
  // Messages such as "45 seconds ago" change over time.
  findings.forEach(({ message }, index) => write(list.children[index].querySelector('h3'), message));
}

/** Whether the list has these findings, perhaps with older texts. */
export const isShown = (list, findings) => list.dataset.codes === listKinds(findings);

// The same code can have different severities, and different remedies then.
const listKinds = (findings) => findings.map(({ code, severity }) => `${severity} ${code}`).join();

/** Sets a text only when it differs, so that screen readers do not read it again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** For example `2 errors, 1 info`. Empty without findings. */
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
