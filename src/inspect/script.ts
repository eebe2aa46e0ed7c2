// The second file of the script-tag build. It stores the doctor on its own script tag, where the first file reads it.
import { explain } from './explain.js';

Object.assign(document.currentScript!, { exports: { explain } });
