// @vitest-environment jsdom
import { liveThrough } from './lives.js';

liveThrough('B26');
