import type { Actor } from '#domain/base/actor.ts'
import { randomBytes } from 'node:crypto'
import { html } from 'ghtml'
import { passwordSentences } from '#domain/identity/password.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { Problem } from '#server/kernel/problem.ts'
import { comesPlain, PLAIN } from '#server/kernel/hints.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import { COOKIE, deviceOf, SESSIONS_AT_ONCE, type SignedIn, sourceOf } from '#server/kernel/session.ts'
import { narrowPage } from '#server/portal/layout.ts'
import { empty, errorSummary, field, form, heading, linkButton, noticeBox, table } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import {
  activateAccount,
  changePassword,
  confirmReset,
  endMySessions,
  type From,
  type Opened,
  signIn,
  signOut,
} from './actions.ts'
import { findMyReset, listMySessions } from './queries.ts'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { deviceName, localPath } from '#domain/base/place.ts'

const HOME = '/console/'

/** Sign-in, activation, password and one's own sessions: forms that work without script. */
export const sessionRoutes = [
  show({ name: 'signInPage', path: '/sign-in', access: 'public' }, async (exchange) => {
    markBrowser(exchange)
    return sendSignIn(exchange, { next: localPath(exchange.query['next']) })
  }),
  post({ name: 'signInForm', path: '/sign-in', access: 'public' }, async (exchange) => {
    const { form: typed } = exchange
    const next = localPath(typed['next'])
    if (refusesPlain(exchange)) return sendSignIn(exchange, { next, status: 403 })
    return trying(
      () =>
        signIn(
          exchange.house,
          { loginName: typed['loginName'] ?? '', password: typed['password'] ?? '' },
          fromOf(exchange),
        ),
      (opened) => enter(exchange, opened, next),
      (reasons, status) => sendSignIn(exchange, { next, loginName: typed['loginName'] ?? '', reasons, status }),
    )
  }),
  post({ name: 'signOutForm', path: '/sign-out', access: 'public' }, async (exchange) => {
    if (exchange.signedIn) await signOut(exchange.house, exchange.signedIn)
    exchange.reply.clearCookie(COOKIE, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' })
    return exchange.reply.redirect('/sign-in?out=1', 303)
  }),
  show({ name: 'activatePage', path: '/activate', access: 'public' }, async (exchange) => {
    markBrowser(exchange)
    return sendActivate(exchange, { loginName: (exchange.query['loginName'] ?? '').slice(0, 64) })
  }),
  post({ name: 'activateForm', path: '/activate', access: 'public' }, async (exchange) => {
    const { form: typed } = exchange
    if (refusesPlain(exchange)) return sendActivate(exchange, { status: 403 })
    const values = {
      loginName: typed['loginName'] ?? '',
      code: typed['code'] ?? '',
      personName: typed['personName'] ?? '',
      password: typed['password'] ?? '',
      again: typed['again'] ?? '',
    }
    return trying(
      () => activateAccount(exchange.house, values, fromOf(exchange)),
      (opened) => enter(exchange, opened, undefined),
      (reasons, status) => sendActivate(exchange, { ...values, reasons, status }),
    )
  }),
  show({ name: 'passwordPage', path: '/account/password', access: 'signedIn' }, async (exchange) =>
    sendPassword(exchange, {}),
  ),
  post({ name: 'changePasswordForm', path: '/account/password', access: 'signedIn' }, async (exchange) => {
    const { form: typed } = exchange
    const values = { current: typed['current'] ?? '', password: typed['password'] ?? '', again: typed['again'] ?? '' }
    return trying(
      () => changePassword(exchange.house, mine(exchange), values, fromOf(exchange)),
      ({ token }) => {
        keepToken(exchange, token)
        return exchange.reply.redirect('/account/password?done=1', 303)
      },
      (reasons, status) => sendPassword(exchange, { reasons, status }),
    )
  }),
  show({ name: 'resetPage', path: '/account/reset', access: 'signedIn' }, sendReset),
  post({ name: 'confirmResetForm', path: '/account/reset', access: 'signedIn' }, async (exchange) => {
    const isMine = exchange.form['mine'] === 'yes'
    await exchange.work((work) => confirmReset(work, mine(exchange).personId, isMine))
    return exchange.reply.redirect(isMine ? HOME : '/sign-in?denied=1', 303)
  }),
  show({ name: 'mySessionsPage', path: '/account/sessions', access: 'signedIn' }, sendSessions),
  post({ name: 'endMySessionsForm', path: '/account/sessions', access: 'signedIn' }, async (exchange) => {
    const signedIn = mine(exchange)
    const only = exchange.form['id']
    await exchange.work((work) => endMySessions(work, signedIn, only ? { only } : { except: signedIn.sessionId }))
    return exchange.reply.redirect(only === signedIn.sessionId ? '/sign-in' : '/account/sessions', 303)
  }),
]

async function trying<T>(
  action: () => Promise<T>,
  done: (answer: T) => unknown,
  refused: (reasons: readonly Refusal[], status: number) => unknown,
): Promise<unknown> {
  try {
    return done(await action())
  } catch (error) {
    if (error instanceof Problem) return refused(error.reasons, error.status)
    throw error
  }
}

function mine(exchange: Exchange): SignedIn {
  if (!exchange.signedIn) throw new Error('the page is for signed-in people')
  return exchange.signedIn
}

const fromOf = ({ request, signedIn }: Exchange<Actor>): From => ({
  browser: markOf(request.cookies[DEVICE]),
  source: sourceOf(request),
  device: deviceOf(request),
  before: signedIn,
})

const DEVICE = '__Host-device'
const YEAR_SECONDS = 31_536_000
/** From so many wrong tries of others on, the owner is told at the next sign-in. */
const WORTH_TELLING = 5

const markOf = (kept: string | undefined): string => (kept && /^[\w-]{20,60}$/.test(kept) ? kept : '')

/** Without TLS the browser would throw the session away: better said than opened for nobody, and no slip is used up. */
function refusesPlain({ request, house }: Exchange<Actor>): boolean {
  if (!comesPlain(request, house.settings)) return false
  request.log.warn({ host: request.host, hint: 'PUBLIC_URL' }, 'sign-in refused: plain HTTP')
  return true
}

const plainNotice = ({ request, house }: Exchange<Actor>): string =>
  comesPlain(request, house.settings) ? noticeBox('用这个网址登录不进来', html`<p>${PLAIN}</p>`, 'warn') : ''

/** The mark by which this browser is known again; its page gives it one. It opens nothing by itself. */
function markBrowser({ request, reply }: Exchange<Actor>): void {
  if (markOf(request.cookies[DEVICE]) !== '') return
  const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax', maxAge: YEAR_SECONDS } as const
  reply.setCookie(DEVICE, randomBytes(24).toString('base64url'), options)
}

const keepToken = ({ reply }: Exchange<Actor>, token: string) =>
  reply.setCookie(COOKIE, token, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' })

function enter(exchange: Exchange<Actor>, opened: Opened, next: string | undefined) {
  const { reply } = exchange
  keepToken(exchange, opened.token)
  const warned = opened.others >= WORTH_TELLING && !opened.mustConfirm && !opened.mustChange
  if (warned) return reply.redirect(`/account/sessions?tries=${opened.others}`, 303)
  return reply.redirect(
    opened.mustConfirm ? '/account/reset' : opened.mustChange ? '/account/password' : (next ?? HOME),
    303,
  )
}

interface Shown {
  reasons?: readonly Refusal[]
  status?: number
}

async function sendNarrow(exchange: Exchange<Actor>, title: string, body: string, shown: Shown = {}) {
  const site = await readSite(exchange)
  const page = narrowPage(site, { title, path: exchange.request.url }, body)
  return sendHtml(exchange.reply, page, { status: shown.status ?? 200 })
}

const mistakesOf = (shown: Shown) =>
  (shown.reasons ?? []).map((one) => ({ field: one.field ?? '', message: one.message }))

function sendSignIn(exchange: Exchange<Actor>, shown: Shown & { next?: string | undefined; loginName?: string }) {
  const out = exchange.query['out'] === '1' && !shown.reasons
  const denied =
    exchange.query['denied'] === '1' && !shown.reasons
      ? noticeBox('账号已停用', '<p>您否认了这次重设密码，账号已停用并记入审计。请联系审计员查明后恢复。</p>', 'warn')
      : ''
  const body = `${heading('登录')}${plainNotice(exchange)}${out ? noticeBox('已退出', '', 'ok') : ''}${denied}
${errorSummary(mistakesOf(shown), '没有登录成功')}
${form(
  { action: '/sign-in', main: '登录' },
  shown.next ? html`<input type="hidden" name="next" value="${shown.next}">` : '',
  field({ name: 'loginName', label: '登录名', value: shown.loginName, autocomplete: 'username', maxlength: 64 }),
  field({ name: 'password', label: '密码', type: 'password', autocomplete: 'current-password', maxlength: 200 }),
)}
<p>第一次使用，手里有激活单？<a href="/activate">凭激活单设置密码</a></p>
<p class="quiet">忘了密码，请找系统管理员重新打印激活单。</p>`
  return sendNarrow(exchange, '登录', body, shown)
}

function sendActivate(
  exchange: Exchange<Actor>,
  shown: Shown & { loginName?: string; code?: string; personName?: string },
) {
  const mistakes = mistakesOf(shown)
  const body = `${heading('凭激活单设置密码', '激活单上有登录名、激活码和有效期，激活码只能用一次。')}${plainNotice(exchange)}
${errorSummary(mistakes)}
${form(
  { action: '/activate', main: '设置密码并登录' },
  field({
    name: 'loginName',
    label: '登录名',
    value: shown.loginName,
    autocomplete: 'username',
    maxlength: 64,
    mistakes,
  }),
  field({
    name: 'code',
    label: '激活码',
    hint: '不分大小写，横线可以不输。',
    value: shown.code,
    autocomplete: 'one-time-code',
    maxlength: 40,
    mistakes,
  }),
  field({
    name: 'personName',
    label: '您的姓名',
    hint: '激活单上写的是岗位（如“党务干事”）的，请填真实姓名；已有姓名的可以不填。',
    value: shown.personName,
    optional: true,
    autocomplete: 'name',
    maxlength: 60,
    mistakes,
  }),
  newPassword(mistakes),
)}`
  return sendNarrow(exchange, '凭激活单设置密码', body, shown)
}

const newPassword = (mistakes: ReturnType<typeof mistakesOf>): string =>
  `${noticeBox(
    '密码要求',
    `<ul class="dots">${passwordSentences()
      .map((one) => `<li>${one}</li>`)
      .join('')}</ul>`,
  )}
${field({ name: 'password', label: '新密码', type: 'password', autocomplete: 'new-password', maxlength: 200, mistakes })}
${field({ name: 'again', label: '再输一遍新密码', type: 'password', autocomplete: 'new-password', maxlength: 200, mistakes })}`

function sendPassword(exchange: Exchange, shown: Shown) {
  if (exchange.query['done'] === '1' && !shown.reasons)
    return sendNarrow(
      exchange,
      '密码已修改',
      `${heading('密码已修改', '您在其他电脑和手机上的登录都已结束。')}<p>${linkButton(HOME, '进入工作台', true)}</p>`,
    )
  const mistakes = mistakesOf(shown)
  const must = mine(exchange).mustChange
    ? noticeBox('请先修改密码', '<p>密码是别人设置的，或已超过使用期限，修改后才能继续使用。</p>', 'warn')
    : ''
  const body = `${heading('修改密码', '修改后，您在其他地方的登录会全部结束。')}${must}
${errorSummary(mistakes)}
${form(
  { action: '/account/password', main: '修改密码' },
  field({
    name: 'current',
    label: '现在的密码',
    type: 'password',
    autocomplete: 'current-password',
    maxlength: 200,
    mistakes,
  }),
  newPassword(mistakes),
)}`
  return sendNarrow(exchange, '修改密码', body, shown)
}

/** What happened to the own account, before anything else is done with it. */
async function sendReset(exchange: Exchange) {
  const reset = await findMyReset(exchange.look)
  if (!reset) return exchange.reply.redirect(HOME, 303)
  const answer = (value: string, label: string, main: boolean) =>
    html`<form method="post" action="/account/reset"><input type="hidden" name="mine" value="${value}"><p><button class="${main ? 'button button-primary' : 'button'}" type="submit">${label}</button></p></form>`
  const facts = table({
    caption: '这次重设密码',
    columns: [{ title: '事项' }, { title: '内容' }],
    rows: [
      [html`申请`, html`${reset.askedByName}，${shanghaiTime(reset.askedAt)}`],
      [html`理由`, html`${reset.reason}`],
      [html`放行`, html`${reset.decidedByName ?? ''}，${reset.decidedAt ? shanghaiTime(reset.decidedAt) : ''}`],
    ],
  })
  const body = `${heading('密码刚按激活单重设过', '请确认是不是您本人要求的。确认之前不能办理任何事项，审计员会看到您的回答。')}${facts}
${answer('yes', '是我本人要求的，继续', true)}${answer('no', '不是我要求的，停用账号', false)}`
  return sendNarrow(exchange, '确认重设密码', body)
}

async function sendSessions(exchange: Exchange) {
  const signedIn = mine(exchange)
  const sessions = await listMySessions(exchange.look)
  const rows = sessions.map((one) => [
    html`${deviceName(one.device)}`,
    html`${one.source}`,
    html`${shanghaiTime(one.createdAt)}`,
    html`${shanghaiTime(one.lastSeenAt)}`,
    one.id === signedIn.sessionId
      ? '<strong>本次登录</strong>'
      : html`<form method="post" action="/account/sessions"><input type="hidden" name="id" value="${one.id}"><button class="button" type="submit">结束</button></form>`,
  ])
  const others = sessions.length > 1
  const tries = Number(exchange.query['tries'])
  const told =
    Number.isInteger(tries) && tries > 0 && tries < 1_000_000
      ? noticeBox(
          '有人试过您的密码',
          html`<p>上次登录以来，有人在别的电脑或手机上输错过您的密码 ${tries} 次。如果不是您本人，请修改密码，并告诉安全管理员。</p>`,
          'warn',
        )
      : ''
  const body = `${heading('我的登录', `同一账号最多同时在 ${SESSIONS_AT_ONCE} 处登录，超出时最早的一处会结束。`)}${told}
${table({ caption: '现在有效的登录', columns: ['设备', '网络地址', '登录时间', '最近使用', '操作'].map((title) => ({ title })), rows })}
${others ? form({ action: '/account/sessions', main: '结束其他全部登录' }) : empty('没有其他登录', '只有这台设备登录着您的账号。')}
<p>看到不认识的登录？请结束它，并<a href="/account/password">修改密码</a>。</p><p><a href="${HOME}">回到工作台</a></p>`
  return sendNarrow(exchange, '我的登录', body)
}
