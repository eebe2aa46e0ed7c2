import { runIn } from './in-browser.js';

runIn('firefox');
