// Describes where an endpoint redirects a request, without the address.
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';

const SIGN_IN =
  /(?<![a-z])(?:(?:log|sign)[-_]?(?:in|on)|o?auth(?:\d|enticate|entication|ori[sz]e)?|sso|sessions?)(?![a-z])/i;

export function createRedirectFinding(url: URL, location: string): EndpointFinding {
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  const redirect = (where: string, remedy?: string) =>
    createEndpointFinding('endpoint_redirect', `The POST was redirected ${where}.`, { remedy });
  if (target?.host === url.host && target.protocol !== url.protocol) {
    return redirect('to https', 'Use the https address as tokenUrl.');
  }
  if (target?.href === url.href) return redirect('to itself');
  if (
    target?.origin === url.origin &&
    target.search === url.search &&
    dropSlash(target.pathname) === dropSlash(url.pathname)
  ) {
    return redirect(
      'to another spelling of the same URL',
      'Use the URL it redirects to. Often only the slash at the end differs.',
    );
  }
  if (target && SIGN_IN.test(target.host + target.pathname)) {
    return redirect('to what looks like a sign-in page');
  }
  return redirect(target && target.origin !== url.origin ? 'to another site' : 'to another page');
}

const dropSlash = (path: string) => path.replace(/\/$/, '');
