import type { Actor } from '#domain/base/actor.ts'
import { html } from 'ghtml'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { COMMENT_LIMIT, relationLabels, relationsAt, type TypedComment } from '#domain/plan/comment.ts'
import { commentLife } from '#domain/plan/commentLife.ts'
import { withoutUnseen } from '#domain/base/text.ts'
import { type PublicPlanHead, readPublicPlanHead } from '#server/plan/plan/queries.ts'
import { found, Problem, refuse } from '#server/kernel/problem.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import { sha256 } from '#server/kernel/work.ts'
import { arrive, drawToken, readSealed, type SealedForm, sealFields } from '#server/portal/formSeal.ts'
import { page } from '#server/portal/layout.ts'
import * as pieces from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { commentOn, withdrawComment } from './actions.ts'
import { type Comment, findByReceipt } from './queries.ts'
import { relationOf } from './views.ts'

type Html = pieces.Html

// Without 0, O, 1, I, L and U, which people read for one another.
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The receipt of a form: twelve signs that nobody guesses. */
const receiptOf = ({ own }: SealedForm): string =>
  [...own.subarray(0, 12)].map((byte) => SIGNS[byte % SIGNS.length]).join('')

const grouped = (receipt: string): string => receipt.replace(/(.{4})(?=.)/g, '$1-')
const typedReceipt = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')

interface Drawn {
  typed?: TypedComment
  mistakes: readonly pieces.Mistake[]
  /** The form that was sent, when it may be sent again as it is. */
  token?: string
}

const sayPage = show({ name: 'sayPage', path: '/plans/:id/comments', access: 'public' }, async (exchange) =>
  sendHtml(exchange.reply, await drawForm(exchange, { mistakes: [] })),
)

