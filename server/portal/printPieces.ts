import encodeQR from 'qr'
import { html } from 'ghtml'
import { quoted } from '#domain/base/text.ts'
import type { Html } from './pieces.ts'

export interface CertificateView {
  /** Such as 荣誉证书. */
  heading: string
  /** What stands between the brand and the title, and the closing line; both depend on what the year gives. */
  verb: string
  close: string
  /** Why it was taken back; a revoked certificate is never printed as a clean one. */
  revoked?: string | undefined
  schoolName: string
  brandName: string
  /** Such as 北关区“一校一品”党建文化品牌项目建设成果奖. */
  awardTitle: string
  year: string
  /** The grade as it was decided; left out when there is none. */
  grade?: string | undefined
  bureauName: string
  conferredOn: string
  validUntil?: string | undefined
  number: string
  documentNumber: string
  /** Where the number is checked, and the same as QR code in SVG (made by the server, hence trusted). */
  verifyUrl: string
  qrSvg: string
}

/** A certificate on A4 landscape; the border is drawn by CSS alone. */
export function certificate(view: CertificateView): Html {
  const revoked = view.revoked !== undefined
  return html`<section class="certificate!${revoked ? ' certificate-revoked' : ''}">!${revoked ? html`<p class="certificate-stamp" role="alert">已撤销：${view.revoked ?? ''}</p>` : ''}<div class="certificate-frame">
<h1>${view.heading}</h1>
<p class="certificate-school">${view.schoolName}：</p>
<p class="certificate-text">你校党建文化品牌${quoted(view.brandName)}${view.verb} ${view.year} 年度</p>
<p class="certificate-award">${view.awardTitle}</p>!${view.grade ? html`<p class="certificate-grade">${view.grade}</p>` : ''}
<p class="certificate-text">${view.close}</p>
<div class="certificate-foot">
<div class="certificate-check"><div class="certificate-qr">!${view.qrSvg}</div><p>证书编号 ${view.number}<br>发文字号 ${view.documentNumber}!${view.validUntil ? html`<br>有效期至 ${view.validUntil}` : ''}<br>查验 ${view.verifyUrl}</p></div>
<div class="certificate-sign"><p>${view.bureauName}</p><p>${view.conferredOn}</p></div>
</div></div></section>`
}

/** Opens the page for the first password with the login name filled in; the code stays on paper, out of every address. */
export const slipQr = (publicUrl: string, loginName: string): string =>
  encodeQR(`${publicUrl}/activate?loginName=${encodeURIComponent(loginName)}`, 'svg', { ecc: 'medium' })

/** Slips to cut apart, eight on an A4 page: activation codes and the like. */
export const slips = (
  title: string,
  items: readonly {
    title: string
    lines: readonly { label: string; value: string }[]
    note: string
    /** Drawn of the address that a phone opens. */
    qrSvg?: string
  }[],
): Html =>
  html`<h1 class="unseen">${title}</h1><ul class="slips">!${items.map(
    (item) =>
      html`<li class="slip">!${item.qrSvg ? html`<div class="slip-qr">!${item.qrSvg}</div>` : ''}<h2>${item.title}</h2><dl>!${item.lines.map(
        (line) => html`<div><dt>${line.label}</dt><dd>${line.value}</dd></div>`,
      )}</dl><p>${item.note}</p></li>`,
  )}</ul>`

/** A printed sheet with a title, facts at its head, any content and lines to sign on. */
export const sheet = (
  options: { title: string; head?: readonly { label: string; value: string }[]; signatures?: readonly string[] },
  ...content: Html[]
): Html =>
  html`<section class="sheet"><h1>${options.title}</h1>
!${options.head ? html`<dl class="sheet-head">!${options.head.map((one) => html`<div><dt>${one.label}</dt><dd>${one.value}</dd></div>`)}</dl>` : ''}
!${content.join('')}
!${options.signatures ? html`<p class="signatures">!${options.signatures.map((one) => html`<span>${one}：</span>`)}</p>` : ''}
</section>`
