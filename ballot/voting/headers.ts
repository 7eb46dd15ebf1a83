import helmet from 'helmet'

const { IncomingMessage, ServerResponse } = process.getBuiltinModule('node:http')
const { Socket } = process.getBuiltinModule('node:net')

/** What helmet sets on every reply. Asked once, since it puts the same headers together anew for each request. */
function headersOf(options: Parameters<typeof helmet>[0]): Record<string, string> {
  const reply = new ServerResponse(new IncomingMessage(new Socket()))
  helmet(options)(reply.req, reply, () => undefined)
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
}

const shown = headersOf({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // With no-referrer browsers send `Origin: null` from forms, and phones without Sec-Fetch-Site could not answer; no address
  // here says anything.
  referrerPolicy: { policy: 'same-origin' },
  // Of this name alone: what else the bureau runs beside it may not have TLS.
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
})

/** Without `hsts` (`HSTS=0`) it is taken back from browsers that have heard it. */
export const securityHeaders = (hsts = true): Record<string, string> =>
  hsts ? shown : { ...shown, 'strict-transport-security': 'max-age=0' }
