// The token's header and payload, as they are: found in whatever was pasted, decoded, and drawn line by line. What is
// wrong with them is not said here; the claims that a finding is about are marked with it.

// What no token has in it.
const BETWEEN = /[^\w+/=.-]+/;
const SPACE = /[\s\u200b-\u200d\u2060\ufeff]+/g;
const MOST_TRIED = 20;

/** @returns header and payload, each with its `text` and, where it is one, the JSON `object`; `undefined` without any */
export function readParts(pasted) {
  // As it is, or joined: a terminal breaks a long line.
  const found = [...listCandidates(pasted), ...listCandidates(pasted.replace(SPACE, ''))];
  return (
    found.find(({ header, payload }) => header.object && payload.object) ??
    found.find(({ header, payload }) => header.object || payload.object)
  );
}

function listCandidates(text) {
  const pieces = text.split(BETWEEN).filter((piece) => piece.length > 20 && piece.includes('.'));
  return pieces.slice(0, MOST_TRIED).map((piece) => {
    const [header, payload] = piece
      .replace(/^bearer/i, '')
      .split('.', 2)
      .map(decode);
    return { header, payload };
  });
}

function decode(part) {
  let text;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { text, object: value };
  } catch {
    // Not base64url, or not JSON: a finding says so.
  }
  return { text };
}

// ── Which claim a finding is about ───────────────────────────────────────────────────────────────────────────────────

const USER_IDS = ['userId', 'user_id', 'userid', 'userID'];
const CLAIMS = {
  alg_not_hs256: ['alg'],
  typ_not_jwt: ['typ'],
  kid_missing: ['kid'],
  kid_unusual: ['kid'],
  scope_wrong: ['scope'],
  external_id_not_string: ['external_id'],
  external_id_empty: ['external_id'],
  external_id_literal: ['external_id'],
  external_id_whitespace: ['external_id'],
  user_id_instead: USER_IDS,
  email_verified_not_boolean: ['email_verified'],
  email_unverified: ['email'],
  exp_not_number: ['exp'],
  exp_milliseconds: ['exp'],
  expired: ['exp'],
  exp_before_iat: ['exp', 'iat'],
  lifetime_short: ['exp'],
  lifetime_long: ['exp'],
  iat_not_number: ['iat'],
  iat_milliseconds: ['iat'],
  iat_future: ['iat'],
  nbf_not_number: ['nbf'],
  nbf_future: ['nbf'],
  clock_skew: ['iat'],
};

function findingsAbout(name, findings) {
  return findings.filter(({ code }) => Object.hasOwn(CLAIMS, code) && CLAIMS[code].includes(name));
}

// ── Drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const MOST_MEMBERS = 200;
const MOST_SHOWN = 4000;
const MOST_INDENT = 20;

/** Fills a node with a part: its members a line each, the marked ones with the findings' codes behind them. */
export function drawPart(node, { text, object }, findings) {
  if (!object) {
    node.textContent =
      text === undefined ? 'It cannot be decoded.' : `It is no JSON object. It reads:\n${shorten(text)}`;
    return;
  }
  const members = listMembers(text);
  const lines = members
    .slice(0, MOST_MEMBERS)
    .map((member) => drawMember(member, findingsAbout(member.name, findings)));
  if (members.length > lines.length) lines.push(`  … ${members.length - lines.length} more\n`);
  node.replaceChildren('{\n', ...lines, '}');
}

function drawMember({ text }, findings) {
  if (findings.length === 0) return `  ${shorten(text)}\n`;
  const mark = document.createElement('mark');
  mark.dataset.severity = findings[0].severity;
  const [, shown, comma] = /^(.*?)(,?)$/s.exec(shorten(text));
  mark.textContent = shown;
  const codes = document.createElement('span');
  codes.className = 'about-claim';
  codes.textContent = ` ← ${findings.map(({ code }) => code).join(', ')}`;
  const line = document.createElement('span');
  line.append('  ', mark, comma, codes, '\n');
  return line;
}

function shorten(text) {
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN)}… and ${text.length - MOST_SHOWN} more characters`;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * The members of an object's JSON, laid out. Not by way of JSON.stringify: a number of 20 digits would come out as
 * another one, and of two members with the same name one would be gone.
 */
function listMembers(json) {
  const members = [];
  let depth = 0;
  let member;
  let before = '';
  const newLine = () => `\n${'  '.repeat(Math.min(depth, MOST_INDENT))}`;
  for (const [token] of json.matchAll(TOKENS)) {
    const isClosing = token === '}' || token === ']';
    if (isClosing) depth--;
    if (depth === 0 && (isClosing || token === '{')) {
      depth += isClosing ? 0 : 1;
      continue;
    }
    if (depth === 1 && member === undefined) {
      member = { name: JSON.parse(token), text: '' };
      members.push(member);
    }
    const isEmpty = isClosing && (before === '{' || before === '[');
    if ((isClosing && !isEmpty) || (before === ',' && depth > 1) || (!isClosing && (before === '{' || before === '[')))
      if (member.text !== '') member.text += newLine();
    member.text += token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth++;
    if (token === ',' && depth === 1) member = undefined;
    before = token;
  }
  return members;
}
