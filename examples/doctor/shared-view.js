// Shows a report from a link, instead of the fields for a token. It is read-only.
import { countFindings, showFindings } from './findings.js';

const CHECKS = {
  none: 'The signature was not checked: no secret was given.',
  right: 'The signature is correct: the token was signed with the secret that was given.',
  wrong: 'The signature was checked with a secret, and is wrong.',
};

/** @param byId - finds a node of the page */
export function createSharedView(byId) {
  return {
    /** @param link - what readLink() returned */
    show(link) {
      const isReport = link.kind === 'report';
      for (const id of ['shared-note', 'shared-summary', 'shared-check', 'shared-findings-card', 'shared-parts'])
        byId(id).hidden = !isReport;
      byId('damaged').hidden = isReport;
      if (isReport) showReport(link.content);
    },
  };

  function showReport({ madeAtMs, report, findings, check }) {
    byId('made-at').textContent = `${new Date(madeAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const isRefused = findings.some(({ severity }) => severity === 'error');
    const count = countFindings(findings);
    const verdict = isRefused ? 'Zendesk refuses this token.' : 'Nothing was found that Zendesk refuses.';
    byId('shared-summary').textContent = [count && `${count}.`, verdict].join(' ').trim();
    byId('shared-summary').dataset.state = isRefused ? 'refused' : 'clear';
    byId('shared-check').textContent = CHECKS[check];
    byId('shared-findings-card').hidden = findings.length === 0;
    showFindings(byId('shared-findings'), findings);
    for (const name of ['header', 'payload']) {
      const part = report[name];
      byId(`shared-${name}`).textContent =
        part === undefined ? 'This part could not be read.' : JSON.stringify(part, null, 2);
    }
    byId('shared-text').textContent = `The text was ${report.token}. Signature: ${report.signature ?? 'none'}.`;
  }
}
