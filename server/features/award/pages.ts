import { html } from 'ghtml'
import encodeQR from 'qr'
import { z } from 'zod'
import { againstReadingSchool } from '#domain/actor.ts'
import { againstObjecting } from '#domain/award.ts'
import { dateInWords, shanghaiDate } from '#domain/calendar.ts'
import { awardLife } from '#domain/lifecycles/award.ts'
import { noticeLife, type NoticeState } from '#domain/lifecycles/notice.ts'
import { objectionLife, type ObjectionState } from '#domain/lifecycles/objection.ts'
import { filled } from '#contract/endpoint.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { type Exchange, post, sendHtml, show, showAll } from '#server/kernel/routes.ts'
import { sha256 } from '#server/kernel/work.ts'
import { page, printPage } from '#server/portal/layout.ts'
import {
  breadcrumbs,
  empty,
  errorSummary,
  facts,
  field,
  form,
  heading,
  type Mistake,
  narrow,
  noticeBox,
  paragraphs,
  select,
  table,
  tag,
  textarea,
  titleList,
  trap,
  trapped,
} from '#server/portal/pieces.ts'
import { certificate } from '#server/portal/printPieces.ts'
import { readSite } from '#server/portal/site.ts'
import { objectTo } from '#server/features/objection/actions.ts'
import { findCertificate, findPublicNotice, listPublicNotices } from './store.ts'

const CACHE_SECONDS = 60

