import type { Actor } from '#domain/base/actor.ts'
import { html } from 'ghtml'
import { z } from 'zod'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { objectionLife, type ObjectionState, stepLabels } from '#domain/award/objectionLife.ts'
import {
  againstObjecting,
  againstObjectionWords,
  LONGEST_OBJECTION,
  phoneOf,
  receiptFrom,
  receiptTyped,
} from '#domain/award/objection.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { text } from '#contract/endpoint.ts'
import { findPublicNotice } from '#server/award/notice/queries.ts'
import { Problem } from '#server/kernel/problem.ts'
import { type Exchange, post, sendHtml, show } from '#server/kernel/routes.ts'
import { sha256 } from '#server/kernel/work.ts'
import { arrive, drawToken, readSealed, type SealedForm, sealFields } from '#server/portal/formSeal.ts'
import { page } from '#server/portal/layout.ts'
import {
  breadcrumbs,
  errorSummary,
  facts,
  field,
  form,
  heading,
  type Html,
  keptWords,
  type Mistake,
  narrow,
  noticeBox,
  paragraphs,
  select,
  tag,
  textarea,
  timeline,
} from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { objectTo } from './actions.ts'
import { findByReceipt, findSchoolCalled, listNamedSchools, listPublicSteps } from './queries.ts'

type PublicNotice = Awaited<ReturnType<typeof findPublicNotice>>

interface Typed {
  mistakes: Mistake[]
  form: Record<string, string>
  /** The form that was sent, when it may be sent again as it is. */
  token: string | undefined
}

const subjectOf = (notice: PublicNotice): string => `notice:${notice.id}`

/** A page of its own: the notice is drawn once for everybody, and each form is somebody's own. */
async function drawForm(exchange: Exchange<Actor>, notice: PublicNotice, typed?: Typed) {
  const title = '提出异议'
  const open = againstObjecting(notice, exchange.look.today).length === 0
  const token = typed?.token ?? (await drawToken(exchange, subjectOf(notice)))
  const schools = await listNamedSchools(exchange.look.db, notice)
  const body = narrow(
    breadcrumbs([
      { label: '公示公告', href: '/notices' },
      { label: '公示', href: `/notices/${notice.id}` },
      { label: title },
    ]),
    errorSummary(typed?.mistakes, '异议还没有提交'),
    heading(title, `对《${notice.title}》的异议，${dateInWords(notice.endsOn ?? '')}以前都可以提出。`),
    open
      ? formOf(notice, { schools, token, typed })
      : noticeBox('公示已经结束，不再接收异议', '', 'quiet') + keptWords(typed?.form['content']),
    html`<p class="quiet"><a href="/objections">凭回执查询异议办理结果</a></p>`,
  )
  const site = await readSite(exchange)
  const path = `/notices/${notice.id}/objections`
  return page(site, { title, path, current: 'notices', unlisted: true }, body)
}

const LEFT_OUT = 'leftOut'

interface FormParts {
  schools: readonly { id: string; name: string }[]
  token: string
  typed: Typed | undefined
}

function formOf(notice: PublicNotice, { schools, token, typed }: FormParts): Html {
  const mistakes = typed?.mistakes ?? []
  const value = (name: string) => ({ name, value: typed?.form[name], mistakes })
  return html`<p>请写明事实，方便核查和答复。实名的，请填姓名和电话，只有办理人员能看到；匿名的，两项都留空，并写清能查证的线索，凭回执看答复。</p>!${form(
    { action: `/notices/${notice.id}/objections`, main: '提交异议' },
    sealFields(token),
    field({ ...value('name'), label: '您的姓名', optional: true, autocomplete: 'name', maxlength: 30, short: true }),
    field({
      ...value('phone'),
      label: '联系电话',
      optional: true,
      hint: '手机号，或带区号的电话',
      type: 'tel',
      autocomplete: 'tel',
      maxlength: 30,
      short: true,
    }),
    select({
      ...value('schoolId'),
      label: '针对的学校',
      optional: true,
      empty: '不针对名单里的某一所学校',
      choices: schools.map((one) => ({ value: one.id, label: one.name })),
    }),
    field({
      ...value(LEFT_OUT),
      label: '认为应当列入而没有列入的学校',
      optional: true,
      hint: '请写学校全称；学校也可以为自己提出',
      maxlength: 60,
    }),
    textarea({
      ...value('content'),
      label: '异议内容和依据',
      hint: '写清时间、地点、事情和能证明的人或材料。',
      rows: 8,
      limit: LONGEST_OBJECTION,
    }),
  )}`
}

