// Reads text from files and from standard input, as UTF-8 and up to a size limit.
import { createReadStream } from 'node:fs';
import { UsageError } from './usage-error.js';

const MAX_BYTES = 16_000_000;

/**
 * @param description - how to name the file in error messages. Not its path, because somebody who mixed up two options may
 *   have typed a secret there.
 * @throws UsageError if the file cannot be read or is larger than 16 MB
 */
export async function readTextFile(path: string, description: string): Promise<string> {
  try {
    return await readText(createReadStream(path), description);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : 'cannot be read';
    throw new UsageError(`${description} ${problem}.`);
  }
}

/**
 * @param description - how to name the input in error messages
 * @throws UsageError if it is larger than 16 MB
 */
export async function readText(chunks: AsyncIterable<Uint8Array>, description: string): Promise<string> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new UsageError(`${description} is larger than 16 MB, so it is not a token.`);
    read.push(chunk);
  }
  return decode(Buffer.concat(read));
}

function decode(bytes: Uint8Array): string {
  // PowerShell 5 writes UTF-16 with a byte order mark for ">". In UTF-8, a byte order mark is kept, as it would be
  // sent.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Removes the one line break at the end of a file or of a program's output. */
export function dropLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Describes the file from --file, with its path unless that could be a token or a secret. */
export function describeTokenFile(path: string): string {
  return /^[\w./\\: -]{1,200}$/.test(path) && !/eyJ|[\w-]{31}/.test(path) ? `The file ${path}` : 'The file from --file';
}
