// The options at run time: their names, types and defaults, and the checks.
import { MessengerAuthError } from './errors.js';
import type { Limits } from './state.js';

const ignore = () => {};

/**
 * Every option, with a value of its type, in the order of the table in the documentation. The values after `onEvent`
 * are also the defaults.
 */
export const OPTIONS = {
  key: '',
  getToken: ignore,
  tokenUrl: '',
  nonce: '',
  trustedTypesPolicy: '',
  onEvent: ignore,
  loadTimeoutMs: 10_000,
  tokenTimeoutMs: 10_000,
  loginTimeoutMs: 15_000,
  refreshWhenHidden: false,
  consent: 'granted' as 'granted' | 'pending',
  visibility: 'always',
};

// The members of `tokenUrl`, each with a type that it may have. `url` is the only one that must be there.
const MEMBER = /^((url|method|credentials|body)string|(headers|body)(object|function)|body(null|$)|.*[^l]undefined)/;

/**
 * Checks the options and returns them with the defaults filled in. Properties that the page adds to Object.prototype do
 * not count as options. The error message names the option but never contains its value.
 *
 * @throws MessengerAuthError `invalid_option`
 */
export function checkOptions<Options extends object>(options: Options): Options & Limits {
  const check = (isRight: unknown, detail: string) => {
    if (!isRight) throw new MessengerAuthError('invalid_option', detail);
  };
  const limits: Record<string, unknown> = { ...OPTIONS, getToken: undefined };
  for (const [name, value] of Object.entries(options ?? {}) as [string, unknown][]) {
    if (value === undefined) continue;
    check(Object.hasOwn(OPTIONS, name), `${name} is unknown`);
    limits[name] = value;
    if (name === 'tokenUrl' && value && typeof value === 'object') {
      // null and empty strings do not count.
      for (const [member, given] of Object.entries({ url: '', ...value }) as [string, unknown][])
        check(MEMBER.test(member + ((given && typeof given) as string)), `tokenUrl.${member} is wrong`);
      continue;
    }
    const type = typeof OPTIONS[name as keyof typeof OPTIONS];
    // Frameworks pass an empty nonce when there is none.
    const isRight =
      type === 'number' ? (value as number) > 0 && (value as number) < Infinity : value !== '' || name === 'nonce';
    check(typeof value === type && isRight, `${name} must be a ${type === 'number' ? 'positive ' : ''}${type}`);
  }
  check(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(limits.key as string), 'key must be a UUID');
  const checkChoice = (name: keyof typeof OPTIONS, ...values: string[]) =>
    check(values.includes(limits[name] as string), `${name} must be ${values.join(' or ')}`);
  checkChoice('consent', 'granted', 'pending');
  checkChoice('visibility', 'always', 'signed-in');
  check(!limits.getToken !== !limits.tokenUrl, 'give one of getToken and tokenUrl');
  return limits as unknown as Options & Limits;
}
