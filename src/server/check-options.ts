// Checks the names of the options, and the functions among them. The other values have checks of their own.
import { TokenEndpointError } from './errors.js';

const SIGNING_NAMES = ['keyId', 'secret', 'product', 'lifetimeS', 'now'];
const ENDPOINT_NAMES = [...SIGNING_NAMES, 'getUser', 'allowedOrigins', 'onError'];

/** @throws TokenEndpointError if there is an option with another name, because the default would hold instead */
export function checkSigningOptions(options: unknown): void {
  const { now } = checkNames(options, SIGNING_NAMES, '{ keyId, secret }');
  if (now !== undefined) checkFunction(now, 'now');
}

/** @throws TokenEndpointError if there is an option with another name, or no `getUser` */
export function checkEndpointOptions(options: unknown): void {
  const { getUser, onError, now } = checkNames(options, ENDPOINT_NAMES, '{ keyId, secret, getUser }');
  checkFunction(getUser, 'getUser');
  if (onError !== undefined) checkFunction(onError, 'onError');
  if (now !== undefined) checkFunction(now, 'now');
}

function checkNames(options: unknown, names: readonly string[], required: string): Record<string, unknown> {
  if (typeof options !== 'object' || options === null) {
    throw new TokenEndpointError('option_invalid', `There are no options. Pass ${required}.`);
  }
  if (Object.keys(options).some((name) => !names.includes(name))) {
    throw new TokenEndpointError('option_invalid', `There is an unknown option. The options are ${names.join(', ')}.`);
  }
  return options as Record<string, unknown>;
}

function checkFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw new TokenEndpointError('option_invalid', `${name} must be a function.`);
}
