import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseHeaders } from '../../src/cli/header-file.js';
import { describeTokenFile, dropLineBreak, readText, readTextFile } from '../../src/cli/read-input.js';
import { FIRST_POST } from './tokens.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* chunksOf(...chunks: Uint8Array[]) {
  yield* chunks;
}
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('the input', () => {
  it('is read as UTF-8, also when a chunk ends inside a character', async () => {
    expect(await readText(chunksOf(bytes(0x61, 0xc3), bytes(0xa9)), 'It')).toBe('aé');
  });

  it('keeps its byte order mark, because that would be sent with the token', async () => {
    expect(await readText(chunksOf(bytes(0xef, 0xbb, 0xbf, 0x61)), 'It')).toBe('\ufeffa');
  });

  it('may be UTF-16, as PowerShell writes it', async () => {
    expect(await readText(chunksOf(bytes(0xff, 0xfe, 0x61, 0, 0x62, 0)), 'It')).toBe('ab');
  });

  it('is rejected after 16 MB, also when it does not end', async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(1_000_000);
    }
    expect(await readText(chunksOf(new Uint8Array(16_000_000)), 'It')).toHaveLength(16_000_000);
    await expect(readText(endless(), 'It')).rejects.toThrow('It is larger than 16 MB, so it is not a token.');
  });

  it.each([
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\n\n', 'a\n'],
    ['a \n', 'a '],
    ['\na', '\na'],
    ['a\r', 'a\r'],
    ['\n', ''],
  ])('loses one line break at its end when it is %j', (text, expected) => {
    expect(dropLineBreak(text)).toBe(expected);
  });
});

describe('a file', () => {
  it('is read as text', async () => {
    writeFileSync(join(folder, 'token.txt'), 'a\n');
    expect(await readTextFile(join(folder, 'token.txt'), 'It')).toBe('a\n');
  });

  it('causes an error when it does not exist, is a folder, or cannot be read', async () => {
    await expect(readTextFile(join(folder, 'none'), 'The file none')).rejects.toThrow('The file none does not exist.');
    await expect(readTextFile(folder, 'It')).rejects.toThrow('It is a folder.');
    await expect(readTextFile('a\0b', 'It')).rejects.toThrow('It cannot be read.');
  });

  it('is named by its path in errors, unless the path looks like a token or a secret', () => {
    expect(describeTokenFile('C:\\my files\\token.txt')).toBe('The file C:\\my files\\token.txt');
    expect(describeTokenFile(FIRST_POST)).toBe('The file from --file');
    expect(describeTokenFile(`Bearer ${FIRST_POST.slice(0, 30)}`)).toBe('The file from --file');
    expect(describeTokenFile('S3cr3t-Key_for-tests-only-0123456789abcdef')).toBe('The file from --file');
    expect(describeTokenFile('a\u001b[2J')).toBe('The file from --file');
  });
});

describe('a header file', () => {
  it('may start with a byte order mark', () => {
    expect(parseHeaders('\ufeffcookie: a=b')).toEqual([['cookie', 'a=b']]);
  });

  it('has one header per line, and headers about the connection are ignored', () => {
    const text =
      ':authority: shop.example\r\ncookie: a=b; c="d:e"\n\nX-Tenant:acme \nContent-Length: 5\nconnection: close\n';
    expect(parseHeaders(text)).toEqual([
      ['cookie', 'a=b; c="d:e"'],
      ['X-Tenant', 'acme'],
    ]);
  });

  it.each(['session=hush', 'Cookie session=hush', 'Cookie: hush\u0000', 'Cookie: hush✓', 'my cookie: hush'])(
    'is rejected by line number, without the content, for %j',
    (line) => {
      expect(() => parseHeaders(`a: b\n${line}`)).toThrow(/^Line 2 of the header file does not have the form/);
      expect(() => parseHeaders(`a: b\n${line}`)).not.toThrow('hush');
    },
  );
});
