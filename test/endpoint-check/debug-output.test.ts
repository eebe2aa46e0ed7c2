import { describe, expect, it } from 'vitest';
import { isDebugOutput } from '../../src/endpoint-check/debug-output.js';

describe('the debug output of a backend', () => {
  it.each([
    '<br />\n<b>Notice</b>:  Undefined index in <b>/srv/a.php</b> on line <b>3</b><br />{"a":1}',
    '<br />\n<b>Fatal error</b>:  Uncaught Error',
    '<pre>array(1) { }</pre>{"token":"a"}',
    '<div class="xdebug">…</div>\n[{"token":"a"}]',
    'Warning: Undefined variable $a in /srv/a.php on line 3\n{"token":"a"}',
    'DeprecationWarning: use b\n{"token":"a"}',
  ])('is recognized in %j', (text) => {
    expect(isDebugOutput(text)).toBe(true);
  });

  it.each([
    '{"warning":"a","token":"b"}',
    '[{"debug":"a"}]',
    '<!DOCTYPE html><html><body><script>const a = {"token":"b"};</script></body></html>',
    '<html><head><title>Warning</title></head><body>Sign in</body></html>',
    '<?xml version="1.0"?><token>a</token>',
    ')]}\'\n{"token":"a"}',
    'callback({"token":"a"})',
    'Warning',
    '',
  ])('is not recognized in %j', (text) => {
    expect(isDebugOutput(text)).toBe(false);
  });
});