const mistakesOf = (reasons: readonly Refusal[]): Mistake[] =>
  reasons.map((one) => ({ field: one.field ?? '', message: one.message }))

const objectionShape = z.object({
  name: text(30).default(''),
  phone: text(30).default(''),
  schoolId: z.string().default(''),
  [LEFT_OUT]: text(60).default(''),
  content: text(2000).default(''),
})

/** Everything wrong with what was typed, and the words as they are kept. */
async function judge(exchange: Exchange<Actor>, notice: PublicNotice, sealed: SealedForm) {
  const { form: typed } = exchange
  const parsed = objectionShape.safeParse(typed)
  if (!parsed.success)
    return { mistakes: parsed.error.issues.map((one) => ({ field: String(one.path[0] ?? ''), message: one.message })) }
  const { name, phone, content, schoolId: named, leftOut } = parsed.data
  const reasons = [...sealed.refusals, ...againstObjectionWords({ name, phone, content })]
  const mistakes = mistakesOf(reasons)
  const schools = await listNamedSchools(exchange.look.db, notice)
  if (named !== '' && !schools.some((one) => one.id === named))
    mistakes.push({ field: 'schoolId', message: '请从列表里选择学校。' })
  if (named !== '' && leftOut !== '')
    mistakes.push({ field: LEFT_OUT, message: '一件异议只针对一所学校，请分开提出。' })
  const missing = leftOut === '' ? undefined : await findSchoolCalled(exchange.look.db, notice.bureauId, leftOut)
  if (leftOut !== '' && !missing)
    mistakes.push({ field: LEFT_OUT, message: '没有找到这所学校，请写全称；或者留空，在内容里写明。' })
  const words = {
    name,
    phone: phoneOf(phone) ?? phone,
    schoolId: named || null,
    content: missing ? `认为应当列入的学校：${missing.name}\n${content}` : content,
  }
  return { mistakes, words }
}

const objectionForm = show(
  { name: 'objectionForm', path: '/notices/:id/objections', access: 'public' },
  async (exchange) => {
    const notice = await findPublicNotice(exchange.look.db, exchange.params['id'] ?? '')
    return sendHtml(exchange.reply, await drawForm(exchange, notice))
  },
)

