import { html } from 'ghtml'
import encodeQR from 'qr'
import { againstReadingSchool } from '#domain/base/actor.ts'
import { isHeld, isValid } from '#domain/award/award.ts'
import { dateInWords, timeInWords } from '#domain/base/calendar.ts'
import { outcomeWords } from '#domain/year/outcome.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { sendHtml, show, showAll } from '#server/kernel/routes.ts'
import { page, printPage } from '#server/portal/layout.ts'
import { facts, field, heading, type Html, narrow, noticeBox } from '#server/portal/pieces.ts'
import { certificate } from '#server/portal/printPieces.ts'
import { readSite } from '#server/portal/site.ts'
import { findCertificate } from './queries.ts'

const CACHE_SECONDS = 60

/** Cut where the field cuts it; half a character at the end could be written into no address. */
const normalNumber = (text: string): string =>
  text.normalize('NFKC').replace(/\s/g, '').toUpperCase().slice(0, 40).toWellFormed()

const verifyForm = showAll({ name: 'verifyForm', path: '/verify' }, async (exchange) => {
  const number = exchange.query['number']
  if (number) return exchange.reply.redirect(`/verify/${encodeURIComponent(normalNumber(number))}`, 303)
  const body = narrow(
    heading('证书查验', '输入证书上的编号，查验是否由本局颁发、是否仍然有效。'),
    html`<form class="form" method="get" action="/verify">!${field({ name: 'number', label: '证书编号', hint: '形如 YXYP-年份-四位序号', autocomplete: 'off', maxlength: 40, short: true })}<p class="form-foot"><button class="button button-main" type="submit">查验</button></p></form>`,
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '证书查验', path: '/verify', current: 'verify' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

type Found = NonNullable<Awaited<ReturnType<typeof findCertificate>>>

function verdictOn(row: Found | undefined, number: string, today: string): Html {
  if (!row)
    return noticeBox(
      '没有这个编号的证书',
      html`<p>请核对编号 ${number}。如证书上确有此编号，请向教育局反映。</p>`,
      'bad',
    )
  if (row.broken.length > 0)
    return noticeBox(
      '暂时不能查验',
      html`<p>编号 ${number} 的登记与颁发时封存的内容不符，正在核对。请向教育局询问。</p>`,
      'bad',
    )
  if (!isHeld(row)) return noticeBox('证书已撤销', html`<p>${row.revokedReason ?? ''}</p>`, 'bad')
  return isValid(row, today) ? noticeBox('证书真实有效', '', 'ok') : noticeBox('证书真实，但已过有效期', '', 'warn')
}

const corrections = (row: Found): Html =>
  row.corrections
    .map(
      (one) =>
        html`<p>${timeInWords(one.replacedAt)}更正，理由：${one.reason}。更正前：${one.said.documentNumber}，${dateInWords(one.said.conferredOn)}，${one.said.bureauName}。</p>`,
    )
    .join('')

const verifyPage = show({ name: 'verifyPage', path: '/verify/:number', access: 'public' }, async (exchange) => {
  const number = normalNumber(exchange.params['number'] ?? '')
  const { look } = exchange
  const row = await findCertificate(look.db, number)
  const words = row && outcomeWords(row.says.outcomeKind)
  const body = narrow(
    heading('查验结果'),
    verdictOn(row, number, look.today),
    // Nothing is vouched for that is no longer what was conferred.
    row && words && row.broken.length === 0
      ? facts([
          { label: '证书编号', value: html`${row.says.number}` },
          { label: '学校', value: html`${row.says.schoolName}` },
          { label: '品牌', value: html`${row.says.brandName}` },
          { label: '名称', value: html`${row.says.awardTitle}` },
          { label: '等次', value: html`${row.says.grade}` },
          { label: '状态', value: html`${isHeld(row) ? words.given : '已撤销'}` },
          { label: words.documentNumber, value: html`${row.says.documentNumber}` },
          { label: words.givenOn, value: html`${dateInWords(row.says.conferredOn)}` },
          { label: '有效期至', value: html`${dateInWords(row.says.validUntil)}` },
          { label: '颁发单位', value: html`${row.says.bureauName}` },
          { label: '更正记录', value: corrections(row) || undefined },
          { label: '证书摘要（SHA-256）', value: html`<span class="mono">${row.certificateDigest ?? ''}</span>` },
        ])
      : '',
    html`<p>查验时间：${timeInWords(look.now)}</p>`,
    html`<p><a href="/verify">查验另一份证书</a></p>`,
  )
  const site = await readSite(exchange)
  const meta = {
    title: '查验结果',
    path: `/verify/${encodeURIComponent(number)}`,
    current: 'verify' as const,
    unlisted: true,
  }
  return sendHtml(exchange.reply, page(site, meta, body), { status: row ? 200 : 404 })
})

const certificatePage = show(
  { name: 'certificatePage', path: '/certificates/:number', access: 'signedIn' },
  async (exchange) => {
    const row = found(await findCertificate(exchange.look.db, normalNumber(exchange.params['number'] ?? '')))
    demand([...againstReadingSchool(exchange.actor, row), ...row.broken])
    const { number, conferredOn, validUntil, grade, year, outcomeKind, ...says } = row.says
    const words = outcomeWords(outcomeKind)
    const verifyUrl = `${exchange.house.settings.publicUrl}/verify/${number}`
    const site = await readSite(exchange)
    const body = certificate({
      heading: words.certificate ?? '',
      verb: words.certificateVerb,
      close: words.certificateClose,
      ...says,
      year: String(year),
      grade: says.awardTitle.endsWith(grade) ? undefined : grade,
      conferredOn: dateInWords(conferredOn),
      validUntil: dateInWords(validUntil),
      number,
      verifyUrl,
      qrSvg: encodeQR(verifyUrl, 'svg', { ecc: 'medium' }),
      revoked: isHeld(row) ? undefined : (row.revokedReason ?? ''),
    })
    return sendHtml(exchange.reply, printPage(site, { title: `证书 ${number}`, back: '/console/awards' }, body))
  },
)

export const awardPages = [verifyForm, verifyPage, certificatePage]
