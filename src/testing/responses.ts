// Creates responses with the CORS headers that a page needs to read them.

export interface ResponseSettings {
  readonly cors: boolean;
  readonly killSwitch: boolean;
}

function corsHeaders(request: Request): Record<string, string> {
  return {
    'access-control-allow-origin': request.headers.get('origin') ?? '*',
    // The kill switch is a header, and a page can read it only if it is exposed.
    'access-control-expose-headers': 'x-zendesk-killswitch, date',
    vary: 'Origin',
  };
}

/** Answers a CORS preflight. Allows everything that the messenger sends. */
export function preflightResponse(request: Request): Response {
  const allowed = {
    'access-control-allow-methods': 'GET, POST, PUT',
    'access-control-allow-headers': 'authorization, content-type, x-zendesk-userid',
  };
  return new Response(null, { status: 204, headers: { ...corsHeaders(request), ...allowed } });
}

/** Creates a response. A string is sent unchanged, `null` as an empty body, and any other value as JSON. */
export function toResponse(
  request: Request,
  answer: { status: number; body: unknown },
  settings: ResponseSettings,
): Response {
  const { status, body } = answer;
  const headers: Record<string, string> = settings.cors ? corsHeaders(request) : {};
  if (settings.killSwitch) headers['x-zendesk-killswitch'] = 'true';
  if (body === null) return new Response(null, { status, headers });
  headers['content-type'] = typeof body === 'string' ? 'text/plain' : 'application/json';
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}
