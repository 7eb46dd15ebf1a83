import type { FastifyRequest } from 'fastify'
import { isOwnNetwork } from '#domain/base/address.ts'
import type { Settings } from './settings.ts'
import type { House } from './work.ts'

/** What whoever runs the machine should know though nothing is broken; none is good. */
export async function hintsOf(house: House): Promise<string[]> {
  const box = await (house.boxHints?.() ?? Promise.resolve([])).catch(() => [])
  return [...addressHints(house.settings), ...(proxied.has(house.database) ? [PROXY] : []), ...box]
}

const PROXY =
  '请求经过了反向代理（带 X-Forwarded-For），但没有设置 TRUST_PROXY：系统会把所有人看成来自同一个地址，一处输错密码、一处刷屏会拖慢大家。请把 TRUST_PROXY 设为自己的反向代理的层数（一般是 1）。'

const proxied = new WeakSet<House['database']>()

/** Said once to the log. Anybody can send this header, so only a neighbour is taken for a proxy: no stranger leaves a hint that is not true. */
export function noteProxy(house: House, request: FastifyRequest): void {
  if (house.settings.trustProxy !== false || request.headers['x-forwarded-for'] === undefined) return
  if (proxied.has(house.database) || !isOwnNetwork(request.socket.remoteAddress ?? '')) return
  proxied.add(house.database)
  request.log.warn({ hint: 'TRUST_PROXY' }, 'X-Forwarded-For arrived, but TRUST_PROXY is not set')
}

/** Names for which browsers keep a cookie of HTTPS without HTTPS. */
const isThisMachine = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(hostname)

/** Whether the browser asks without TLS from another machine: then it keeps no session, and nobody gets in. */
export function comesPlain(request: FastifyRequest, { publicUrl }: Pick<Settings, 'publicUrl'>): boolean {
  if (request.protocol === 'https' || isThisMachine(request.hostname)) return false
  // TLS ends at a proxy that tells nothing of it, or is not believed.
  const told = String(request.headers['x-forwarded-proto'] ?? '').startsWith('https')
  return !told && request.headers.origin?.startsWith('https:') !== true && `https://${request.host}` !== publicUrl
}

export const PLAIN =
  '这个网址以 http:// 开头，没有加密，浏览器不会保存登录，输对了密码也会回到登录页。请管理员在系统前面架设带 HTTPS 的反向代理，把 PUBLIC_URL 改成 https:// 开头的网址，大家改用那个网址；在服务器本机上可以用 http://localhost 登录。'

function addressHints({ publicUrl }: Settings): string[] {
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'https:' || isThisMachine(hostname)) return []
  return [`PUBLIC_URL=${publicUrl} 不是 https://，从别的电脑登录不进来。${PLAIN}`]
}
