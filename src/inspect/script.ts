// The second file of the script-tag build. It stores the doctor on its own tag, and the first file reads it from there.
import { explain } from './explain.js';

Object.assign(document.currentScript!, { exports: { explain } });
