import { html } from 'ghtml'
import { dayInWords } from '#domain/base/calendar.ts'

/** HTML that is already escaped. Text from people goes through `html` of ghtml, which escapes `${}`; only pieces go in by `!${}`. */
export type Html = string

export type TagTone = 'ok' | 'warn' | 'bad' | 'info' | 'quiet'

export interface Mistake {
  field: string
  message: string
}

interface Labelled {
  name: string
  label: string
  hint?: string | undefined
  value?: string | undefined
  optional?: boolean | undefined
  /** All mistakes of the form; the piece picks its own. */
  mistakes?: readonly Mistake[] | undefined
}

/** A frame of the page's width. */
export const wrap = (...parts: Html[]): Html => `<div class="wrap">${parts.join('')}</div>`
/** A frame of comfortable reading width. */
export const narrow = (...parts: Html[]): Html => `<div class="wrap narrow">${parts.join('')}</div>`

/** The title of a page with a line under it. */
export const heading = (title: string, lead?: string): Html =>
  html`<div class="heading"><h1>${title}</h1>!${lead ? html`<p class="lead">${lead}</p>` : ''}</div>`

/** Every mistake of a form at its top, each a link to its field; the script moves the focus here. */
export function errorSummary(mistakes: readonly Mistake[] | undefined, title = '还有内容需要修改'): Html {
  if (!mistakes || mistakes.length === 0) return ''
  return html`<div class="mistakes" role="alert" tabindex="-1" data-focus>
<h2>${title}</h2><ul>!${mistakes.map((one) =>
    one.field ? html`<li><a href="#${one.field}">${one.message}</a></li>` : html`<li>${one.message}</li>`,
  )}</ul></div>`
}

/** A field that people do not see and programs fill in. */
export const trap = (): Html =>
  html`<div hidden><label for="website">请留空</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>`

/** Why a form that a program has filled in is not taken; empty for people. */
export const trapped = (form: Readonly<Record<string, string>>): string =>
  (form['website'] ?? '') === '' ? '' : '没有收到：请不要填写页面上看不见的栏目。'

export function field(
  options: Labelled & {
    type?: 'text' | 'password' | 'tel' | 'email' | 'date' | 'number' | 'search'
    autocomplete?: string
    inputmode?: 'numeric' | 'tel' | 'text'
    maxlength?: number
    min?: string
    max?: string
    /** For short answers: a box as long as the answer. */
    short?: boolean
  },
): Html {
  const attributes = [
    attribute('type', options.type ?? 'text'),
    attribute('autocomplete', options.autocomplete),
    attribute('inputmode', options.inputmode),
    attribute('maxlength', options.maxlength),
    attribute('min', options.min),
    attribute('max', options.max),
    options.type === 'password' ? '' : attribute('value', options.value),
  ].join('')
  return html`!${opening(options)}<input class="input!${options.short ? ' input-short' : ''}"!${named(options)}!${attributes}></div>`
}

export function textarea(options: Labelled & { rows?: number; limit?: number }): Html {
  // Nothing is cut off silently: a script counts what is left, and what is too long is told with every word kept.
  const limit = attribute('data-limit', options.limit)
  return html`!${opening(options)}<textarea class="input"!${named(options)}!${limit} rows="${options.rows ?? 5}">${options.value ?? ''}</textarea></div>`
}

export interface FormChoice {
  value: string
  label: string
  hint?: string
}

/** One of a few: radio buttons in a group with a legend. `many` makes them tick boxes (values in `values`). */
export function choice(
  options: Labelled & { choices: readonly FormChoice[]; many?: boolean; values?: readonly string[] },
): Html {
  const picked = new Set(options.values ?? [options.value])
  const mistake = mistakeOf(options)
  return html`<fieldset class="field!${mistake ? ' field-bad' : ''}"!${describedBy(options)}>
<legend>${options.label}!${optional(options)}</legend>!${notes(options)}
!${options.choices.map((one, index) => {
    const id = index === 0 ? options.name : `${options.name}-${index}`
    const checked = picked.has(one.value) ? ' checked' : ''
    const hint = one.hint ? html`<span class="hint">${one.hint}</span>` : ''
    return html`<div class="pick"><input type="!${options.many ? 'checkbox' : 'radio'}" id="${id}" name="${options.name}" value="${one.value}"!${checked}><label for="${id}">${one.label}!${hint}</label></div>`
  })}</fieldset>`
}

