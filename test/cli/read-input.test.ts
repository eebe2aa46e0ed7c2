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

describe('a text that is read', () => {
  it('is UTF-8, also where a character is cut in two', async () => {
    expect(await readText(chunksOf(bytes(0x61, 0xc3), bytes(0xa9)), 'It')).toBe('aé');
  });

  it('keeps the mark at its beginning: it would be sent along', async () => {
    expect(await readText(chunksOf(bytes(0xef, 0xbb, 0xbf, 0x61)), 'It')).toBe('\ufeffa');
  });

  it('may be what PowerShell writes', async () => {
    expect(await readText(chunksOf(bytes(0xff, 0xfe, 0x61, 0, 0x62, 0)), 'It')).toBe('ab');
  });

  it('ends at 16 MB, also where there is more and more', async () => {
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
  ])('loses one line break at its end: %j', (text, expected) => {
    expect(dropLineBreak(text)).toBe(expected);
  });
});

describe('a file', () => {
  it('is read', async () => {
    writeFileSync(join(folder, 'token.txt'), 'a\n');
    expect(await readTextFile(join(folder, 'token.txt'), 'It')).toBe('a\n');
  });

  it('may not be there, or be a folder', async () => {
    await expect(readTextFile(join(folder, 'none'), 'The file none')).rejects.toThrow('The file none does not exist.');
    await expect(readTextFile(folder, 'It')).rejects.toThrow('It is a folder.');
    await expect(readTextFile('a\0b', 'It')).rejects.toThrow('It cannot be read.');
  });

  it('is called by its path, unless that is the token', () => {
    expect(describeTokenFile('C:\\my files\\token.txt')).toBe('The file C:\\my files\\token.txt');
    expect(describeTokenFile(FIRST_POST)).toBe('The file from --file');
    expect(describeTokenFile(`Bearer ${FIRST_POST.slice(0, 30)}`)).toBe('The file from --file');
    expect(describeTokenFile('S3cr3t-Key_for-tests-only-0123456789abcdef')).toBe('The file from --file');
    expect(describeTokenFile('a\u001b[2J')).toBe('The file from --file');
  });
});

describe('a header file', () => {
  it('may begin with the mark of an editor', () => {
    expect(parseHeaders('\ufeffcookie: a=b')).toEqual([['cookie', 'a=b']]);
  });

  it('has a header in each line, without those of the connection', () => {
    const text =
      ':authority: shop.example\r\ncookie: a=b; c="d:e"\n\nX-Tenant:acme \nContent-Length: 5\nconnection: close\n';
    expect(parseHeaders(text)).toEqual([
      ['cookie', 'a=b; c="d:e"'],
      ['X-Tenant', 'acme'],
    ]);
  });

  it.each(['session=hush', 'Cookie session=hush', 'Cookie: hush\u0000', 'Cookie: hush✓', 'my cookie: hush'])(
    'is refused with the line, and nothing of it: %j',
    (line) => {
      expect(() => parseHeaders(`a: b\n${line}`)).toThrow(/^Line 2 of the header file does not have the form/);
      expect(() => parseHeaders(`a: b\n${line}`)).not.toThrow('hush');
    },
  );
});