/** Takes a visitor's comment; whatever is wrong, the page comes back with every word still in it. */
const commentOnPlan = post(
  { name: 'commentOnPlan', path: '/plans/:id/comments', access: 'public' },
  async (exchange) => {
    const { form, look } = exchange
    const typed: TypedComment = {
      nickname: withoutUnseen(form['nickname'] ?? '').trim(),
      relation: form['relation'] ?? '',
      content: withoutUnseen(form['content'] ?? '')
        .replace(/\r\n?/g, '\n')
        .trim(),
    }
    const { id } = await readPublicPlanHead(look.db, exchange.params['id'] ?? '')
    const sealed = await readSealed(exchange, subjectOf(id))
    const receipt = receiptOf(sealed)
    // Pressed twice it is in already: said again without a word in the audit, which one form could otherwise fill for ever.
    const known = sealed.drawnAt === undefined ? undefined : await findByReceipt(look.db, sha256(receipt))
    if (known && known.content === typed.content) return exchange.reply.redirect(`/comments/${receipt}?new=1`, 303)
    try {
      await exchange.work(async (work) => {
        const fromThere = await arrive(work, exchange, sealed)
        await commentOn(work, id, typed, { receipt, fromThere })
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const mistakes = error.reasons.map((one) => ({ field: one.field ?? '', message: one.message }))
      const spent = error.reasons.some((one) => one.code === 'alreadyExists')
      const again = !spent && sealed.lasting ? { token: sealed.token } : {}
      return sendHtml(exchange.reply, await drawForm(exchange, { typed, mistakes, ...again }), { status: error.status })
    }
    return exchange.reply.redirect(`/comments/${receipt}?new=1`, 303)
  },
)

const subjectOf = (planId: string): string => `plan:${planId}`

async function drawForm(exchange: Exchange<Actor>, drawn: Drawn): Promise<string> {
  const { look } = exchange
  const plan = await readPublicPlanHead(look.db, exchange.params['id'] ?? '')
  const site = await readSite(exchange)
  const title = `给${plan.schoolName}提意见`
  const back = `/plans/${plan.currentId}`
  const closed =
    pieces.noticeBox('这一版方案不再接收意见', html`<p><a href="${back}">到现在执行的方案</a></p>`, 'warn') +
    pieces.keptWords(drawn.typed?.content)
  const body = pieces.narrow(
    pieces.breadcrumbs([{ label: '创建方案', href: back }, { label: '提意见' }]),
    pieces.heading(title, `对“${plan.cycleTitle}创建方案”的意见和建议，不用登录，可以不留姓名。`),
    plan.open ? formOf(plan, drawn.token ?? (await drawToken(exchange, subjectOf(plan.id))), drawn) : closed,
    html`<p class="quiet"><a href="/comments">凭回执查看或撤回已经提交的意见</a></p>`,
  )
  return page(site, { title, path: `/plans/${plan.id}/comments`, current: 'brands', unlisted: true }, body)
}

function formOf(plan: PublicPlanHead, token: string, { typed, mistakes }: Drawn): Html {
  const choices = relationsAt(plan.schoolStage).map((value) => ({ value, label: relationLabels[value] }))
  const shown = plan.firstJudged ? '局党工委办审核后公开显示' : '会公开显示'
  return (
    pieces.errorSummary(mistakes, '意见还没有提交') +
    pieces.form(
      { action: `/plans/${plan.id}/comments`, main: '提交意见' },
      sealFields(token),
      pieces.choice({ name: 'relation', label: '您的身份', choices, value: typed?.relation, mistakes }),
      pieces.field({
        name: 'nickname',
        label: '称呼',
        hint: '会公开显示，可以不填。',
        optional: true,
        value: typed?.nickname,
        short: true,
        mistakes,
      }),
      pieces.textarea({
        name: 'content',
        label: '意见或建议',
        hint: `最多 ${COMMENT_LIMIT} 字，${shown}。请不要写手机号、身份证号和他人的隐私。`,
        value: typed?.content,
        rows: 6,
        limit: COMMENT_LIMIT,
        mistakes,
      }),
      html`<p class="hint">我们不记录您的姓名、电话和网络地址。意见由学校在 ${plan.commentDays} 个工作日内答复。</p>`,
    )
  )
}

const receiptsPage = show({ name: 'commentReceipts', path: '/comments', access: 'public' }, async (exchange) => {
  const typed = typedReceipt(exchange.query['receipt'] ?? '')
  const known = typed && (await findByReceipt(exchange.look.db, sha256(typed)))
  if (known) return exchange.reply.header('cache-control', 'no-store').redirect(`/comments/${typed}`, 303)
  const mistakes = typed ? [{ field: 'receipt', message: '没有这个回执编号，请核对后重新输入。' }] : []
  const site = await readSite(exchange)
  const body = pieces.narrow(
    pieces.heading('查看我提的意见', '提交意见以后得到的 12 位回执编号，可以用来看办理情况，也可以撤回。'),
    pieces.errorSummary(mistakes),
    html`<form class="form" method="get" action="/comments">!${pieces.field({
      name: 'receipt',
      label: '回执编号',
      value: exchange.query['receipt'],
      autocomplete: 'off',
      short: true,
      mistakes,
    })}<p class="form-foot"><button class="button button-main" type="submit">查看</button></p></form>`,
  )
  const meta = { title: '查看我提的意见', path: '/comments', unlisted: true }
  return sendHtml(exchange.reply, page(site, meta, body), { status: typed ? 422 : 200 })
})

const receiptPage = show({ name: 'commentReceipt', path: '/comments/:receipt', access: 'public' }, async (exchange) =>
  sendHtml(exchange.reply, await drawReceipt(exchange, typedReceipt(exchange.params['receipt'] ?? ''))),
)

const withdrawPage = post(
  { name: 'withdrawComment', path: '/comments/:receipt/withdraw', access: 'public' },
  async (exchange) => {
    const receipt = typedReceipt(exchange.params['receipt'] ?? '')
    await exchange.work((work) => withdrawComment(work, receipt))
    return exchange.reply.redirect(`/comments/${receipt}`, 303)
  },
)

async function drawReceipt(exchange: Exchange<Actor>, receipt: string): Promise<string> {
  const comment = await findByReceipt(exchange.look.db, sha256(receipt))
  if (!comment) throw refuse('notFound', '没有这个回执编号，请核对后重新输入。')
  const plan = await readPublicPlanHead(exchange.look.db, comment.planId)
  const site = await readSite(exchange)
  const fresh = exchange.query['new'] === '1'
  const code = html`<p class="code">${grouped(receipt)}</p><p>请记下或拍下这个回执编号：凭它可以在“查看我提的意见”里看答复，也可以撤回。</p>`
  const body = pieces.narrow(
    pieces.breadcrumbs([{ label: '创建方案', href: `/plans/${plan.currentId}` }, { label: '我提的意见' }]),
    fresh
      ? html`<div class="notice notice-ok" role="status" tabindex="-1" data-focus><h1 class="notice-title">谢谢，您的意见已经收到</h1>!${code}</div>`
      : pieces.heading('我提的意见', `回执编号 ${grouped(receipt)}`),
    html`<h2>您的意见 !${pieces.tag(commentLife.states[comment.state], tones[comment.state])}</h2><p class="quiet">${plan.schoolName}，${dateInWords(shanghaiDate(comment.receivedAt))}，${relationOf(comment)}</p><p class="lines">${comment.content}</p><p>${whatNow(comment)}</p>`,
    comment.answer ? answerBox(comment) : '',
    commentLife.moves[comment.state].withdraw
      ? html`<form method="post" action="/comments/${receipt}/withdraw" data-once><p><button class="button" type="submit">撤回这条意见</button></p><p class="hint">${noWayBack.comment.withdraw}</p></form>`
      : '',
    html`<p><a href="/plans/${plan.currentId}#comments">看这所学校收到的意见和答复</a></p>`,
  )
  return page(site, { title: '我提的意见', path: `/comments/${receipt}`, unlisted: true }, body)
}

const tones = {
  judging: 'warn',
  received: 'info',
  answered: 'ok',
  hidden: 'quiet',
  junk: 'quiet',
  withdrawn: 'quiet',
} as const

/** What happens next, or what was decided and why. */
function whatNow(comment: Comment): string {
  switch (comment.state) {
    case 'judging':
      return '局党工委办审核后公开显示，并转给学校答复。'
    case 'received':
      return `已公开显示。${answerBy(comment.dueOn)}`
    case 'answered':
      return '学校已经答复，意见和答复公开显示。'
    case 'hidden':
      return `没有公开显示，理由：${comment.hiddenReason ?? ''}`
    case 'junk':
      return `按重复或灌水处理，理由：${comment.hiddenReason ?? ''}`
    case 'withdrawn':
      return '您已撤回这条意见，不再公开。'
  }
}

/** When a school has to have answered, in words; without the coming year's calendar no day is promised. */
export const answerBy = (dueOn: string | null): string =>
  dueOn === null ? '学校会按规定答复，期限待新一年工作日历公布后算出。' : `学校应在${dateInWords(dueOn)}前答复。`

export function answerBox({ answer, answeredAt, correctedAt }: Comment): Html {
  const when = dateInWords(shanghaiDate(found(answeredAt)))
  const corrected = correctedAt ? `，${dateInWords(shanghaiDate(correctedAt))}更正` : ''
  return html`<div class="notice notice-ok"><p class="notice-title">学校答复</p><p class="lines">${answer}</p><p class="quiet">${when}${corrected}</p></div>`
}

export const commentPages = [sayPage, commentOnPlan, receiptsPage, receiptPage, withdrawPage]