/** One of many. */
export function select(options: Labelled & { choices: readonly FormChoice[]; empty?: string }): Html {
  const all = options.empty === undefined ? options.choices : [{ value: '', label: options.empty }, ...options.choices]
  return html`!${opening(options)}<select class="input"!${named(options)}>!${all.map(
    (one) =>
      html`<option value="${one.value}"!${one.value === (options.value ?? '') ? ' selected' : ''}>${one.label}</option>`,
  )}</select></div>`
}

/** A form by POST; `main` is its one main button. A second press while it is on its way is ignored by the script. */
export const form = (options: { action: string; main: string; multipart?: boolean }, ...parts: Html[]): Html =>
  html`<form class="form" method="post" action="${options.action}"!${options.multipart ? ' enctype="multipart/form-data"' : ''} data-once>!${parts.join('')}<p class="form-foot"><button class="button button-main" type="submit">${options.main}</button></p></form>`

/** Search and filters by GET: the address says what is shown. */
export const filterForm = (action: string, ...parts: Html[]): Html =>
  html`<form class="filters" method="get" action="${action}" role="search">!${parts.join('')}<p class="filters-go"><button class="button" type="submit">查找</button></p></form>`

export const tag = (label: string, tone: TagTone = 'quiet'): Html =>
  html`<span class="tag tag-!${tone}">${label}</span>`

export const noticeBox = (title: string, body: Html = '', tone: TagTone = 'info'): Html =>
  html`<div class="notice notice-!${tone}"><p class="notice-title">${title}</p>!${body}</div>`

export interface Card {
  href: string
  title: string
  /** Small line above the title, such as the school or the date. */
  over?: string | undefined
  text?: string | undefined
  tags?: Html | undefined
  image?: { src: string; alt: string } | undefined
}

export const cards = (items: readonly Card[]): Html =>
  html`<ul class="cards">!${items.map(
    (item) =>
      html`<li class="card">!${item.image ? html`<img src="${item.image.src}" alt="${item.image.alt}" loading="lazy">` : ''}!${item.over ? html`<p class="card-over">${item.over}</p>` : ''}<h3><a href="${item.href}">${item.title}</a></h3>!${item.text ? html`<p class="card-text">${item.text}</p>` : ''}!${item.tags ?? ''}</li>`,
  )}</ul>`

/** Lines of title and date: news, notices, events. */
export const titleList = (
  items: readonly { href: string; title: string; date: string; note?: string | undefined }[],
): Html =>
  html`<ul class="titles">!${items.map(
    (item) =>
      html`<li><a href="${item.href}">${item.title}</a><span class="titles-note">!${item.note ? html`<span>${item.note}</span>` : ''}<time datetime="${item.date}">${dayInWords(item.date)}</time></span></li>`,
  )}</ul>`

export const facts = (items: readonly { label: string; value: Html | undefined }[]): Html =>
  html`<dl class="facts">!${items
    .filter((item) => item.value)
    .map((item) => html`<div><dt>${item.label}</dt><dd>!${item.value}</dd></div>`)}</dl>`

/** A table that scrolls by itself on a phone; its first column names the row. Cells are HTML, so escape text with `html`. */
export function table(options: {
  caption: string
  columns: readonly { title: string; number?: boolean }[]
  rows: readonly (readonly Html[])[]
}): Html {
  const kind = (index: number) => (options.columns[index]?.number ? ' class="number"' : '')
  return html`<div class="table" role="region" aria-label="${options.caption}" tabindex="0"><table><caption>${options.caption}</caption>
<thead><tr>!${options.columns.map((column, index) => html`<th scope="col"!${kind(index)}>${column.title}</th>`)}</tr></thead>
<tbody>!${options.rows.map(
    (row) =>
      html`<tr>!${row.map((cell, index) => (index === 0 ? html`<th scope="row">!${cell}</th>` : html`<td!${kind(index)} data-label="${options.columns[index]?.title ?? ''}">!${cell}</td>`))}</tr>`,
  )}</tbody></table></div>`
}

