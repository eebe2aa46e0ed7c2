// A redacted report in a link: after the #, so that no server sees it. A link is written by anybody. So only a report that
// redact() could have written is accepted, word by word, and the texts of its findings are the doctor's own.
import { KNOWN_FINDINGS } from './known-findings.js';

const PREFIX = '#report=';
const VERSION = 1;
const MOST_CHARACTERS = 20_000;
const MOST_MEMBERS = 51;
const MOST_FINDINGS = 60;
// The years 2020 to 2100, in seconds.
const [FIRST_S, LAST_S] = [1_577_836_800, 4_102_444_800];

// ── What redact() writes ─────────────────────────────────────────────────────────────────────────────────────────────

const N = String.raw`\d{1,9}`;
const DISTANCE = `(?:${N} (?:second|minute|hour|day)s?|thousands of years)`;
const INSTANT = String.raw`(?:just now|in \d{1,4}|in ${DISTANCE}|${DISTANCE} ago)`;
const UNIT = String.raw`(?:seconds|milliseconds|microseconds|nanoseconds|\.NET ticks)`;
const whole = (...patterns) => new RegExp(`^(?:${patterns.join('|')})$`);

const TEXT = whole(`a string of ${N} characters`);
const SIGNATURE = whole(`${N} characters, left out`);
const MORE = whole(`${N} more`);
const NAME = whole('[A-Za-z][A-Za-z_-]{0,24}', String.raw`\(claim ${N}, its name has ${N} characters\)`);
const VALUE = whole(
  `a string of ${N} characters(?: with an @)?(?:, with white space around it)?`,
  `a string of ${N} characters, not beginning with app_`,
  `app_ and ${N} (?:hex digits|characters, not all of them hex digits)`,
  `a list of ${N}`,
  `an object with ${N} members`,
  'a number',
  `a (?:string|number) of ${UNIT}, ${INSTANT}`,
  '(?:a string|a number|a list|an object), not a time',
);
const SAFE = {
  alg: /^(?:none|(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA)$/i,
  typ: /^JWT$/i,
  scope: /^user$/i,
};

// ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The part of a link that begins with `#`.
 *
 * @param report - what redact() returned
 * @param check - `right` and `wrong` when a secret was given, otherwise `none`
 * @returns `undefined` for what would not be accepted again: a link is never longer or richer than that
 */
export function packReport({ report, findings, check, nowMs }) {
  const content = {
    v: VERSION,
    at: Math.floor(nowMs / 1000),
    check,
    findings: findings.map(({ code, severity, part }) => [code, severity, part]),
    report: JSON.parse(report),
  };
  const hash = PREFIX + encode(JSON.stringify(content));
  return readLink(hash).kind === 'report' ? hash : undefined;
}

const encode = (text) => {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

// ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What a page's address has after the path.
 *
 * - `none`: nothing
 * - `report`: a report that this page could have written, with its `content`
 * - `damaged`: something else that begins like a report
 * - `foreign`: anything else, such as `#token=…`, which is not looked at
 */
export function readLink(hash) {
  if (hash === '' || hash === '#') return { kind: 'none' };
  if (!hash.startsWith(PREFIX)) return { kind: 'foreign' };
  const content = unpack(hash.slice(PREFIX.length));
  return content ? { kind: 'report', content } : { kind: 'damaged' };
}

function unpack(text) {
  if (text.length > MOST_CHARACTERS || !/^[\w-]+$/.test(text)) return undefined;
  const content = decode(text);
  if (!isObject(content) || !hasOnly(content, ['v', 'at', 'check', 'findings', 'report'])) return undefined;
  const { v, at, check, findings, report } = content;
  const isInTime = Number.isInteger(at) && at >= FIRST_S && at < LAST_S;
  if (v !== VERSION || !isInTime || !['none', 'right', 'wrong'].includes(check)) return undefined;
  if (!isReport(report) || !Array.isArray(findings) || findings.length > MOST_FINDINGS) return undefined;
  if (!findings.every(isFinding)) return undefined;
  return { madeAtMs: at * 1000, check, report, findings: findings.map(explain) };
}

function decode(text) {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Not base64url, not UTF-8, or not JSON: cut off in an e-mail, for example.
    return undefined;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const hasOnly = (object, names) => Object.keys(object).every((name) => names.includes(name));
const isText = (value, pattern) => typeof value === 'string' && pattern.test(value);
const isCode = (value) => typeof value === 'string' && Object.hasOwn(KNOWN_FINDINGS, value);

function isReport(report) {
  if (!isObject(report) || !hasOnly(report, ['token', 'hard_to_read', 'header', 'payload', 'signature'])) return false;
  const { token, hard_to_read: codes = [], header = {}, payload = {}, signature } = report;
  if (!isText(token, TEXT) || !Array.isArray(codes) || codes.length > MOST_FINDINGS || !codes.every(isCode))
    return false;
  return isPart(header) && isPart(payload) && (signature === undefined || isText(signature, SIGNATURE));
}

function isPart(part) {
  if (!isObject(part)) return false;
  const members = Object.entries(part);
  return members.length <= MOST_MEMBERS && members.every(isMember);
}

function isMember([name, value]) {
  if (name === '…') return isText(value, MORE);
  if (!NAME.test(name)) return false;
  if (typeof value === 'boolean' || value === null) return true;
  return isText(value, VALUE) || (Object.hasOwn(SAFE, name) && isText(value, SAFE[name]));
}

const PARTS = ['text', 'header', 'payload', 'time', 'signature'];

function isFinding(finding) {
  if (!Array.isArray(finding) || finding.length !== 3) return false;
  const [code, severity, part] = finding;
  if (!isCode(code) || !PARTS.includes(part)) return false;
  const known = KNOWN_FINDINGS[code].severity;
  // Some errors are only warnings in a harmless case.
  return severity === known || (known === 'error' && severity === 'warning');
}

function explain([code, severity, part]) {
  const { meaning, remedy } = KNOWN_FINDINGS[code];
  return { code, severity, part, message: meaning, remedy };
}
