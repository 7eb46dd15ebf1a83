import { html } from 'ghtml'
import { assets } from './assets.ts'
import type { Mode } from './form.ts'

export interface Frame {
  title: string
  /** Whose page it is: the bureau once the slip is known. */
  owner?: string
  mode: Mode
  /** The switch of the type size: a link where nothing is typed, a button where answers have to stay. */
  tools: string
}

/** A whole page for respondents; `body` is HTML made by the pieces. */
export function page({ title, owner, mode, tools }: Frame, body: string): string {
  return html`<!doctype html>
<html lang="zh-CN"!${mode.large ? ' class="large"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="robots" content="noindex">
<meta name="theme-color" content="#ffffff">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.css.url}">
<script src="${assets.js.url}" defer></script>
</head>
<body>
<header class="top"><div><strong>${owner ?? '满意度测评'}</strong>!${tools}</div></header>
<main>
!${body}
</main>
</body>
</html>`
}

/** The same page with the flags that are in force; an address never says more than these. */
export function address(path: string, mode: Mode): string {
  const flags = [...(mode.large ? ['large=1'] : []), ...(mode.shared && path !== '/t/shared' ? ['shared=1'] : [])]
  return flags.length > 0 ? `${path}?${flags.join('&')}` : path
}

export const startAddress = (mode: Mode): string => address(mode.shared ? '/t/shared' : '/t', mode)

export const sizeName = (mode: Mode): string => (mode.large ? '标准字号' : '大字版')

export const sizeLink = (path: string, mode: Mode): string =>
  html`<a class="plain" href="${address(path, { ...mode, large: !mode.large })}">${sizeName(mode)}</a>`

export const modeFields = (mode: Mode): string =>
  `${mode.large ? hidden('large', '1') : ''}${mode.shared ? hidden('shared', '1') : ''}`

export const hidden = (name: string, value: string): string =>
  html`<input type="hidden" name="${name}" value="${value}">`

/** What the script says while the line is broken and when it gives up; without script the browser says so itself. */
export const patience = (again: string, rest: string): string => html`data-again="${again}" data-rest="${rest}"`

export const SAID = '<p class="said" role="status"></p>'