/** Earlier and later pages; `href` makes the address of a page number. */
export function pagination(options: {
  page: number
  size: number
  total: number
  href: (page: number) => string
}): Html {
  const last = Math.max(1, Math.ceil(options.total / options.size))
  const { page } = options
  if (page > last)
    return html`<nav class="pages" aria-label="翻页">
<span>第 ${page} 页没有内容，共 ${last} 页</span>
<a rel="prev" href="${options.href(last)}">看第 ${last} 页</a>
</nav>`
  if (last === 1) return ''
  return html`<nav class="pages" aria-label="翻页">
!${page > 1 ? html`<a rel="prev" href="${options.href(page - 1)}">上一页</a>` : ''}
<span>第 ${page} 页，共 ${last} 页</span>
!${page < last ? html`<a rel="next" href="${options.href(page + 1)}">下一页</a>` : ''}
</nav>`
}

export const breadcrumbs = (items: readonly { label: string; href?: string }[]): Html =>
  html`<nav class="crumbs" aria-label="所在位置"><ol>!${items.map((item) =>
    item.href
      ? html`<li><a href="${item.href}">${item.label}</a></li>`
      : html`<li aria-current="page">${item.label}</li>`,
  )}</ol></nav>`

export const timeline = (items: readonly { at: string; title: string; text?: string; tone?: TagTone }[]): Html =>
  html`<ol class="timeline">!${items.map(
    (item) =>
      html`<li class="moment-!${item.tone ?? 'quiet'}"><p><strong>${item.title}</strong></p><p class="quiet"><time datetime="${item.at}">${item.at}</time></p>!${item.text ? html`<p class="lines">${item.text}</p>` : ''}</li>`,
  )}</ol>`

/** Nothing here yet, and what to do instead. */
export const empty = (title: string, hint?: string, link?: { href: string; label: string }): Html =>
  html`<div class="empty"><p><strong>${title}</strong></p>!${hint ? html`<p>${hint}</p>` : ''}!${link ? html`<p><a class="button" href="${link.href}">${link.label}</a></p>` : ''}</div>`

/** Text that people typed: escaped, one paragraph per line. */
export const paragraphs = (text: string): Html =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => html`<p>${line}</p>`)
    .join('')

/** What somebody wrote into a form that is no longer there, so that they can take it elsewhere. */
export const keptWords = (text: string | undefined): Html =>
  text?.trim()
    ? html`<h2>您写的内容</h2><p class="hint">没有提交。需要的话请复制下来。</p><p class="lines">${text}</p>`
    : ''

export const linkButton = (href: string, label: string, main = false): Html =>
  html`<a class="button!${main ? ' button-main' : ''}" href="${href}">${label}</a>`

const attribute = (name: string, value: string | number | undefined): string =>
  value === undefined || value === '' ? '' : html` !${name}="${value}"`

const mistakeOf = ({ name, mistakes }: Labelled): string | undefined =>
  mistakes?.find((one) => one.field === name)?.message

const optional = (options: Labelled): string => (options.optional ? '<span class="quiet">（选填）</span>' : '')

function describedBy(options: Labelled): string {
  const ids = [options.hint ? `${options.name}-hint` : '', mistakeOf(options) ? `${options.name}-mistake` : ''].filter(
    Boolean,
  )
  return attribute('aria-describedby', ids.join(' '))
}

function notes(options: Labelled): Html {
  const mistake = mistakeOf(options)
  return html`!${options.hint ? html`<p class="hint" id="${options.name}-hint">${options.hint}</p>` : ''}!${mistake ? html`<p class="mistake" id="${options.name}-mistake">${mistake}</p>` : ''}`
}

function opening(options: Labelled): Html {
  return html`<div class="field!${mistakeOf(options) ? ' field-bad' : ''}"><label for="${options.name}">${options.label}!${optional(options)}</label>!${notes(options)}`
}

function named(options: Labelled): string {
  const required = options.optional ? '' : ' required'
  const bad = mistakeOf(options) ? ' aria-invalid="true"' : ''
  return html` id="${options.name}" name="${options.name}"!${required}!${bad}!${describedBy(options)}`
}
