import { html } from 'ghtml'
import { dateInWords } from '#domain/calendar.ts'
import { sendHtml, showAll } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import { empty, heading, narrow, titleList } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { listPublicNotices } from './store.ts'

const CACHE_SECONDS = 60

const stateNote = (one: { state: string; endsOn: string | null }): string =>
  ({ posted: `公示中，至${dateInWords(one.endsOn ?? '')}`, superseded: '已被替代' })[one.state] ?? '公示结束'

const noticesPage = showAll({ name: 'noticesPage', path: '/notices' }, async (exchange) => {
  const notices = await listPublicNotices(exchange.look.db)
  const list = titleList(
    notices.map((one) => ({
      href: `/notices/${one.id}`,
      title: one.title,
      date: one.postedOn ?? '',
      note: stateNote(one),
    })),
  )
  const body = narrow(
    heading('公示公告', '审定结果公布前的公示都在这里，公示期内可以提出异议。'),
    notices.length > 0 ? list : empty('现在没有公示', '评审和审定完成后，名单会在这里公示五个工作日。'),
    html`<p><a href="/objections">凭回执查询异议办理结果</a>　<a href="/surveys">满意度测评结果</a></p>`,
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '公示公告', path: '/notices', current: 'notices' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

export const noticePages = [noticesPage]
