import { html } from 'ghtml'
import { shanghaiDate, timeInWords } from '#domain/base/calendar.ts'
import { sendHtml, showAll } from '#server/kernel/routes.ts'
import { pictureGrid } from '#server/portal/brandPieces.ts'
import { page } from '#server/portal/layout.ts'
import { breadcrumbs, empty, facts, heading, narrow, noticeBox, paragraphs, titleList } from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { listEventChanges, listPublicEvents, readPublicEvent } from './queries.ts'

const CACHE_SECONDS = 60

/** The end of the same day needs no day. */
const untilWords = (startsAt: string, endsAt: string): string =>
  shanghaiDate(startsAt) === shanghaiDate(endsAt) ? (timeInWords(endsAt).split(' ')[1] ?? '') : timeInWords(endsAt)

const eventsPage = showAll({ name: 'eventsPage', path: '/events' }, async (exchange) => {
  const events = await listPublicEvents(exchange.look.db)
  const list = titleList(
    events.map((one) => ({
      href: `/events/${one.id}`,
      title: `${one.kind}：${one.title}`,
      date: shanghaiDate(one.startsAt),
      note: one.state === 'held' ? '已举办' : one.place,
    })),
  )
  const body = narrow(
    heading('活动', '现场会、观摩、交流会和成果展示会，互相学习借鉴。'),
    events.length > 0 ? list : empty('还没有发布活动', '发布后，时间、地点和成果会在这里公布。'),
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '活动', path: '/events', current: 'events' }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

const eventPage = showAll({ name: 'eventPage', path: '/events/:id' }, async (exchange) => {
  const event = await readPublicEvent(exchange.look.db, exchange.params['id'] ?? '')
  const [change] = await listEventChanges(exchange.look.db, event.id)
  const body = narrow(
    breadcrumbs([{ label: '活动', href: '/events' }, { label: event.title }]),
    heading(event.title, event.kind),
    event.state === 'cancelled' ? noticeBox('活动已取消', '', 'warn') : '',
    change && event.state === 'published'
      ? noticeBox(
          '安排有更改',
          html`原定 ${timeInWords(change.startsAt)}，${change.place}。更改原因：${change.reason}`,
          'warn',
        )
      : '',
    facts([
      { label: '时间', value: html`${timeInWords(event.startsAt)} 至 ${untilWords(event.startsAt, event.endsAt)}` },
      { label: '地点', value: html`${event.place}` },
      { label: '承办学校', value: event.hostName ? html`${event.hostName}` : undefined },
    ]),
    event.agenda ? html`<h2>议程</h2>!${paragraphs(event.agenda)}` : '',
    event.state === 'held' ? html`<h2>成果</h2>!${paragraphs(event.outcome)}` : '',
    pictureGrid(
      event.pictures.map((one, at) => ({
        src: `/media/${one.fileId}?size=1280`,
        alt: one.caption || `活动图片 ${at + 1}`,
        caption: one.caption || undefined,
      })),
    ),
  )
  const site = await readSite(exchange)
  const meta = { title: event.title, path: `/events/${event.id}`, current: 'events' as const }
  return sendHtml(exchange.reply, page(site, meta, body), { cacheSeconds: CACHE_SECONDS })
})

export const eventPages = [eventsPage, eventPage]
