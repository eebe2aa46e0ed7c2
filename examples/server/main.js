// `npm run example`. Uses the real messenger when ZENDESK_KEY, ZENDESK_KEY_ID and ZENDESK_SECRET are set.
import { startServer } from './start-server.js';

try {
  const { url, mode } = await startServer({ port: Number(process.env.PORT ?? 8080), env: process.env });
  console.log(`${url} with ${mode === 'real' ? 'the real messenger' : 'a fake messenger'}. Press Ctrl+C to stop.`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
