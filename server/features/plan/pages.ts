import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { html } from 'ghtml'
import { dateInWords, shanghaiDate } from '#domain/calendar.ts'
import { againstHaste, COMMENT_LIMIT, relationLabels, type TypedComment } from '#domain/comment.ts'
import { diagnosisAreas } from '#domain/completeness.ts'
import { promiseLife, type PromiseState } from '#domain/lifecycles/promise.ts'
import { isInForce } from '#domain/plan.ts'
import { pillarLabels } from '#domain/pillar.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'
import { withoutUnseen } from '#domain/text.ts'
import { type Comment, relationOf } from '#server/features/comment/store.ts'
import type { Parts } from '#server/features/planPart/store.ts'
import { demand, Problem } from '#server/kernel/problem.ts'
import { type Exchange, sendHtml } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import * as pieces from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { commentOn } from './actions.ts'
import { contentOf, type Plan, readPublicPlan } from './store.ts'

type Html = pieces.Html

// Only as old as the process: a form drawn before a restart is asked to be sent once more, with its words kept.
const formKey = randomBytes(32)

const sealOf = (planId: string, at: number): string =>
  createHmac('sha256', formKey).update(`${planId}:${at}`).digest('base64url')

const drawnToken = (planId: string, at: number): string => `${at}.${sealOf(planId, at)}`

/** When the form of this plan was drawn, if it was drawn here. */
function drawnAt(planId: string, token: string): number | undefined {
  const [at = '', seal = ''] = token.split('.')
  const wanted = Buffer.from(sealOf(planId, Number(at)))
  const got = Buffer.from(seal)
  return wanted.length === got.length && timingSafeEqual(wanted, got) ? Number(at) : undefined
}

export async function showPlanPage(exchange: Exchange) {
  const thanked = exchange.query['thanks'] === '1'
  const text = await drawPage(exchange, { typed: undefined, mistakes: [], thanked })
  return sendHtml(exchange.reply, text, thanked ? {} : { cacheSeconds: 60 })
}

/** Takes a visitor's comment; whatever is wrong, the page comes back with every word still in it. */
export async function commentOnPlan(exchange: Exchange) {
  const planId = exchange.params['id'] ?? ''
  const { form, look } = exchange
  const typed: TypedComment = {
    nickname: withoutUnseen(form['nickname'] ?? '').trim(),
    relation: form['relation'] ?? '',
    content: withoutUnseen(form['content'] ?? '')
      .replace(/\r\n?/g, '\n')
      .trim(),
  }
  const { plan } = await readPublicPlan(look.db, planId)
  try {
    demand(againstRobots(plan.id, form, Date.parse(look.now)))
    await exchange.work((work) => commentOn(work, planId, typed))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const mistakes = error.reasons.map((one) => ({ field: one.field ?? '', message: one.message }))
    const text = await drawPage(exchange, { typed, mistakes, thanked: false })
    return sendHtml(exchange.reply, text, { status: error.status })
  }
  return exchange.reply.redirect(`/plans/${plan.id}?thanks=1#comments`, 303)
}

/** Judged by how the form was filled, never by the address: a whole school shares one. */
function againstRobots(planId: string, form: Record<string, string>, now: number): Refusal[] {
  const trapped = pieces.trapped(form)
  if (trapped) return [refusal('invalid', trapped)]
  const at = drawnAt(planId, form['drawn'] ?? '')
  return at === undefined
    ? [refusal('invalid', '页面已更新，请再按一次提交。您写的内容还在下面。')]
    : againstHaste(at, now)
}

interface Drawn {
  typed: TypedComment | undefined
  mistakes: readonly pieces.Mistake[]
  thanked: boolean
}

async function drawPage(exchange: Exchange, drawn: Drawn): Promise<string> {
  const { look } = exchange
  const view = await readPublicPlan(look.db, exchange.params['id'] ?? '')
  const site = await readSite(exchange)
  const { plan, brandName } = view
  const title = `${plan.schoolName} ${plan.cycleTitle}创建方案`
  const path = `/plans/${plan.id}`
  const token = drawnToken(plan.id, Date.parse(look.now))
  const description = brandName ? `${plan.schoolName}党建文化品牌“${brandName}”的创建方案，欢迎提意见。` : title
  const body = html`<article class="wrap">
!${pieces.breadcrumbs([{ label: '品牌展示', href: '/brands' }, { label: plan.schoolName, href: view.brandId ? `/brands/${view.brandId}` : '/brands' }, { label: '创建方案' }])}
!${drawn.thanked ? pieces.noticeBox('谢谢，您的意见已经收到', '<p>学校会在规定时间内答复，答复和意见一起公开在本页下方。</p>', 'ok') : ''}
!${pieces.heading(title, leadOf(plan, brandName))}
!${view.currentId !== plan.id ? pieces.noticeBox('这是以前的版本', html`<p><a href="/plans/${view.currentId}">看现在执行的方案</a></p>`, 'warn') : ''}
!${plan.reviseReason ? html`<p>本版修订的原因：${plan.reviseReason}</p>` : ''}
!${diagnosisPart(plan, view.parts)}
!${textPart('entry', '切入点', plan.entryPoint)}
!${textPart('goals', '年度工作目标', plan.goals)}
!${tasksPart(view.parts)}
!${promisesPart(plan, view.parts)}
!${commentsPart(view.comments)}
!${view.currentId === plan.id && isInForce(plan) ? commentForm(plan.id, token, drawn) : html`<p class="quiet">本版方案不再接收意见。</p>`}
!${versionsPart(view.versions, plan.id)}
</article>`
  return page(site, { title, path, description, current: 'brands', unlisted: view.currentId !== plan.id }, body)
}

