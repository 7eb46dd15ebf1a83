import type { Socket } from 'node:net'
import type { Route } from './routes.ts'

const words = {
  431: ['网址太长了', '请缩短查找的词，或者从首页重新进入。'],
  408: ['网络太慢，没有收完', '请检查网络后再试一次。'],
  400: ['没有看懂这次请求', '请从首页重新进入。'],
} as const

const statusOf = (code: string | undefined): keyof typeof words =>
  code === 'HPE_HEADER_OVERFLOW' ? 431 : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400

/** What Node could not even read as a request, such as an address of 20 KB, is answered in Chinese too. */
export function answerUnread(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statusOf(error.code)
  const [title, hint] = words[status]
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head><body><h1>${title}</h1><p>${hint}</p><p><a href="/">回到首页</a></p></body></html>`
  const head = [
    `HTTP/1.1 ${status} Error`,
    'content-type: text/html; charset=utf-8',
    "content-security-policy: default-src 'none'",
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(html)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${html}`)
}

/**
 * Where an address leads that only differs from a page's own by capitals or slashes at its end, as people type and print it.
 * Undefined for everything else: no address of another host comes out, since the first part must be a page's.
 */
export function addressMeant(routes: readonly Route[]): (url: string) => string | undefined {
  const first = (path: string) => path.split('/')[1] ?? ''
  const pages = routes.filter((one) => one.method === 'GET' && !one.endpoint && first(one.path) !== '')
  const places = new Set(pages.map((one) => first(one.path)).filter((one) => one !== 'api'))
  return (url) => {
    const [path = '', ...query] = url.split('?')
    // Behind the first part stand numbers and names, whose capitals are their own.
    const meant = withoutLastSlashes(path.replace(/^\/[^/]*/, (part) => part.toLowerCase()))
    if (meant === path || !places.has(first(meant))) return undefined
    return [meant, ...query].join('?')
  }
}

/** By hand: `/\/+$/` begins anew at each slash, and an address of fifteen thousand of them would hold the one thread for a second. */
function withoutLastSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}
