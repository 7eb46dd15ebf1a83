import type { Actor } from '#domain/base/actor.ts'
import { html } from 'ghtml'
import { type Setup, type SetupPerson, setupLabels } from '#domain/identity/account.ts'
import { passwordSentences } from '#domain/identity/password.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { isSetupLink } from './queries.ts'
import { Problem } from '#server/kernel/problem.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import { narrowPage } from '#server/portal/layout.ts'
import { errorSummary, field, form, heading, linkButton, type Mistake, noticeBox } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { setUpBureau } from './actions.ts'

/** The first visit: an empty system gets its bureau and its first people. Works without script. */
export const setupRoutes = [
  show({ name: 'setupPage', path: '/setup', access: 'public' }, async (exchange) => {
    const token = exchange.query['token'] ?? ''
    if (!(await isSetupLink(exchange.look, token))) return sendSpent(exchange)
    return sendSetup(exchange, blank, token)
  }),
  post({ name: 'setUpForm', path: '/setup', access: 'public' }, async (exchange) => {
    const token = exchange.form['token'] ?? ''
    if (!(await isSetupLink(exchange.look, token))) return sendSpent(exchange)
    const setup = setupOf(exchange.form)
    try {
      await setUpBureau(exchange.house, token, setup)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.status === 410) return sendSpent(exchange)
      return sendSetup(exchange, setup, token, error.reasons)
    }
    return sendNarrow(exchange, '初始化完成', doneBody(setup))
  }),
]

const keys = ['office', 'admin', 'security', 'auditor'] as const

function setupOf(fields: Record<string, string>): Setup {
  const value = (name: string) => (fields[name] ?? '').slice(0, 200)
  return {
    bureauName: value('bureauName'),
    shortName: value('shortName'),
    provinceName: value('provinceName'),
    cityName: value('cityName'),
    people: keys.map((key) => ({
      key,
      name: value(`${key}Name`),
      loginName: value(`${key}LoginName`),
      password: value(`${key}Password`),
      again: value(`${key}Again`),
    })),
  }
}

const blank: Setup = setupOf({})

async function sendNarrow(exchange: Exchange<Actor>, title: string, body: string, status = 200) {
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, narrowPage(site, { title, path: '/' }, body), { status })
}

function sendSpent(exchange: Exchange<Actor>) {
  const body = `${heading('这个初始化地址不能用了')}
<p>它可能已经用过、超过了 24 小时，或者没有抄完整。</p>
<ul class="dots"><li>已经完成初始化的，请直接登录。</li>
<li>还没有完成的，请在服务器上重新启动系统，启动时会显示一个新的地址。</li></ul>
<p>${linkButton('/sign-in', '去登录', true)}</p>`
  return sendNarrow(exchange, '初始化地址不能用了', body, 410)
}

function sendSetup(exchange: Exchange<Actor>, setup: Setup, token: string, reasons: readonly Refusal[] = []) {
  const mistakes = reasons.map((one) => ({ field: one.field ?? '', message: one.message }))
  const retype = mistakes.length > 0 ? '<p class="hint">为安全起见，密码不会保留，请重新输入每个密码。</p>' : ''
  const body = `${heading('初始化', '第一次使用，先建立教育局和第一批账号，大约需要三分钟。')}
${errorSummary(mistakes)}${retype}
${form(
  { action: '/setup', main: '建立' },
  html`<input type="hidden" name="token" value="${token}">`,
  bureauFields(setup, mistakes),
  noticeBox(
    '密码要求',
    `<ul class="dots">${passwordSentences()
      .map((one) => `<li>${one}</li>`)
      .join('')}</ul>`,
  ),
  ...setup.people.map((person) => personFields(person, mistakes)),
)}`
  return sendNarrow(exchange, '初始化', `${body}${demoOffer(token)}`, reasons.length > 0 ? 422 : 200)
}

/** The other way to begin; the demonstration itself answers the form. */
const demoOffer = (token: string): string =>
  noticeBox(
    '只想先看看？',
    html`<p>可以不填上面的表，直接生成一个区一整年的演示数据和可以登录的演示账号，大约需要半分钟。以后要正式使用，换一个空的数据目录重新启动即可。</p>
<form method="post" action="/setup/demo"><input type="hidden" name="token" value="${token}"><button class="button" type="submit">生成演示年度</button></form>`,
  )

function bureauFields(setup: Setup, mistakes: readonly Mistake[]): string {
  return `<h2>教育局</h2>${field({ name: 'bureauName', label: '全称', hint: '如“某某区教育局”，会写在门户和公文上。', value: setup.bureauName, maxlength: 60, autocomplete: 'organization', mistakes })}
${field({ name: 'shortName', label: '简称', hint: '如“某某区”，用在奖项名称里。', value: setup.shortName, maxlength: 20, short: true, mistakes })}
${field({ name: 'provinceName', label: '所在省', value: setup.provinceName, maxlength: 30, short: true, optional: true, mistakes })}
${field({ name: 'cityName', label: '所在市', value: setup.cityName, maxlength: 30, short: true, optional: true, mistakes })}`
}

const tasks = {
  office: '组织全年工作：方案受理、督查、评审、公示、公布。',
  admin: '管理账号、备份和参数，看不到业务内容。须与上面是两个人。',
  security: '授予岗位、解锁账号。人手少时可以留空，由系统管理员兼任，审计日志会如实记录。',
  auditor: '查看和核验审计日志，不能由管理员兼任。可以留空，以后再定人选。',
} as const

function personFields(person: SetupPerson, mistakes: readonly Mistake[]): string {
  const optional = person.key === 'security' || person.key === 'auditor'
  const { key } = person
  const common = { optional, mistakes }
  return `<h2>${setupLabels[key]}${optional ? '<span class="quiet">（选填）</span>' : ''}</h2><p class="hint">${tasks[key]}</p>
${field({ ...common, name: `${key}Name`, label: '姓名', value: person.name, maxlength: 30, short: true, autocomplete: 'off' })}
${field({ ...common, name: `${key}LoginName`, label: '登录名', hint: '字母、数字或汉字，2–32 个字符，登录时用。', value: person.loginName, maxlength: 32, short: true, autocomplete: 'off' })}
${field({ ...common, name: `${key}Password`, label: '密码', type: 'password', maxlength: 200, autocomplete: 'new-password' })}
${field({ ...common, name: `${key}Again`, label: '再输一遍密码', type: 'password', maxlength: 200, autocomplete: 'new-password' })}`
}

function doneBody(setup: Setup): string {
  const office = setup.people.find((person) => person.key === 'office')
  return `${heading('初始化完成', '教育局和账号已经建立，这个地址不再有效。')}
<h2>接下来</h2>
<ol class="dots">
${html`<li>由局党工委办（${office?.name ?? ''}）登录，导入学校名单，系统会为书记和干事建立账号。</li>`}
<li>打印激活单发给学校，各人凭激活单设置自己的密码。</li>
<li>设置本年度的日期、依据文件和评估标准，然后开启年度。</li>
</ol>
<p>${linkButton('/sign-in?next=/console/schools/import', '登录并导入学校名单', true)} ${linkButton('/sign-in', '只登录')}</p>`
}
