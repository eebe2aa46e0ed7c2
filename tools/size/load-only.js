// The page that `npm run size` measures as "main entry, load() only".
import { createMessenger } from '../../dist/index.js';

void createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' }).load();
