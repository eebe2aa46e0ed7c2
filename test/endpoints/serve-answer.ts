// Sends the answers of the table over HTTP.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EndpointAnswer } from './answers.js';
import { fillIn } from './fill-in.js';

/**
 * Answers a POST with the row, and a GET, which follows a redirect, with a sign-in page.
 *
 * @param atMs - when the tokens are signed
 * @param count - the number of the request; each answer has other tokens
 */
export function serveAnswer(
  { status = 200, headers = {}, body }: EndpointAnswer,
  { method }: IncomingMessage,
  response: ServerResponse,
  { atMs, count }: { readonly atMs: number; readonly count: number },
): void {
  if (method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
    return;
  }
  response.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(fillIn(body, atMs, count));
}
