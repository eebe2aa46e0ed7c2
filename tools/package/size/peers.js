// Other packages that a page loads a chat with, or signs somebody in with, as the registry has them now.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stderr } from 'node:process';
import { promisify } from 'node:util';
import { bundle } from './bundle.js';
import { measure } from './measure.js';

export const PEERS = [
  'react-use-zendesk',
  'react-zendesk',
  'smooch',
  '@intercom/messenger-js-sdk',
  'react-use-intercom',
  '@livechat/widget-core',
  '@stripe/stripe-js',
  'keycloak-js',
  'oidc-client-ts',
  '@supabase/auth-js',
];

/** Installs each into a folder of its own, and says on stderr how far it is. */
export async function measurePeers() {
  const temporary = mkdtempSync(join(tmpdir(), 'size-'));
  const rows = {};
  try {
    for (const [index, name] of PEERS.entries()) {
      stderr.write(`${index + 1} of ${PEERS.length}: ${name}\n`);
      const folder = join(temporary, String(index));
      mkdirSync(folder);
      const installed = await install(name, folder);
      rows[name] = { ...installed, ...measure(await bundle(folder, { entryPoints: [name] })) };
    }
    return rows;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function install(name, folder) {
  const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  await promisify(execFile)('npm', ['install', ...options, `${name}@latest`], { cwd: folder }).catch((error) => {
    throw new Error(`${name} could not be installed. Is npm's registry to be reached? ${error.stderr}`);
  });
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const own = `node_modules/${name}`;
  // What a peer dependency brings, such as React, the site has anyway. The empty name is the folder itself.
  const others = Object.entries(packages).filter(([path, { peer }]) => path !== '' && path !== own && !peer);
  return { version: packages[own].version, dependencies: others.length };
}
