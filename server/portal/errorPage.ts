import { html } from 'ghtml'
import { sentenceOf } from '#domain/base/refusal.ts'
import type { ProblemBody } from '#contract/endpoint.ts'
import { page, type Site } from './layout.ts'

/** An error as a page: what happened, every reason, and where to go on. */
function errorBody(problem: ProblemBody, status: number): string {
  const reasons = problem.reasons.length > 1 ? problem.reasons : []
  return html`<div class="wrap narrow">
<h1>${status === 404 || status === 410 ? '没有这一页' : status >= 500 ? '系统出了问题' : '没有完成'}</h1>
<p>${status === 404 && problem.code === 'notFound' && problem.message === sentenceOf('notFound') ? '地址可能写错了，或者内容已经撤下。' : problem.message}</p>
!${reasons.length > 0 ? html`<ul class="dots">!${reasons.map((reason) => html`<li>${reason.message}</li>`)}</ul>` : ''}
<p><a class="button button-main" href="/">回到首页</a></p>
!${status === 404 ? '' : html`<p class="quiet">请求编号 ${problem.requestId}</p>`}
</div>`
}

export function errorPage(site: Site, problem: ProblemBody, status: number): string {
  return page(
    site,
    { title: status === 404 ? '没有这一页' : '没有完成', path: '/', unlisted: true },
    errorBody(problem, status),
  )
}
