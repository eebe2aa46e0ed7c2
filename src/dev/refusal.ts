// Where ./dev must not run, because real visitors could come there.

// Bundlers replace the expression below. Other pages have no such variable.
declare const process: { readonly env: { readonly NODE_ENV?: string } };

const LOCAL_HOST =
  /^(|localhost|.+\.(localhost|test|local)|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|10(\.\d+){3}|172\.(1[6-9]|2\d|3[01])(\.\d+){2}|192\.168(\.\d+){2})$/;

/** Returns why it must not run on this page, or `undefined` if it may. */
export function findRefusal({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): string | undefined {
  if (isProductionBuild()) return 'this is a production build (NODE_ENV)';
  if (protocol === 'file:' || LOCAL_HOST.test(hostname)) return undefined;
  return `${hostname} is not a local host`;
}

function isProductionBuild(): boolean {
  try {
    return process.env.NODE_ENV === 'production';
  } catch {
    return false;
  }
}
