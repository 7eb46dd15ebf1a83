import { html } from 'ghtml'
import { quoted } from '#domain/base/text.ts'
import {
  breadcrumbs,
  type FormChoice,
  empty,
  facts,
  filterForm,
  type Html,
  linkButton,
  pagination,
  paragraphs,
  select,
  tag,
  titleList,
} from './pieces.ts'

interface Picture {
  src: string
  alt: string
  caption?: string | undefined
}

export interface BrandCard {
  href: string
  name: string
  schoolName: string
  categoryLabel: string
  slogan?: string | undefined
  logo?: Picture | undefined
  /** Such as 2026 年成果奖; only what was announced. */
  award?: string | undefined
}

interface Line {
  href: string
  title: string
  date: string
  note?: string | undefined
}

export interface BrandView {
  schoolName: string
  stageLabel: string
  name: string
  categoryLabel: string
  concept: string
  connotation: string
  slogan?: string | undefined
  resources: readonly string[]
  logo?: Picture | undefined
  awards: readonly { title: string; conferredOn: string; href: string }[]
  /** The published plan, where visitors may say what they think. */
  plan?: { href: string; title: string; publishedOn: string } | undefined
  /** A few plain facts, such as Party members or activities held this year. Never scores, likes or reads. */
  facts: readonly { label: string; value: string }[]
  articles: readonly Line[]
}

export interface HomeView {
  bureauName: string
  programmeName: string
  headline: string
  lead: string
  /** 已创建/应创建. */
  coverage: { made: number; due: number }
  brands: readonly BrandCard[]
  notices: readonly Line[]
  articles: readonly Line[]
  events: readonly Line[]
  /** How the newest year ended, once it is public. */
  outcome?: { href: string; title: string } | undefined
}

export interface BrandListView {
  q: string
  filters: readonly { name: string; label: string; value: string; choices: readonly FormChoice[] }[]
  brands: readonly BrandCard[]
  page: number
  size: number
  total: number
}

/** The front page: what this is, how far it has come, brands to be proud of, what is new. */
export function homeBody(view: HomeView): Html {
  return html`<section class="hero"><div class="wrap hero-grid">
<div><h1>${view.headline}</h1><p class="hero-lead">${view.lead}</p>
<form class="filters" method="get" action="/brands" role="search"><div class="field"><label for="q">找学校、品牌或关键词</label><input class="input" type="search" id="q" name="q" maxlength="50"></div><p class="filters-go"><button class="button button-main" type="submit">查找</button></p></form>
<p>!${linkButton('/brands', '看看各校的品牌')} <a href="/events">近期活动</a>　<a href="/comments">查看我提的意见</a></p>
<p class="quiet">对哪所学校有意见建议，进入它的品牌页，在创建方案里点“提意见”。</p></div>
!${coverage(view.coverage)}
</div></section>
<section class="wrap band" aria-labelledby="brands"><div class="band-head"><h2 id="brands">品牌展示</h2><a href="/brands">全部品牌</a></div>
!${view.brands.length > 0 ? brandCards(view.brands) : empty('各校的品牌正在创建', '品牌论证完成、创建方案公布后，就会在这里展示。')}
</section>
<div class="wrap band two">
!${lines('公示公告', '/notices', view.notices, '现在没有公示公告', view.outcome)}
!${lines('典型经验', '/articles', view.articles, '还没有发布典型经验')}
!${lines('活动', '/events', view.events, '还没有活动')}
</div>`
}

export function brandListBody(view: BrandListView): Html {
  const query = new URLSearchParams([['q', view.q], ...view.filters.map((one) => [one.name, one.value])])
  const href = (page: number) => {
    query.set('page', String(page))
    return `/brands?${query}`
  }
  const narrowed = [
    ...(view.q === '' ? [] : [`查找${quoted(view.q)}`]),
    ...view.filters.flatMap(({ label, value, choices }) =>
      value === '' ? [] : [`${label}：${choices.find((one) => one.value === value)?.label ?? value}`],
    ),
  ]
  return html`<div class="wrap">
<div class="heading"><h1>品牌展示</h1><p class="lead">一所学校一个党建文化品牌，按学校名称排列，不分先后。</p></div>
!${filterForm(
    '/brands',
    html`<div class="field"><label for="q">学校、品牌或关键词</label><input class="input" type="search" id="q" name="q" value="${view.q}" maxlength="50"></div>`,
    ...view.filters.map((one) => select({ ...one, empty: '全部', optional: false }).replace(' required', '')),
  )}
<p class="quiet" role="status">共 ${view.total} 个品牌</p>
!${
    view.total > 0
      ? brandCards(view.brands, 2)
      : narrowed.length > 0
        ? empty('没有找到相符的品牌', `条件是：${narrowed.join('，')}。换一个词，或者少选几个条件。`, {
            href: '/brands',
            label: '看全部品牌',
          })
        : empty('各校的品牌正在创建', '品牌论证完成、创建方案公布后，就会在这里展示。')
  }
!${pagination({ ...view, href })}
</div>`
}

