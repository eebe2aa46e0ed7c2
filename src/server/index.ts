/**
 * The server half: an endpoint that signs tokens for your users. For everything that has `Request`, `Response` and Web Crypto: Node 20
 * or newer, Bun, Deno and workers. Has no dependencies. Do not import it in a page: the secret must stay on the server.
 *
 * @module zendesk-messenger-auth/server
 */
export { createTokenEndpoint, type TokenEndpoint } from './create-token-endpoint.js';
export { TokenEndpointError, type TokenEndpointErrorCode } from './errors.js';
export type { MessengerUser, SigningOptions, TokenEndpointOptions, TokenProduct } from './options.js';
export { signMessengerToken } from './sign.js';
export { toNodeHandler, type NodeRequest, type NodeResponse } from './to-node-handler.js';
