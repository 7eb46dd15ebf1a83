import type { Actor } from '#domain/base/actor.ts'
import { randomBytes } from 'node:crypto'
import { html } from 'ghtml'
import { passwordSentences } from '#domain/identity/password.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { Problem } from '#server/kernel/problem.ts'
import { comesPlain, PLAIN } from '#server/kernel/hints.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import { COOKIE, deviceOf, sourceOf } from '#server/kernel/session.ts'
import { narrowPage } from '#server/portal/layout.ts'
import { errorSummary, field, form, heading, noticeBox } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { activateAccount, type From, type Opened, signIn, signOut } from './actions.ts'
import { localPath } from '#domain/base/place.ts'

export const HOME = '/console/'

/** Sign-in and activation: forms that work without script. */
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
]

export async function trying<T>(
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

export const fromOf = ({ request, signedIn }: Exchange<Actor>): From => ({
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

export const keepToken = ({ reply }: Exchange<Actor>, token: string) =>
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

export interface Shown {
  reasons?: readonly Refusal[]
  status?: number
}

export async function sendNarrow(exchange: Exchange<Actor>, title: string, body: string, shown: Shown = {}) {
  const site = await readSite(exchange)
  const page = narrowPage(site, { title, path: exchange.request.url }, body)
  return sendHtml(exchange.reply, page, { status: shown.status ?? 200 })
}

export const mistakesOf = (shown: Shown) =>
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

export const newPassword = (mistakes: ReturnType<typeof mistakesOf>): string =>
  `${noticeBox(
    '密码要求',
    `<ul class="dots">${passwordSentences()
      .map((one) => `<li>${one}</li>`)
      .join('')}</ul>`,
  )}
${field({ name: 'password', label: '新密码', type: 'password', autocomplete: 'new-password', maxlength: 200, mistakes })}
${field({ name: 'again', label: '再输一遍新密码', type: 'password', autocomplete: 'new-password', maxlength: 200, mistakes })}`