/** One school's brand, told large: its name first, its idea as a quotation, then pictures and facts. */
export function brandBody(view: BrandView): Html {
  return html`<article>
<header class="brand-hero"><div class="wrap">
!${breadcrumbs([{ label: '品牌展示', href: '/brands' }, { label: view.schoolName }])}
<div class="brand-head"><div>
<p class="brand-school">${view.schoolName}</p>
<h1 class="brand-name!${sizeOf(view.name)}">${view.name}</h1>
!${view.slogan ? html`<p class="brand-slogan">${view.slogan}</p>` : ''}
<p class="brand-tags">!${tag(view.categoryLabel)}!${view.awards.map((award) => html`<a class="brand-award" href="${award.href}">${award.title}</a>`)}</p>
</div>!${view.logo ? html`<img class="brand-logo" src="${view.logo.src}" alt="${view.logo.alt}">` : ''}</div>
</div></header>
<div class="wrap">
!${view.concept ? html`<blockquote class="brand-concept">!${paragraphs(view.concept)}<footer>品牌理念</footer></blockquote>` : ''}
<div class="brand-body">
<section aria-labelledby="connotation"><h2 id="connotation">品牌内涵</h2><div class="prose">!${paragraphs(view.connotation)}</div></section>
<aside aria-label="品牌概况">!${facts([
    { label: '学段', value: html`${view.stageLabel}` },
    { label: '依托资源', value: view.resources.length > 0 ? html`${view.resources.join('、')}` : undefined },
    ...view.facts.map((one) => ({ label: one.label, value: html`${one.value}` })),
    ...view.awards.map((one) => ({ label: '评审结果', value: html`<a href="${one.href}">${one.title}</a>` })),
  ])}!${view.plan ? planBox(view.plan) : ''}</aside>
</div>
!${view.articles.length > 0 ? html`<section class="band" aria-labelledby="articles"><h2 id="articles" class="band-title">典型经验</h2>!${titleList(view.articles)}</section>` : ''}
</div></article>`
}

/** `level` is the heading level that the page around it leaves for a card. */
function brandCards(brands: readonly BrandCard[], level: 2 | 3 = 3): Html {
  return html`<ul class="brands">!${brands.map(
    (brand) => html`<li class="brand-card">
!${brand.logo ? html`<img src="${brand.logo.src}" alt="${brand.logo.alt}" loading="lazy">` : ''}
<p class="card-over">${brand.schoolName}</p>
<h!${level} class="brand-card-name"><a href="${brand.href}">${brand.name}</a></h!${level}>
!${brand.slogan ? html`<p class="card-text">${brand.slogan}</p>` : ''}
<p class="brand-card-foot">${brand.categoryLabel}!${brand.award ? html`<span class="brand-award">${brand.award}</span>` : ''}</p>
</li>`,
  )}</ul>`
}

function coverage({ made, due }: HomeView['coverage']): Html {
  return html`<dl class="coverage"><dt>已创建品牌</dt>
<dd><span class="coverage-made">${made}</span><span class="coverage-due">／应创建 ${due} 所</span></dd>
<dd><progress value="${Math.min(made, due)}" max="${Math.max(due, 1)}" aria-label="已创建品牌的学校">${made}/${due}</progress></dd></dl>`
}

function lines(
  title: string,
  href: string,
  items: readonly Line[],
  none: string,
  first?: { href: string; title: string },
): Html {
  return html`<section><div class="band-head"><h2>${title}</h2><a href="${href}">全部${title}</a></div>
!${first ? html`<p><a class="button" href="${first.href}">${first.title}</a></p>` : ''}
!${items.length > 0 ? titleList(items) : html`<p class="quiet">${none}</p>`}</section>`
}

/** Pictures side by side; as many columns as there are pictures, four at the most. */
export function pictureGrid(pictures: readonly Picture[]): Html {
  if (pictures.length === 0) return ''
  return html`<ul class="pictures pictures-!${Math.min(pictures.length, 4)}">!${pictures.map(
    (one) =>
      html`<li><figure><span class="picture-frame"><img src="${one.src}" alt="${one.alt}" loading="lazy"></span>!${one.caption ? html`<figcaption>${one.caption}</figcaption>` : ''}</figure></li>`,
  )}</ul>`
}

function planBox(plan: NonNullable<BrandView['plan']>): Html {
  return html`<div class="plan-box"><h2>创建方案</h2><p>${plan.title}</p><p class="quiet">${plan.publishedOn} 公布</p>
<p>!${linkButton(plan.href, '看方案，提意见')}</p></div>`
}

// A long name still has to fit a phone: three sizes by its length.
function sizeOf(name: string): string {
  const length = [...name].length
  if (length <= 6) return ' brand-name-short'
  return length > 12 ? ' brand-name-long' : ''
}
