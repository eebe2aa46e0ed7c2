import { runIn } from './in-browser.js';
import { isStory } from './stories.js';

runIn('chromium', isStory);