const postObjection = post(
  { name: 'postObjection', path: '/notices/:id/objections', access: 'public' },
  async (exchange) => {
    const notice = await findPublicNotice(exchange.look.db, exchange.params['id'] ?? '')
    const sealed = await readSealed(exchange, subjectOf(notice))
    const again = async (mistakes: Mistake[], status: number, token?: string) =>
      sendHtml(exchange.reply, await drawForm(exchange, notice, { mistakes, form: exchange.form, token }), { status })
    const lasting = sealed.lasting ? sealed.token : undefined
    const { mistakes, words } = await judge(exchange, notice, sealed)
    // Read before: once the objection is in, nothing may keep its receipt from being shown.
    const site = await readSite(exchange)
    const receipt = receiptFrom(sealed.own)
    const told = () =>
      sendHtml(exchange.reply, page(site, receiptMeta, receiptBody(notice.id, receipt, words?.name !== '')))
    // Pressed twice it is in already: said again without a word in the audit, which one form could otherwise fill for ever.
    const known = sealed.drawnAt === undefined ? undefined : await findByReceipt(exchange.look.db, sha256(receipt))
    if (known && known.content === words?.content) return told()
    const closed = againstObjecting(notice, exchange.look.today)
    if (closed.length > 0) return again(mistakesOf(closed), 409)
    if (mistakes.length > 0 || !words) return again(mistakes, 422, lasting)
    try {
      await exchange.work(async (work) => {
        const fromThere = await arrive(work, exchange, sealed)
        await objectTo(work, notice, words, { receipt, fromThere })
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const spent = error.reasons.some((one) => one.code === 'alreadyExists')
      return again(mistakesOf(error.reasons), error.status, spent ? undefined : lasting)
    }
    return told()
  },
)

const receiptMeta = { title: '异议已收到', path: '/notices', current: 'notices', unlisted: true } as const

const receiptBody = (noticeId: string, receipt: string, named: boolean): Html =>
  narrow(
    heading('异议已收到'),
    noticeBox(
      '请记下或拍下回执编号，只显示这一次',
      html`<p class="receipt-code"><strong class="code mono">${receipt}</strong></p><p>凭它在“<a href="/objections">查询异议办理结果</a>”看办理到哪一步、理由和答复。${named ? '需要时我们会按您留下的电话联系您。' : '您没有留下姓名，答复只能凭回执查看。'}</p>`,
      'ok',
    ),
    html`<p><a class="button" href="/notices/${noticeId}">回到公示</a></p>`,
  )

async function drawReceipt(exchange: Exchange<Actor>, mistakes: Mistake[], answer: string) {
  const body = narrow(
    errorSummary(mistakes),
    heading('查询异议办理结果', '请输入提交异议时得到的回执编号。'),
    answer,
    form(
      { action: '/objections', main: '查询' },
      field({
        name: 'receipt',
        label: '回执编号',
        hint: '16 位字母和数字，四位一组；大小写、横线和全角都可以',
        mistakes,
        autocomplete: 'off',
        maxlength: 40,
        short: true,
      }),
    ),
  )
  const site = await readSite(exchange)
  return page(site, { title: '查询异议办理结果', path: '/objections', current: 'notices', unlisted: true }, body)
}

const receiptPage = show({ name: 'receiptPage', path: '/objections', access: 'public' }, async (exchange) =>
  sendHtml(exchange.reply, await drawReceipt(exchange, [], '')),
)

// The code is posted, never put in an address, where logs and histories would keep it.
const receiptAnswer = post({ name: 'receiptAnswer', path: '/objections', access: 'public' }, async (exchange) => {
  const receiptHash = sha256(receiptTyped(exchange.form['receipt'] ?? ''))
  const row = await findByReceipt(exchange.look.db, receiptHash)
  if (!row) {
    const mistakes = [{ field: 'receipt', message: '没有这个回执编号，请核对后重新输入。' }]
    return sendHtml(exchange.reply, await drawReceipt(exchange, mistakes, ''), { status: 422 })
  }
  const state = row.state
  const admission = row.admitted === null ? undefined : row.admitted === 1 ? '受理' : '不予受理'
  const junk = state === 'junk'
  const answer = facts([
    { label: '办理情况', value: tag(junk ? '没有受理' : shownState(state), state === 'replied' ? 'ok' : 'info') },
    { label: '收到时间', value: html`${dateInWords(shanghaiDate(row.receivedAt))}` },
    {
      label: '答复期限',
      value: state === 'replied' || junk || !row.dueOn ? undefined : html`${dateInWords(row.dueOn)}以前答复`,
    },
    { label: '是否受理', value: admission ? html`${admission}` : undefined },
    {
      label: admission === '受理' ? '受理意见' : '不予受理的理由',
      value: row.admission ? paragraphs(row.admission) : undefined,
    },
    {
      label: '没有受理的理由',
      value: junk ? html`<p>${row.junkReason}</p><p>有不同意见的，请按公示上的电话、地址联系我们。</p>` : undefined,
    },
    { label: '答复', value: row.reply ? paragraphs(row.reply) : undefined },
    { label: '经过', value: timeline(await publicSteps(exchange, row.id)) },
  ])
  return sendHtml(exchange.reply, await drawReceipt(exchange, [], answer))
})

/** Until a second person has looked, it is an objection like any other. */
const shownState = (state: ObjectionState): string => objectionLife.states[state === 'junkAsked' ? 'received' : state]

async function publicSteps(exchange: Exchange<Actor>, objectionId: string) {
  const rows = await listPublicSteps(exchange.look.db, objectionId)
  return rows.map(({ at, action }) => ({ at: dateInWords(shanghaiDate(at)), title: stepLabels[action] }))
}

export const objectionPages = [objectionForm, postObjection, receiptPage, receiptAnswer]
