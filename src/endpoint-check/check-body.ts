// Checks what is in the body of an endpoint's response, in the same way as the library.
import { describeAnswer } from '../core/describe-answer.js';
import { findJwts } from '../core/find-jwts.js';
import { isMessagingToken, readAnswer } from '../core/read-answer.js';
import { readToken } from '../core/token.js';
import { parseToken } from '../inspect/parse-token.js';
import { describeSurroundings } from '../inspect/surroundings.js';
import { hasJsonBehind, isDebugOutput, parseJson, readBehindJson } from './debug-output.js';
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';

export interface BodyCheck {
  readonly findings: readonly EndpointFinding[];
  /** What the library would use as the token, or the one JWT that comes closest to it. Absent if there is none. */
  readonly token: { readonly value: unknown } | undefined;
}

const DEBUG_OUTPUT = 'the debug output of a backend, such as a PHP warning';
const DEBUG_REMEDY =
  'Send warnings and debug output to a log (PHP: display_errors = Off), and answer with only the JSON.';

/** Either `nobody`, in the words for the beginning of a sentence, or a check. */
export type Body = { readonly nobody: string } | BodyCheck;

const WORDS = /^["']?(?:null|undefined|none|nil|nan|true|false)["']?$/i;
const PAGE = /^<(?!\?xml|\w+:)/i;

/** @param isClassic - whether the token should be for the Web Widget (Classic) */
export function checkBody(body: string, isClassic = false): Body {
  const text = body.trim();
  const [token, isSurrounded] = readAnswer(text);
  if (token === null)
    return { nobody: /^["']?null/i.test(text) ? 'The answer is null' : 'The token in the answer is null' };
  if (isUsable(token)) return { findings: describeShape(text, token as string, isSurrounded), token: { value: token } };
  const finding = findNonToken(text, token, isClassic);
  if (!finding) return { findings: [], token: { value: token } };
  const nearest = findNearest(text);
  return { findings: [finding], token: nearest === undefined ? undefined : { value: nearest } };
}

/** Whether it is a JWT, even if Zendesk would refuse it. Then the doctor explains what is wrong with it. */
function isUsable(token: unknown): boolean {
  const result = readToken(token);
  return typeof result !== 'string' || !['token_not_string', 'token_malformed'].includes(result);
}

/** Says where the library found the token, if it is not where the documentation says. */
function describeShape(text: string, token: string, isSurrounded: boolean | undefined): EndpointFinding[] {
  if (isSurrounded) return [createSurroundedFinding(text, token)];
  const json = parseJson(text);
  const members: Record<string, unknown> = { __proto__: null, ...(json as object) };
  if (text === token || json === token || members['token'] === token || members['jwt'] === token) return [];
  const isDoubled = !text.includes(`"${token}"`);
  const where = isDoubled
    ? 'in a JSON text inside the JSON'
    : 'under another name than token or jwt, or at a deeper level';
  const message = `The token is ${where}. The library finds it there, but only because its claims are those of a messaging token.`;
  return [createEndpointFinding('endpoint_shape', message)];
}

function createSurroundedFinding(text: string, token: string): EndpointFinding {
  const message = `${describeSurroundingsInAnswer(text, token)} The library takes the token out of it, with a warning on the console.`;
  const remedy = isDebugOutput(text) ? DEBUG_REMEDY : undefined;
  return createEndpointFinding('endpoint_surrounded', message, { remedy });
}

function describeSurroundingsInAnswer(text: string, token: string): string {
  const rest = readBehindJson(text);
  if (isDebugOutput(text)) {
    const what = (rest ?? text).startsWith('<') ? 'HTML' : 'text';
    return `There is ${what} ${rest === undefined ? 'in front of' : 'behind'} the JSON: ${DEBUG_OUTPUT}.`;
  }
  if (text.endsWith('0') && (text === `${token}0` || parseJson(text.slice(0, -1)) !== undefined)) {
    return 'There is a 0 behind the answer, which WordPress adds if the handler does not end with wp_die().';
  }
  if (rest !== undefined && !rest.includes(token)) {
    return describeSurroundings({ jwt: token, before: '', after: rest }).replace('the token', 'the JSON');
  }
  const [before = '', after = ''] = text.split(token);
  if (parseJson(text) !== undefined) {
    // Only the text of the member is of interest.
    const inside = { before: before.slice(before.lastIndexOf('"') + 1), after: after.slice(0, after.indexOf('"')) };
    return `In the JSON: ${describeSurroundings({ jwt: token, ...inside })}`;
  }
  if (/^[{[]/.test(before)) {
    return 'The answer looks like JSON, but is not valid JSON, such as a dict of Python, or JSON with a comma too many.';
  }
  return describeSurroundings({ jwt: token, before, after });
}

/** Returns a finding if the response contains something else instead of a token. */
function findNonToken(text: string, token: unknown, isClassic: boolean): EndpointFinding | undefined {
  if (text === '') return createEndpointFinding('endpoint_null', 'The answer is empty.');
  if (WORDS.test(text)) {
    return createEndpointFinding(
      'endpoint_null',
      'The answer is a word such as undefined or false, because a value was missing.',
    );
  }
  if (isDebugOutput(text)) {
    const place = hasJsonBehind(text) ? 'before' : readBehindJson(text) !== undefined ? 'behind' : undefined;
    const where = place ? `${place} the JSON, which cannot be read because of it` : 'instead of a token';
    const code = text.startsWith('<') ? 'endpoint_html' : 'endpoint_no_token';
    return createEndpointFinding(code, `The answer has ${DEBUG_OUTPUT}, ${where}.`, { remedy: DEBUG_REMEDY });
  }
  // These tokens have no scope, and need no external_id.
  const others = isClassic ? '' : describeOtherTokens(text);
  const report = (sentence: string) => createEndpointFinding('endpoint_no_token', `${sentence}.${others}`);
  const said = token === text ? describeAnswer(text) : undefined;
  if (said !== undefined) return report(said);
  if (PAGE.test(text)) return createEndpointFinding('endpoint_html', 'The answer is a web page instead of a token.');
  if (/^[{[]/.test(text)) {
    if (readBehindJson(text) !== undefined)
      return report('The answer is JSON with something behind it, such as HTML, so it cannot be read');
    if (parseJson(text) === undefined) return report('The answer starts like JSON, but is not valid JSON');
    if (token === text) return report('The answer is JSON without a token');
  }
  if (others !== '') return report('The answer is not a token');
  return text.startsWith('<') ? report('The answer is XML without a token') : undefined;
}

/** Says which JWTs the library leaves alone. Empty if there are none. */
function describeOtherTokens(text: string): string {
  const count = findJwts(text).filter((jwt) => !isMessagingToken(jwt)).length;
  if (count === 0) return '';
  const what = count === 1 ? 'a JWT that has' : `${count} JWTs that have`;
  const it = count === 1 ? 'it' : 'them';
  return ` It contains ${what} no external_id, or whose scope is not "user", so the library does not hand ${it} to Zendesk.`;
}

/** Returns the only JWT in the text that was meant for the messenger, so that the doctor can say what it lacks. */
function findNearest(text: string): string | undefined {
  const near = findJwts(text).filter((jwt) => {
    const { header, payload } = parseToken(jwt);
    return (
      String(header?.['kid']).startsWith('app_') ||
      payload?.['scope'] === 'user' ||
      payload?.['external_id'] !== undefined
    );
  });
  return near.length === 1 ? near[0] : undefined;
}
