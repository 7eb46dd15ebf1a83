import { html } from 'ghtml'
import { changePassword } from '#server/identity/session/actions.ts'
import {
  fromOf,
  HOME,
  keepToken,
  mistakesOf,
  newPassword,
  sendNarrow,
  type Shown,
  trying,
} from '#server/identity/session/pages.ts'
import { type Exchange, post, show } from '#server/kernel/routes.ts'
import { SESSIONS_AT_ONCE, type SignedIn } from '#server/kernel/session.ts'
import { empty, errorSummary, field, form, heading, linkButton, noticeBox, table } from '#server/portal/pieces.ts'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { deviceName } from '#domain/base/place.ts'
import { confirmReset, endMySessions } from './actions.ts'
import { findMyReset, listMySessions } from './queries.ts'

/** One's own password, a reset of it, and where one is signed in: forms that work without script. */
export const ownAccountRoutes = [
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

function mine(exchange: Exchange): SignedIn {
  if (!exchange.signedIn) throw new Error('the page is for signed-in people')
  return exchange.signedIn
}

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