function leadOf(plan: Plan, brandName: string | null): string {
  const published = plan.publishedAt ? `${shanghaiDate(plan.publishedAt)} 公布` : ''
  return [brandName ? `品牌“${brandName}”` : '', `第 ${plan.version} 版`, published].filter(Boolean).join('　')
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
  pieces.Tone
>

function promisesPart(plan: Plan, { promises }: Parts): Html {
  const list = html`<ol class="dots">!${promises.map(
    (one) =>
      html`<li>${one.content} !${pieces.tag(promiseLife.states[one.state], promiseTones[one.state])}!${one.explanation ? html`<p class="quiet lines">${one.explanation}</p>` : ''}</li>`,
  )}</ol>`
  const words = plan.commitment ? `<div class="prose">${pieces.paragraphs(plan.commitment)}</div>` : ''
  const signed =
    plan.signedByName && plan.signedAt
      ? html`<p class="quiet">${plan.signedByName} 签署，${shanghaiDate(plan.signedAt)}</p>`
      : ''
  return section('promises', '向师生的承诺', `${words}${list}${signed}`)
}

function commentsPart(comments: { shown: readonly Comment[]; hidden: number; total: number }): Html {
  const list = html`<ul class="timeline">!${comments.shown.map(commentItem)}</ul>`
  const hidden = comments.hidden > 0 ? html`<p class="quiet">另有 ${comments.hidden} 条因不宜公开已隐藏。</p>` : ''
  const older =
    comments.total > comments.shown.length ? html`<p class="quiet">这里显示最近 ${comments.shown.length} 条。</p>` : ''
  const none = html`<p class="quiet">还没有人提意见。您的意见会和学校的答复一起公开在这里。</p>`
  return section(
    'comments',
    `意见建议和答复（${comments.total}）`,
    (comments.shown.length > 0 ? list : none) + older + hidden,
  )
}

function commentItem(comment: Comment): Html {
  const who = comment.nickname ? `${comment.nickname}（${relationOf(comment)}）` : relationOf(comment)
  const answered = comment.answer
    ? html`<div class="notice notice-ok"><p class="notice-title">学校答复</p><p class="lines">${comment.answer}</p><p class="quiet">${shanghaiDate(comment.answeredAt ?? comment.receivedAt)}</p></div>`
    : html`<p class="quiet">学校应在${dateInWords(comment.dueOn)}前答复。</p>`
  return html`<li class="moment-!${comment.answer ? 'ok' : 'quiet'}"><p><strong>${who}</strong> <span class="quiet"><time datetime="${comment.receivedAt}">${shanghaiDate(comment.receivedAt)}</time></span></p><p class="lines">${comment.content}</p>!${answered}</li>`
}

function commentForm(planId: string, token: string, { typed, mistakes }: Drawn): Html {
  const choices = Object.entries(relationLabels).map(([value, label]) => ({ value, label }))
  return section(
    'say',
    '提意见和建议',
    pieces.errorSummary(mistakes, '意见还没有提交') +
      pieces.form(
        { action: `/plans/${planId}/comments#say`, main: '提交意见' },
        html`<input type="hidden" name="drawn" value="${token}">!${pieces.trap()}`,
        pieces.choice({ name: 'relation', label: '您的身份', choices, value: typed?.relation, mistakes }),
        pieces.field({
          name: 'nickname',
          label: '称呼',
          hint: '会公开显示，可以不填。',
          optional: true,
          value: typed?.nickname,
          maxlength: 20,
          short: true,
          mistakes,
        }),
        pieces.textarea({
          name: 'content',
          label: '意见或建议',
          hint: `最多 ${COMMENT_LIMIT} 字，会公开显示。请不要写手机号、身份证号和他人的隐私。`,
          value: typed?.content,
          rows: 6,
          mistakes,
        }),
      ),
  )
}

function versionsPart(
  versions: readonly { id: string; version: number; publishedAt: string | null }[],
  id: string,
): Html {
  if (versions.length < 2) return ''
  const items = versions.map((one) => {
    const label = `第 ${one.version} 版，${shanghaiDate(one.publishedAt ?? '')} 公布`
    return one.id === id ? html`<li>${label}（本页）</li>` : html`<li><a href="/plans/${one.id}">${label}</a></li>`
  })
  return section('versions', '历次公布的版本', `<ul class="dots">${items.join('')}</ul>`)
}
