import { html } from 'ghtml'
import { assetUrl } from './assets.ts'
import { quoted } from '#domain/base/text.ts'

/** What every public page knows of the place it belongs to. */
export interface Site {
  bureauName: string
  programmeName: string
  /** Where visitors find it, for canonical addresses. */
  publicUrl?: string | undefined
  /** 备案号; the footer names it only when there is one. */
  icp?: string | undefined
  /** Large type, chosen by the reader; see `largeType.ts`. */
  large?: boolean | undefined
}

export type PortalPlace = 'home' | 'brands' | 'articles' | 'events' | 'notices' | 'verify'

export interface PageMeta {
  title: string
  /** The page's own path with its query: the large-type switch leads back to it. */
  path: string
  description?: string | undefined
  current?: PortalPlace | undefined
  /** Pages that search engines should leave alone. */
  unlisted?: boolean | undefined
}

const places: readonly { key: PortalPlace; href: string; label: string }[] = [
  { key: 'home', href: '/', label: '首页' },
  { key: 'brands', href: '/brands', label: '品牌展示' },
  { key: 'articles', href: '/articles', label: '典型经验' },
  { key: 'events', href: '/events', label: '活动' },
  { key: 'notices', href: '/notices', label: '公示公告' },
  { key: 'verify', href: '/verify', label: '证书查验' },
]

/** A whole public page; `body` is HTML made by the pieces. */
export function page(site: Site, meta: PageMeta, body: string): string {
  const large = site.large === true
  const switchTo = `/large-type?on=${large ? 0 : 1}&back=${encodeURIComponent(meta.path)}`
  return html`<!doctype html>
<html lang="zh-CN"!${large ? ' class="large"' : ''}>
<head>
!${head(site, meta)}
<script src="${assetUrl('portal.js')}" defer></script>
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="top">
<div class="wrap top-row">
<a class="top-name" href="/"><strong>${site.programmeName}</strong><span>${site.bureauName}</span></a>
<p class="top-tools"><a href="${switchTo}">${large ? '标准字号' : '大字版'}</a><a href="/sign-in">登录</a></p>
</div>
<nav class="nav" aria-label="栏目"><ul class="wrap">!${places.map((place) => navItem(place, meta.current))}</ul></nav>
</header>
<main id="main" tabindex="-1">
!${body}
</main>
<footer class="foot"><div class="wrap">
<p>${site.bureauName}　主办</p>
!${site.icp ? html`<p><a href="https://beian.miit.gov.cn/" rel="noopener">${site.icp}</a></p>` : ''}
</div></footer>
</body>
</html>`
}

function navItem(place: (typeof places)[number], current: PortalPlace | undefined): string {
  const here = place.key === current ? ' aria-current="page"' : ''
  return html`<li><a href="${place.href}"!${here}>${place.label}</a></li>`
}

/** A narrow page for signing in, setting up and one's own account: the form is all there is. */
export function narrowPage(site: Site, meta: PageMeta, body: string): string {
  return page(site, { ...meta, unlisted: true }, `<div class="wrap narrow">${body}</div>`)
}

/** Something to be printed: slips, certificates, score sheets. A bare A4 sheet without the site around it. */
export function printPage(site: Site, meta: { title: string; back: string }, body: string): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
!${head(site, { title: meta.title, path: '', unlisted: true })}
<link rel="stylesheet" href="${assetUrl('print.css')}">
<script src="${assetUrl('portal.js')}" defer></script>
</head>
<body class="sheet-desk">
<header class="sheet-tools"><a href="${meta.back}">返回</a><span>用浏览器的打印功能（Ctrl+P），纸张选 A4。</span></header>
<main tabindex="0" aria-label="要打印的内容">
!${body}
</main>
</body>
</html>`
}

function head(site: Site, meta: PageMeta): string {
  const title =
    meta.current === 'home' ? `${site.programmeName} - ${site.bureauName}` : `${meta.title} - ${site.programmeName}`
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
!${meta.unlisted ? '<meta name="robots" content="noindex">' : shared(site, meta, title)}
<meta name="theme-color" content="#ffffff">
<link rel="icon" href="${assetUrl('mark.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${assetUrl('portal.css')}">`
}

/** What search engines and a card in WeChat say of a page. */
function shared(site: Site, meta: PageMeta, title: string): string {
  const about = meta.description ?? `${site.bureauName}${quoted(site.programmeName)}党建文化品牌：${meta.title}`
  const [path = '/'] = meta.path.split('?')
  const address = site.publicUrl ? `${site.publicUrl}${path}` : undefined
  return html`<meta name="description" content="${about}">
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${about}">
<meta property="og:site_name" content="${site.programmeName}">!${address ? html`<link rel="canonical" href="${address}"><meta property="og:url" content="${address}">` : ''}`
}
