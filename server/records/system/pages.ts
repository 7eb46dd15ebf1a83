import { html } from 'ghtml'
import { hasRole, roleLabels } from '#domain/base/actor.ts'
import { isOwnNetwork } from '#domain/base/address.ts'
import type { Access } from '#contract/endpoint.ts'
import { endpoints } from '#contract/index.ts'
import { healthOf, isReady } from '#server/kernel/health.ts'
import { sendHtml, show } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import { heading, table } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'

/** What machines ask: whether the system lives, and what may be asked of it. */
export const systemRoutes = [
  show({ name: 'healthz', path: '/healthz', access: 'public' }, async ({ house, actor, request, reply }) => {
    const health = await healthOf(house)
    // What could be set safer is for whoever may set it: the machine, its network, the administrator. Nobody outside reads where to begin.
    const near = isOwnNetwork(request.ip) || hasRole(actor, 'admin')
    return reply
      .header('cache-control', 'no-store')
      .code(health.ok ? 200 : 503)
      .send(near ? health : { ...health, hints: [] })
  }),
  // For a proxy: a broken ballot box is a trouble, but no reason to send nobody here.
  show({ name: 'readyz', path: '/readyz', access: 'public' }, async ({ house, reply }) => {
    const ready = isReady(await healthOf(house))
    return reply
      .header('cache-control', 'no-store')
      .code(ready ? 200 : 503)
      .send({ ok: ready })
  }),
  // For a supervisor: it says only that the process answers, and a restart would mend nothing else.
  show({ name: 'livez', path: '/livez', access: 'public' }, async ({ reply }) => {
    reply.header('cache-control', 'no-store')
    return { ok: true }
  }),
  show({ name: 'openapi', path: '/api/openapi.json', access: 'public' }, async ({ request, reply }) => {
    reply.header('cache-control', 'public, max-age=300')
    return request.server.describe()
  }),
  show({ name: 'apiDocs', path: '/api-docs', access: 'public' }, async (exchange) => {
    const body = `<div class="wrap">${heading('接口说明', '工作台的每一步都走这些接口。完整的字段定义见 OpenAPI 3.1 文件。')}
<p><a href="/api/openapi.json">openapi.json</a></p>
${table({
  caption: `全部接口（${endpoints.length} 个）`,
  columns: ['用途', '方法', '地址', '谁可以用'].map((title) => ({ title })),
  rows: endpoints
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((one) => [
      html`${one.summary}`,
      html`${one.method}`,
      html`<code>${one.path}</code>`,
      html`${accessWords(one.access)}`,
    ]),
})}
<h2>怎么用</h2><ul class="dots">
<li>先在登录页登录，之后的请求带上浏览器里的会话 Cookie；没有另外的登录接口。</li>
<li>请求和答复都是 JSON（UTF-8）；修改数据的请求须来自本站页面（检查 Sec-Fetch-Site 和 Origin）。</li>
<li>出错时答复 <code>code</code>、<code>message</code>、全部原因 <code>reasons</code> 和请求编号 <code>requestId</code>。</li>
</ul></div>`
    const site = await readSite(exchange)
    return sendHtml(exchange.reply, page(site, { title: '接口说明', path: '/api-docs', unlisted: true }, body))
  }),
]

function accessWords(access: Access): string {
  if (access === 'public') return '任何人'
  return access === 'signedIn' ? '已登录' : access.map((role) => roleLabels[role]).join('、')
}
