// The devtools' script of the script-tag build. It stores the function on its own script tag, where the first file reads it.
import { mountDevtools } from './mount-devtools.js';

Object.assign(document.currentScript!, { exports: { mountDevtools } });
