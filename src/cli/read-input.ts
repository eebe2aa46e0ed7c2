// Texts from files and from standard input: bytes as UTF-8, and not without end.
import { createReadStream } from 'node:fs';
import { UsageError } from './usage-error.js';

const MOST_BYTES = 16_000_000;

/**
 * @param described - the file in words. A path is not repeated: whoever mixes up two options has typed a secret there.
 * @throws UsageError
 */
export async function readTextFile(path: string, described: string): Promise<string> {
  try {
    return await readText(createReadStream(path), described);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : 'cannot be read';
    throw new UsageError(`${described} ${what}.`);
  }
}

/** @throws UsageError */
export async function readText(chunks: AsyncIterable<Uint8Array>, described: string): Promise<string> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new UsageError(`${described} is larger than 16 MB, so it is not a token.`);
    read.push(chunk);
  }
  return decode(Buffer.concat(read));
}

function decode(bytes: Uint8Array): string {
  // What ">" writes in PowerShell 5. Its mark says how the file is encoded; in UTF-8 it would be sent along.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Without the one line break that a file, or what a program prints, ends with. */
export function dropLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** The file from --file, in words: with its path, unless that could be a token or a secret. */
export function describeTokenFile(path: string): string {
  return /^[\w./\\: -]{1,200}$/.test(path) && !/eyJ|[\w-]{31}/.test(path) ? `The file ${path}` : 'The file from --file';
}
