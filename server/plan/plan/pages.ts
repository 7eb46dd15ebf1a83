import { html } from 'ghtml'
import type { Actor } from '#domain/base/actor.ts'
import { dateInWords, dayInWords } from '#domain/base/calendar.ts'
import { diagnosisAreas } from '#domain/plan/completeness.ts'
import { promiseLife, type PromiseState } from '#domain/plan/promiseLife.ts'
import { isInForce } from '#domain/plan/plan.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { answerBox, answerBy } from '#server/plan/comment/pages.ts'
import { type Comment, COMMENTS_ON_A_PAGE, type PublicComments } from '#server/plan/comment/queries.ts'
import { relationOf } from '#server/plan/comment/views.ts'
import type { Parts } from '#server/plan/part/queries.ts'
import { type Exchange, sendHtml } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import * as pieces from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { contentOf, type Plan, type PublicPlan, readPublicPlan } from './queries.ts'
import { quoted } from '#domain/base/text.ts'

type Html = pieces.Html

export async function showPlanPage(exchange: Exchange<Actor>) {
  return sendHtml(exchange.reply, await drawPage(exchange), { cacheSeconds: 60 })
}

async function drawPage(exchange: Exchange<Actor>): Promise<string> {
  const asked = Number(exchange.query['page'] ?? 1)
  const at = Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1
  const view = await readPublicPlan(exchange.look.db, exchange.params['id'] ?? '', at)
  const site = await readSite(exchange)
  const { plan, brandName } = view
  const title = `${plan.schoolName} ${plan.cycleTitle}创建方案`
  const path = at === 1 ? `/plans/${plan.id}` : `/plans/${plan.id}?page=${at}`
  const description = brandName ? `${plan.schoolName}党建文化品牌${quoted(brandName)}的创建方案，欢迎提意见。` : title
  const open = view.currentId === plan.id && isInForce(plan)
  const body = html`<article class="wrap">
!${pieces.breadcrumbs([{ label: '品牌展示', href: '/brands' }, { label: plan.schoolName, href: view.brandId ? `/brands/${view.brandId}` : '/brands' }, { label: '创建方案' }])}
!${pieces.heading(title, leadOf(plan, brandName))}
!${open ? html`<p class="no-print">!${pieces.linkButton(`/plans/${plan.id}/comments`, '提意见', true)} <a href="#comments">看意见和答复（${view.comments.total}）</a></p>` : ''}
!${view.currentId !== plan.id ? pieces.noticeBox('这是以前的版本', html`<p><a href="/plans/${view.currentId}">看现在执行的方案</a></p>`, 'warn') : ''}
!${plan.reviseReason ? html`<p>本版修订的原因：${plan.reviseReason}</p>` : ''}
!${diagnosisPart(plan, view.parts)}
!${textPart('entry', '切入点', plan.entryPoint)}
!${textPart('goals', '年度工作目标', plan.goals)}
!${tasksPart(view.parts)}
!${promisesPart(view)}
!${commentsPart(view.comments, plan.id, open)}
!${versionsPart(view.versions, plan.id)}
</article>`
  return page(site, { title, path, description, current: 'brands', unlisted: view.currentId !== plan.id }, body)
}

function leadOf(plan: Plan, brandName: string | null): string {
  const published = plan.publishedAt ? `${dayInWords(plan.publishedAt)}公布` : ''
  return [brandName ? `品牌${quoted(brandName)}` : '', `第 ${plan.version} 版`, published].filter(Boolean).join('　')
}

const section = (id: string, title: string, body: Html): Html =>
  html`<section class="band" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>!${body}</section>`

const textPart = (id: string, title: string, text: string): Html =>
  text.trim() === '' ? '' : section(id, title, `<div class="prose">${pieces.paragraphs(text)}</div>`)

function diagnosisPart(plan: Plan, parts: Parts): Html {
  const { diagnosis } = contentOf(plan, parts)
  const rows = (Object.entries(diagnosisAreas) as [keyof typeof diagnosisAreas, string][]).map(([area, label]) => [
    html`${label}`,
    html`<span class="lines">${diagnosis[area].highlights}</span>`,
    html`<span class="lines">${diagnosis[area].weakPoints}</span>`,
  ])
  const columns = [{ title: '方面' }, { title: '亮点' }, { title: '薄弱环节' }]
  return section('diagnosis', '现状分析', pieces.table({ caption: '党建工作四个方面的分析', columns, rows }))
}

