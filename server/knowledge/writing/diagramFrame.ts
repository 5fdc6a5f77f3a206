import type { RequestHandler } from 'express'

/**
 * The frame that a diagram is drawn in. It knows nothing of the site and can do nothing to it: it belongs to no origin, loads nothing but our two
 * scripts, and sends nothing anywhere; all it gets is the text of the diagram. Styles of its own are allowed because drawings are made of them.
 */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'"],
  ...["frame-ancestors 'self'", 'sandbox allow-scripts'],
].join('; ')

export const diagramFrame: RequestHandler = (_req, res) => {
  // A frame without an origin cannot keep to one, and browsers say so each time.
  res.removeHeader('Origin-Agent-Cluster')
  res.set('Content-Security-Policy', policy).set('Cache-Control', 'private, no-cache')
  res.alone('knowledge/writing/diagramFrame')
}
