import type { Actor } from '#domain/base/actor.ts'
import { createHash, timingSafeEqual } from 'node:crypto'
import { html } from 'ghtml'
import { isSetupLink } from '#server/schools/setup/queries.ts'
import type { Respondents } from '#demo/survey.ts'
import { Problem } from '#server/kernel/problem.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import type { House } from '#server/kernel/work.ts'
import { narrowPage } from '#server/portal/layout.ts'
import { heading, linkButton, noticeBox, table } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import type { buildDemo, DemoOptions } from './bureau.ts'

const SECONDS = 2

/** One building of the demonstration in this process; only who holds the set-up link sees it. */
interface Run {
  key: Buffer
  lines: string[]
  ended?: { signIns: Awaited<ReturnType<typeof buildDemo>>['signIns']; password?: string } | { failed: string }
}

const offers = new WeakMap<House['database'], Omit<DemoOptions, 'token'>>()
const runs = new WeakMap<House['database'], Run>()

/** Says who plays the respondents of the survey; without an offer the page sends people to the command. */
export function offerDemo(house: House, options: { respondents: Respondents; schools?: number }): void {
  offers.set(house.database, options)
}

const keyOf = (token: string): Buffer => createHash('sha256').update(token).digest()

function runFor(house: House, token: string): Run | undefined {
  const run = runs.get(house.database)
  return run && timingSafeEqual(run.key, keyOf(token)) ? run : undefined
}

/** The set-up's other way: the demonstration year instead of the own bureau. Works without script. */
export const demoRoutes = [
  post({ name: 'startDemoForm', path: '/setup/demo', access: 'public' }, async (exchange) => {
    const token = exchange.form['token'] ?? ''
    const { house } = exchange
    if (!runFor(house, token)) {
      if (!(await isSetupLink(exchange.look, token))) return sendSpent(exchange)
      const offer = offers.get(house.database)
      if (!offer) return sendElsewhere(exchange)
      // Nothing is awaited from here on: of two who press at once, the second finds the run of the first.
      if (!runs.has(house.database)) runs.set(house.database, startRun(house, { ...offer, token }))
    }
    return exchange.reply.redirect(`/setup/demo?token=${encodeURIComponent(token)}`, 303)
  }),
  show({ name: 'demoPage', path: '/setup/demo', access: 'public' }, async (exchange) => {
    const run = runFor(exchange.house, exchange.query['token'] ?? '')
    if (!run) return sendSpent(exchange)
    if (run.ended === undefined) {
      exchange.reply.header('refresh', String(SECONDS))
      return sendNarrow(exchange, '正在生成演示年度', progressBody(run))
    }
    if ('failed' in run.ended) return sendNarrow(exchange, '没有生成', failedBody(run.ended.failed), 500)
    const body = doneBody(run.ended)
    // Shown once: whoever finds the address later finds no password. A checker of links that asks by HEAD has shown it to nobody.
    if (exchange.request.method === 'GET') delete run.ended.password
    return sendNarrow(exchange, '演示年度已备好', body)
  }),
]

function startRun(house: House, options: DemoOptions & { token: string }): Run {
  const run: Run = { key: keyOf(options.token), lines: [] }
  const build = async () => {
    // Loaded only here: no other start needs the story of a year.
    const { buildDemo: tell } = await import('./bureau.ts')
    return tell(house, { ...options, log: (line) => run.lines.push(line) })
  }
  build().then(
    ({ signIns, password }) => {
      run.ended = { signIns, password }
    },
    (error: unknown) => {
      house.log.error({ err: error }, 'the demonstration could not be made')
      run.ended = {
        failed:
          error instanceof Problem ? error.reasons.map((one) => one.message).join('') : '系统出了故障，详情见日志。',
      }
    },
  )
  return run
}

async function sendNarrow(exchange: Exchange<Actor>, title: string, body: string, status = 200) {
  return sendHtml(exchange.reply, narrowPage(await readSite(exchange), { title, path: '/' }, body), { status })
}

const sendSpent = (exchange: Exchange<Actor>) =>
  sendNarrow(
    exchange,
    '这个地址不能用了',
    `${heading('这个地址不能用了')}<p>初始化地址可能已经用过或过期。系统重新启动时，如果还没有账号，会显示一个新的地址。</p>
<p>${linkButton('/sign-in', '去登录', true)}</p>`,
    410,
  )

const sendElsewhere = (exchange: Exchange<Actor>) =>
  sendNarrow(
    exchange,
    '请在服务器上生成',
    `${heading('请在服务器上生成演示年度')}<p>票箱在另一个进程里，演示数据不能从这里生成。请另设一个空的数据目录，不设 <code>BALLOT_URL</code>，在服务器上运行 <code>npm run demo</code>。</p>`,
    409,
  )

const progressBody = ({ lines }: Run): string =>
  `${heading('正在生成演示年度', '大约半分钟。这一页会自己更新，可以离开再回来。')}
<ol class="dots" aria-live="polite">${lines.map((line) => html`<li>${line}</li>`).join('') || '<li>正在建立演示区教育局</li>'}</ol>`

const failedBody = (message: string): string =>
  `${heading('没有生成演示年度')}${noticeBox('出了什么事', html`<p>${message}</p>`, 'warn')}
<p>数据库里可能已有一部分演示数据，不能接着用。请在服务器上停止系统，换一个空的数据目录（DATA_DIR）再启动，用新的初始化地址重来。</p>`

function doneBody({ signIns, password }: Extract<NonNullable<Run['ended']>, { signIns: unknown }>): string {
  return `${heading('演示年度已备好', '一个区、各学校、一整年的工作。下面的账号都可以登录；密码只显示这一次，请先抄下来。')}
${
  password
    ? noticeBox('密码都是', html`<p><strong id="password">${password}</strong></p>`)
    : noticeBox('密码已经显示过', '<p>忘了密码，请在服务器上另设一个空的数据目录，重新生成演示年度。</p>', 'warn')
}
<p>${linkButton('/sign-in', '去登录', true)} ${linkButton('/', '看公众门户')}</p>
${table({
  caption: '可以登录的演示账号',
  columns: [{ title: '登录名' }, { title: '岗位' }, { title: '姓名' }],
  rows: signIns.map((one) => [html`${one.loginName}`, html`${one.role}`, html`${one.name}`]),
})}`
}
