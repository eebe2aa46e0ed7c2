// Tells which of the messenger's hosts the page's content security policy blocks.

/** A request of the messenger that the page's policy blocked. */
export interface BlockedHost {
  /** The host, or `inline styles`. */
  readonly host: string;
  /** The directive that blocked it, such as `connect-src`. */
  readonly directive: string;
  /** What the directive must allow. */
  readonly source: string;
}

/** The hosts that the messenger needs, from docs/csp.md, and the source that allows each. */
const HOSTS: readonly (readonly [pattern: RegExp, source: string])[] = [
  [/(^|\.)zdassets\.com$/, 'https://*.zdassets.com'],
  [/(^|\.)zendesk\.com$/, 'https://*.zendesk.com'],
  [/(^|\.)smooch\.io$/, 'https://*.smooch.io'],
  [/(^|\.)zdusercontent\.com$/, 'https://*.zdusercontent.com'],
  [/(^|\.)twilio\.com$/, 'https://*.twilio.com'],
  [/\.ingest\.(us\.)?sentry\.io$/, 'https://*.ingest.sentry.io https://*.ingest.us.sentry.io'],
];

/** What is read of a violation: of the event, and of the report about an earlier one. */
export type Violation = Pick<
  SecurityPolicyViolationEvent,
  'blockedURI' | 'effectiveDirective' | 'sourceFile' | 'disposition'
>;

/** Returns what was blocked, if the messenger needs it. The policy may block other things on purpose. */
export function readViolation(violation: Violation): BlockedHost | undefined {
  const { blockedURI, effectiveDirective, sourceFile, disposition } = violation;
  // A report-only policy blocks nothing.
  if (disposition === 'report') return undefined;
  const directive = effectiveDirective.replace(/-(elem|attr)$/, '');
  // Zendesk's messenger inserts styles of its own.
  if (blockedURI === 'inline' && directive === 'style-src' && findSource(sourceFile))
    return { host: 'inline styles', directive, source: "'unsafe-inline'" };
  const url = readUrl(blockedURI);
  const source = findSource(blockedURI);
  if (!url || !source) return undefined;
  return { host: url.host, directive, source: url.protocol === 'wss:' ? source.replaceAll('https:', 'wss:') : source };
}

function findSource(address: string | null | undefined): string | undefined {
  const { hostname } = readUrl(address) ?? {};
  return hostname === undefined ? undefined : HOSTS.find(([pattern]) => pattern.test(hostname))?.[1];
}

function readUrl(address: string | null | undefined): URL | undefined {
  try {
    return new URL(address ?? '');
  } catch {
    return undefined;
  }
}

/** Says what is blocked, and what to do. */
export const describeBlocked = ({ host, directive, source }: BlockedHost) =>
  `${directive} blocks ${host}. Add ${source} to ${directive}.`;

/**
 * Calls the function for each blocked host, once for each directive, also for those that were blocked earlier where the browser
 * remembers them. Returns a function that ends this.
 */
export function watchBlockedHosts(onBlocked: (blocked: BlockedHost) => void): () => void {
  const known = new Set<string>();
  const look = (violation: Violation) => {
    const blocked = readViolation(violation);
    const text = blocked && describeBlocked(blocked);
    if (!text || known.has(text)) return;
    known.add(text);
    onBlocked(blocked);
  };
  document.addEventListener('securitypolicyviolation', look);
  const stopReports = watchReports(look);
  return () => {
    document.removeEventListener('securitypolicyviolation', look);
    stopReports();
  };
}

interface Reports {
  observe(): void;
  disconnect(): void;
}
type ReportingObserverClass = new (
  look: (reports: { readonly body: Partial<Violation & { blockedURL: string }> }[]) => void,
  options: { types: string[]; buffered: boolean },
) => Reports;

/** Only Chromium keeps the violations from before. */
function watchReports(look: (violation: Violation) => void): () => void {
  const { ReportingObserver } = globalThis as { ReportingObserver?: ReportingObserverClass };
  if (!ReportingObserver) return () => {};
  const read = (reports: Parameters<ConstructorParameters<ReportingObserverClass>[0]>[0]) =>
    reports.forEach(
      ({ body: { blockedURL = '', effectiveDirective = '', sourceFile = '', disposition = 'enforce' } }) =>
        look({ blockedURI: blockedURL, effectiveDirective, sourceFile, disposition }),
    );
  const observer = new ReportingObserver(read, { types: ['csp-violation'], buffered: true });
  observer.observe();
  return () => observer.disconnect();
}
