// Answers as a browser must get them: with the CORS headers without which a page cannot read them.

export interface ResponseSettings {
  readonly cors: boolean;
  readonly killSwitch: boolean;
}

function corsHeaders(request: Request): Record<string, string> {
  return {
    'access-control-allow-origin': request.headers.get('origin') ?? '*',
    // The kill switch is a header, too: a page may read it only when it is exposed.
    'access-control-expose-headers': 'x-zendesk-killswitch, date',
    vary: 'Origin',
  };
}

/** The answer to a CORS preflight: everything that the messenger sends is allowed. */
export function preflightResponse(request: Request): Response {
  const allowed = {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
  };
  return new Response(null, { status: 204, headers: { ...corsHeaders(request), ...allowed } });
}

/** A text is sent as it is, `null` as an empty body, anything else as JSON. */
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