// A list and no table: seven columns cannot be read on a phone, least of all in large type.
function tasksPart({ tasks }: Parts): Html {
  const items = tasks.map((task) => {
    const dates = [task.startsOn, task.dueOn].filter(Boolean).join(' 至 ')
    const done = task.doneOn ? `，${dateInWords(task.doneOn)}完成` : ''
    return html`<li><h3>${task.content} !${pieces.tag(pillarLabels[task.pillar])}</h3>
<p class="lines">${task.measure}</p>
!${task.expectedResult ? html`<p class="lines">预期成果：${task.expectedResult}</p>` : ''}
<p class="quiet">${[task.ownerName, dates].filter(Boolean).join('，')}</p>
<p>进度 ${task.progress}%${done} <progress value="${task.progress}" max="100" aria-label="${task.content}的进度"></progress></p>
!${task.progressNote ? html`<p class="lines">${task.progressNote}</p>` : ''}</li>`
  })
  return section('tasks', `任务和进度（${tasks.length} 项）`, `<ol class="tasks">${items.join('')}</ol>`)
}

const promiseTones = { open: 'info', kept: 'ok', changed: 'warn', missed: 'bad' } as const satisfies Record<
  PromiseState,
  pieces.TagTone
>

function promisesPart({ plan, parts: { promises }, outcomesBefore }: PublicPlan): Html {
  const before = (rootId: string) =>
    outcomesBefore
      .filter((one) => one.rootId === rootId)
      .map(
        (was) =>
          html`<p class="quiet lines">${dayInWords(was.takenBackAt)}更正：曾登记为“${promiseLife.states[was.state]}”${was.explanation ? `（${was.explanation}）` : ''}，撤回登记的理由：${was.reason}</p>`,
      )
  const list = html`<ol class="dots">!${promises.map(
    (one) =>
      html`<li>${one.content} !${pieces.tag(promiseLife.states[one.state], promiseTones[one.state])}!${one.explanation ? html`<p class="quiet lines">${one.explanation}</p>` : ''}!${before(one.rootId)}</li>`,
  )}</ol>`
  const words = plan.commitment ? `<div class="prose">${pieces.paragraphs(plan.commitment)}</div>` : ''
  const signed =
    plan.signedByName && plan.signedAt
      ? html`<p class="quiet">${plan.signedByName} 签署，${dayInWords(plan.signedAt)}</p>`
      : ''
  return section('promises', '向师生的承诺', `${words}${list}${signed}`)
}

function commentsPart(comments: PublicComments, planId: string, open: boolean): Html {
  const list = html`<ul class="timeline">!${comments.shown.map(commentItem)}</ul>`
  const hidden = comments.hidden > 0 ? html`<p class="quiet">另有 ${comments.hidden} 条因不宜公开已隐藏。</p>` : ''
  const none = html`<p class="quiet">还没有公开的意见。您的意见会和学校的答复一起公开在这里。</p>`
  const href = (at: number) => `/plans/${planId}${at === 1 ? '' : `?page=${at}`}#comments`
  const { page: at, total } = comments
  const say = open
    ? html`<p class="no-print">!${pieces.linkButton(`/plans/${planId}/comments`, '提意见')}</p>`
    : html`<p class="quiet">本版方案不再接收意见。</p>`
  return section(
    'comments',
    `意见建议和答复（${total}）`,
    (total > 0 ? list : none) + pieces.pagination({ page: at, size: COMMENTS_ON_A_PAGE, total, href }) + hidden + say,
  )
}

function commentItem(comment: Comment): Html {
  const claimed = `自称${relationOf(comment)}`
  const who = comment.nickname ? `${comment.nickname}（${claimed}）` : claimed
  const answered = comment.answer ? answerBox(comment) : html`<p class="quiet">${answerBy(comment.dueOn)}</p>`
  return html`<li class="moment-!${comment.answer ? 'ok' : 'quiet'}"><p><strong>${who}</strong> <span class="quiet"><time datetime="${comment.receivedAt}">${dayInWords(comment.receivedAt)}</time></span></p><p class="lines">${comment.content}</p>!${answered}</li>`
}

function versionsPart(
  versions: readonly { id: string; version: number; publishedAt: string | null }[],
  id: string,
): Html {
  if (versions.length < 2) return ''
  const items = versions.map((one) => {
    const label = `第 ${one.version} 版，${dayInWords(one.publishedAt ?? '')}公布`
    return one.id === id ? html`<li>${label}（本页）</li>` : html`<li><a href="/plans/${one.id}">${label}</a></li>`
  })
  return section('versions', '历次公布的版本', `<ul class="dots">${items.join('')}</ul>`)
}
