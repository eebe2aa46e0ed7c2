// The script-tag build's second file: leaves the doctor on its own tag, where the first file takes it from.
import { explain } from './explain.js';

Object.assign(document.currentScript!, { exports: { explain } });
