import { runIn } from './in-browser.js';

runIn('chromium');
