// The panel with the code: the lines of the last step, or all code with these lines marked.
import { handWritten } from './hand-written.js';
import { codeOf, readPage, splitLine } from './shown-code.js';
import { withLibrary } from './with-library.js';

const PAGES = {
  library: readPage(withLibrary, ["import { createMessenger } from 'zendesk-messenger-auth';", '']),
  handWritten: readPage(handWritten),
};
const ACTIONS = { library: withLibrary, handWritten };

/**
 * Shows the code. Returns `show(step, userId)` and `setCompared(isCompared)`.
 *
 * @param panel - contains two tabs, `[role=tab]`, and for each page of code `[data-page]` with a `pre`, a note and a button
 */
export function createCodePanel(panel) {
  const tabs = [...panel.querySelectorAll('[role="tab"]')];
  const body = panel.querySelector('[role="tabpanel"]');
  let shown;
  let isComplete = false;

  function select(tab) {
    isComplete = tab.id === 'code-all';
    for (const each of tabs) {
      each.setAttribute('aria-selected', String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
    }
    body.setAttribute('aria-labelledby', tab.id);
    draw();
  }

  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const next = tabs[(index + 1) % tabs.length];
      next.focus();
      select(next);
    });
  });

  function draw() {
    for (const place of panel.querySelectorAll('[data-page]')) {
      const { page } = place.dataset;
      const lines = isComplete ? PAGES[page] : readStep(page, shown);
      place.querySelector('.note').textContent = shown.step[page];
      const isMarked = ({ part }) => isComplete && part === shown.step.part;
      place.querySelector('pre').replaceChildren(drawCode(lines, isMarked));
      scrollToMark(place.querySelector('pre'));
    }
  }

  for (const button of panel.querySelectorAll('.copy')) button.addEventListener('click', () => copy(button));

  return {
    /** Shows what the step runs. `userId` is the user whom the step signs in. */
    show(step, userId) {
      shown = { step, userId };
      draw();
    },
    setCompared(isCompared) {
      panel.querySelector('[data-page="handWritten"]').hidden = !isCompared;
    },
  };
}

/** Scrolls the code, and not the page. */
function scrollToMark(pre) {
  const mark = pre.querySelector('.marked');
  pre.scrollTop = mark ? mark.offsetTop - 24 : 0;
}

function readStep(page, { step, userId }) {
  const code = codeOf(ACTIONS[page][step.part]);
  if (step.runs) return split(code.replace('setUser(userId)', `setUser(${userId ? `'${userId}'` : 'null'})`));
  return split(`// Nothing new runs. This ran at page start:\n${code}`);
}

const split = (code) => code.split('\n').map((text) => ({ text }));

function drawCode(lines, isMarked) {
  const code = document.createElement('code');
  for (const line of lines) {
    const row = document.createElement(isMarked(line) ? 'mark' : 'span');
    row.className = isMarked(line) ? 'line marked' : 'line';
    row.append(...splitLine(line.text).map(drawPart), '\n');
    code.append(row);
  }
  return code;
}

function drawPart({ kind, text }) {
  if (kind === 'plain') return text;
  return Object.assign(document.createElement('span'), { className: `code-${kind}`, textContent: text });
}

async function copy(button) {
  const { textContent } = button.closest('[data-page]').querySelector('pre');
  try {
    await navigator.clipboard.writeText(textContent.trimEnd());
    button.textContent = 'Copied';
  } catch {
    // No permission, or no secure context.
    button.textContent = 'Select the code and copy it';
  }
  setTimeout(() => (button.textContent = 'Copy'), 2000);
}
