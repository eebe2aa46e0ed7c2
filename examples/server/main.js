// `npm run example`. With ZENDESK_KEY, ZENDESK_KEY_ID and ZENDESK_SECRET set it shows the real messenger.
import { startServer } from './start-server.js';

try {
  const { url, mode } = await startServer({ port: Number(process.env.PORT ?? 8080), env: process.env });
  console.log(`${url} with ${mode === 'real' ? 'the real messenger' : 'a stand-in for Zendesk'}. Ctrl+C ends it.`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