const noticesPage = showAll({ name: 'noticesPage', path: '/notices' }, async (exchange) => {
  const notices = await listPublicNotices(exchange.look.db)
  const list = titleList(
    notices.map((one) => ({
      href: `/notices/${one.id}`,
      title: one.title,
      date: one.postedOn ?? '',
      note: one.state === 'posted' ? `公示中，至${dateInWords(one.endsOn ?? '')}` : '公示结束',
    })),
  )
  const body = narrow(
    heading('公示公告', '命名表彰前的公示都在这里，公示期内可以提出异议。'),
    notices.length > 0 ? list : empty('现在没有公示', '评审和审定完成后，拟命名的名单会在这里公示五个工作日。'),
    html`<p><a href="/objections">凭回执查询异议办理结果</a>　<a href="/surveys">满意度测评结果</a></p>`,
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '公示公告', path: '/notices', current: 'notices' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

type PublicNotice = Awaited<ReturnType<typeof findPublicNotice>>

interface Typed {
  mistakes: Mistake[]
  form: Record<string, string>
}

async function drawNotice(exchange: Exchange, notice: PublicNotice, typed?: Typed) {
  const open = againstObjecting(notice, exchange.look.today).length === 0
  const names = notice.names.map(({ stage, schools }) =>
    table({
      caption: `${stage}（${schools.length} 所）`,
      columns: [{ title: '学校' }, { title: '品牌' }],
      rows: schools.map((one) => [html`${one.schoolName}`, html`${one.brandName}`]),
    }),
  )
  const body = narrow(
    breadcrumbs([{ label: '公示公告', href: '/notices' }, { label: '公示' }]),
    errorSummary(typed?.mistakes),
    heading(notice.title),
    html`<p>!${tag(open ? '公示中' : noticeLife.states[notice.state as NoticeState], open ? 'info' : 'quiet')} <span class="quiet">公示时间：${dateInWords(notice.postedOn ?? '')}至${dateInWords(notice.endsOn ?? '')}（发布当日不计）</span></p>`,
    paragraphs(notice.body),
    ...names,
    open ? await objectionForm(exchange, notice, typed) : noticeBox('公示已经结束，不再接收异议', '', 'quiet'),
  )
  const site = await readSite(exchange)
  return page(site, { title: notice.title, path: `/notices/${notice.id}`, current: 'notices' }, body)
}

async function objectionForm(exchange: Exchange, notice: PublicNotice, typed?: Typed): Promise<string> {
  const schools = await namedSchools(exchange, notice)
  const mistakes = typed?.mistakes ?? []
  const value = (name: string) => ({ name, value: typed?.form[name], mistakes })
  return html`<h2 id="objection">提出异议</h2><p>请实名并写明事实，方便核查和答复。姓名和电话只有办理人员能看到。</p>!${form(
    { action: `/notices/${notice.id}/objections`, main: '提交异议' },
    trap(),
    field({ ...value('name'), label: '您的姓名', autocomplete: 'name', maxlength: 30, short: true }),
    field({ ...value('phone'), label: '联系电话', type: 'tel', autocomplete: 'tel', maxlength: 20, short: true }),
    select({
      ...value('schoolId'),
      label: '针对的学校',
      optional: true,
      empty: '不针对某一所学校',
      choices: schools.map((one) => ({ value: one.id, label: one.name })),
    }),
    textarea({
      ...value('content'),
      label: '异议内容和依据',
      hint: '写清时间、地点、事情和能证明的人或材料。',
      rows: 8,
      maxlength: 2000,
    }),
  )}`
}

async function namedSchools(exchange: Exchange, notice: PublicNotice) {
  return exchange.look.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .select(['school.id', 'school.name'])
    .where('award.cycleId', '=', notice.cycleId)
    .where('award.state', 'in', ['publicised', 'conferred'])
    .orderBy('school.name')
    .execute()
}

const noticePage = showAll({ name: 'noticePage', path: '/notices/:id' }, async (exchange) => {
  const notice = await findPublicNotice(exchange.look.db, exchange.params['id'] ?? '')
  return sendHtml(exchange.reply, await drawNotice(exchange, notice), { cacheSeconds: CACHE_SECONDS })
})

const objectionShape = z.object({
  name: filled(30),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+\- ]{6,20}$/, '请填写能联系到您的电话号码。'),
  schoolId: z.string().default(''),
  content: filled(2000).min(20, '请至少写 20 个字，说清楚是什么事。'),
})

const postObjection = post(
  { name: 'postObjection', path: '/notices/:id/objections', access: 'public' },
  async (exchange) => {
    const notice = await findPublicNotice(exchange.look.db, exchange.params['id'] ?? '')
    demand(againstObjecting(notice, exchange.look.today))
    const parsed = objectionShape.safeParse(exchange.form)
    const schools = await namedSchools(exchange, notice)
    const mistakes = parsed.success ? [] : parsed.error.issues.map(toMistake)
    const schoolId = exchange.form['schoolId'] ?? ''
    if (schoolId !== '' && !schools.some((one) => one.id === schoolId))
      mistakes.push({ field: 'schoolId', message: '请从列表里选择学校。' })
    const program = trapped(exchange.form)
    if (program) mistakes.push({ field: '', message: program })
    if (!parsed.success || mistakes.length > 0)
      return sendHtml(exchange.reply, await drawNotice(exchange, notice, { mistakes, form: exchange.form }), {
        status: 422,
      })
    // Read before: once the objection is in, nothing may keep its receipt from being shown.
    const site = await readSite(exchange)
    const receipt = await exchange.work((work) =>
      objectTo(work, notice, { ...parsed.data, schoolId: schoolId || null }),
    )
    const body = narrow(
      heading('异议已收到'),
      noticeBox(
        '请记下回执编号，只显示这一次',
        html`<p class="code">${receipt}</p><p>凭它在“公示公告”页查询办理结果。我们核查后会按您留下的电话联系您。</p>`,
        'ok',
      ),
      html`<p><a class="button" href="/notices/${notice.id}">回到公示</a></p>`,
    )
    return sendHtml(
      exchange.reply,
      page(site, { title: '异议已收到', path: '/notices', current: 'notices', unlisted: true }, body),
    )
  },
)

const labels: Record<string, string> = { name: '您的姓名', phone: '联系电话', content: '异议内容和依据' }

function toMistake(issue: z.core.$ZodIssue): Mistake {
  const name = String(issue.path[0] ?? '')
  const message =
    issue.code === 'invalid_type' || issue.message === '不能为空' ? `请填写${labels[name] ?? name}。` : issue.message
  return { field: name, message }
}

async function drawReceipt(exchange: Exchange, mistakes: Mistake[], answer: string) {
  const body = narrow(
    errorSummary(mistakes),
    heading('查询异议办理结果', '请输入提交异议时得到的回执编号。'),
    answer,
    form(
      { action: '/objections', main: '查询' },
      field({
        name: 'receipt',
        label: '回执编号',
        hint: '16 位字母和数字',
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
  const receipt = (exchange.form['receipt'] ?? '').replace(/[\s-]/g, '').toUpperCase()
  const row = await exchange.look.db
    .selectFrom('objection')
    .select(['state', 'receivedAt', 'repliedAt', 'reply'])
    .where('receiptHash', '=', sha256(receipt))
    .executeTakeFirst()
  if (!row) {
    const mistakes = [{ field: 'receipt', message: '没有这个回执编号，请核对后重新输入。' }]
    return sendHtml(exchange.reply, await drawReceipt(exchange, mistakes, ''), { status: 422 })
  }
  const answer = facts([
    {
      label: '办理情况',
      value: tag(objectionLife.states[row.state as ObjectionState], row.state === 'replied' ? 'ok' : 'info'),
    },
    { label: '收到时间', value: html`${dateInWords(shanghaiDate(row.receivedAt))}` },
    { label: '答复', value: row.reply ? paragraphs(row.reply) : undefined },
  ])
  return sendHtml(exchange.reply, await drawReceipt(exchange, [], answer))
})

const normalNumber = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase().slice(0, 40)

const verifyForm = showAll({ name: 'verifyForm', path: '/verify' }, async (exchange) => {
  const number = exchange.query['number']
  if (number) return exchange.reply.redirect(`/verify/${encodeURIComponent(normalNumber(number))}`, 303)
  const body = narrow(
    heading('证书查验', '输入证书上的编号，查验是否由本局颁发、是否仍然有效。'),
    html`<form class="form" method="get" action="/verify">!${field({ name: 'number', label: '证书编号', hint: '例如 YXYP-2026-0001', autocomplete: 'off', maxlength: 40, short: true })}<p class="form-foot"><button class="button button-main" type="submit">查验</button></p></form>`,
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '证书查验', path: '/verify', current: 'verify' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

const verifyPage = show({ name: 'verifyPage', path: '/verify/:number', access: 'public' }, async (exchange) => {
  const number = normalNumber(exchange.params['number'] ?? '')
  const kept = await findCertificate(exchange.look.db, number)
  // Nothing is vouched for that is no longer what was conferred.
  const broken = kept !== undefined && kept.broken.length > 0
  const row = broken ? undefined : kept
  const expired = row !== undefined && exchange.look.today > row.says.validUntil
  const verdict = broken
    ? noticeBox(
        '暂时不能查验',
        html`<p>编号 ${number} 的登记与颁发时封存的内容不符，正在核对。请向教育局询问。</p>`,
        'bad',
      )
    : !row
      ? noticeBox('没有这个编号的证书', html`<p>请核对编号 ${number}。如证书上确有此编号，请向教育局反映。</p>`, 'bad')
      : row.state === 'revoked'
        ? noticeBox('证书已撤销', html`<p>${row.revokedReason ?? ''}</p>`, 'bad')
        : expired
          ? noticeBox('证书真实，但已过有效期', '', 'warn')
          : noticeBox('证书真实有效', '', 'ok')
  const body = narrow(
    heading('查验结果'),
    verdict,
    row
      ? facts([
          { label: '学校', value: html`${row.says.schoolName}` },
          { label: '品牌', value: html`${row.says.brandName}` },
          { label: '名称', value: html`${row.says.awardTitle}` },
          { label: '等次', value: html`${row.says.grade}` },
          { label: '状态', value: html`${awardLife.states[row.state as keyof typeof awardLife.states]}` },
          { label: '发文字号', value: html`${row.says.documentNumber}` },
          { label: '授予日期', value: html`${dateInWords(row.says.conferredOn)}` },
          { label: '有效期至', value: html`${dateInWords(row.says.validUntil)}` },
          { label: '颁发单位', value: html`${row.says.bureauName}` },
          { label: '证书摘要（SHA-256）', value: html`<span class="mono">${row.certificateDigest ?? ''}</span>` },
        ])
      : '',
    html`<p><a href="/verify">查验另一份证书</a></p>`,
  )
  const site = await readSite(exchange)
  const meta = {
    title: '查验结果',
    path: `/verify/${encodeURIComponent(number)}`,
    current: 'verify' as const,
    unlisted: true,
  }
  return sendHtml(exchange.reply, page(site, meta, body), { status: row || broken ? 200 : 404 })
})

const certificatePage = show(
  { name: 'certificatePage', path: '/certificates/:number', access: 'signedIn' },
  async (exchange) => {
    const row = found(await findCertificate(exchange.look.db, normalNumber(exchange.params['number'] ?? '')))
    demand([...againstReadingSchool(exchange.actor, row), ...row.broken])
    const { number, conferredOn, validUntil, grade, year, ...says } = row.says
    const verifyUrl = `${exchange.house.settings.publicUrl}/verify/${number}`
    const site = await readSite(exchange)
    const body = certificate({
      heading: '荣誉证书',
      ...says,
      year: String(year),
      grade: says.awardTitle.endsWith(grade) ? undefined : grade,
      conferredOn: dateInWords(conferredOn),
      validUntil: dateInWords(validUntil),
      number,
      verifyUrl,
      qrSvg: encodeQR(verifyUrl, 'svg', { ecc: 'medium' }),
    })
    return sendHtml(exchange.reply, printPage(site, { title: `证书 ${number}`, back: '/console/awards' }, body))
  },
)

export const awardPages = [
  noticesPage,
  noticePage,
  postObjection,
  receiptPage,
  receiptAnswer,
  verifyForm,
  verifyPage,
  certificatePage,
]
