// Finds the token in the pasted text, decodes its header and payload, and shows them line by line. A claim that a finding
// is about is marked with the finding's code.

// Characters that are not in a token.
const BETWEEN = /[^\w+/=.-]+/;
// Header and payload in a longer text, such as a URL.
const INNER = /e(?:y[AJ]|w[0o])[\w-]{8,1000}\.[\w-]+/g;
const SPACE = /[\s\u200b-\u200d\u2060\ufeff]+/g;
const MOST_TRIED = 20;

/** @returns header and payload, each with its `text` and, if it is a JSON object, its `object`; `undefined` without both */
export function readParts(pasted) {
  // Also without white space, because terminals break long lines.
  const found = [...listCandidates(pasted), ...listCandidates(pasted.replace(SPACE, ''))];
  return (
    found.find(({ header, payload }) => header.object && payload.object) ??
    found.find(({ header, payload }) => header.object || payload.object)
  );
}

function listCandidates(text) {
  const pieces = text.split(BETWEEN).filter((piece) => piece.length > 20 && piece.includes('.'));
  const tried = [...pieces.slice(0, MOST_TRIED), ...(text.match(INNER) ?? []).slice(0, MOST_TRIED)];
  return tried.map((piece) => {
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
    // Not base64url, or not JSON. A finding says so.
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
  secret_exposed: ['kid'],
  api_key_exposed: ['kid', 'scope'],
  scope_wrong: ['scope'],
  external_id_not_string: ['external_id'],
  external_id_empty: ['external_id'],
  external_id_literal: ['external_id'],
  external_id_whitespace: ['external_id'],
  external_id_too_long: ['external_id'],
  user_id_instead: USER_IDS,
  email_verified_not_boolean: ['email_verified'],
  email_unverified: ['email'],
  exp_not_number: ['exp'],
  exp_milliseconds: ['exp'],
  time_zone_offset: ['iat', 'exp'],
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

/** Shows a part in a node: one line per member. Marked members are followed by the codes of their findings. */
export function drawPart(node, { text, object }, findings) {
  if (!object) {
    node.textContent =
      text === undefined ? 'This part cannot be decoded.' : `This part is not a JSON object:\n${shorten(text)}`;
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
 * The formatted members of a JSON object. JSON.parse and JSON.stringify would change a number of 20 digits, and would drop
 * one of two members with the same name.
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
