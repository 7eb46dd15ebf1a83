import { Readable } from 'node:stream'
import { listFiledEntries } from '#server/application/application/queries.ts'
import { type DemoSchool, plusDays, type Story, weekday } from '#demo/story.ts'
import { type DemoBrand, entryOf, pictureOf } from '#demo/texts.ts'
import { recordUpload } from '#server/records/file/actions.ts'
import { correctEntry, createEntry } from '#server/ledger/entry/actions.ts'
import { findEntry } from '#server/ledger/entry/queries.ts'
import { listForms } from '#server/ledger/form/queries.ts'
import { contentOf, emptyContent } from '#domain/ledger/entryContent.ts'

/** How far each school comes in the demonstration's year. */
export type Fate =
  | 'applies'
  | 'refused'
  | 'returned'
  | 'withdrawn'
  | 'applyDraft'
  | 'summarised'
  | 'summarySigned'
  | 'summaryReturned'
  | 'summaryDraft'
  | 'revising'
  | 'planAccepted'
  | 'planSubmitted'
  | 'planReturned'
  | 'planDraft'
  | 'brandOnly'
  | 'idle'

export const applying: readonly Fate[] = ['applies', 'refused', 'returned', 'withdrawn', 'applyDraft']

export interface Told {
  story: Story
  school: DemoSchool
  brand: DemoBrand
  fate: Fate
  officeId: string
  cycleId: string
}

export const dayFor = ({ school }: Told, date: string, spread: number): string =>
  weekday(date, (school.index * 3) % spread)

export const say = async (done: Promise<unknown>): Promise<void> => {
  await done
}

/** A picture of the house's own making, kept through the same gate as an upload. */
export async function upload(told: Told, words: { title: string; note: string; wide: boolean }): Promise<string> {
  const { story, school } = told
  const seed = Math.floor(story.random() * 1000)
  const received = await story.house.files.store.receive(Readable.from([await pictureOf({ ...words, seed })]), {
    name: `${words.title}（演示）.png`,
  })
  if ('refused' in received) throw new Error(`the demonstration's picture was refused: ${received.refused}`)
  return (await story.as(school.clerkId, (work) => recordUpload(work, received, school.id))).id
}

const LATE_DAYS = 36

/** Plans what a school does and writes down: most filed soon, some late, a few still drafts. */
export function tellLedger(told: Told): void {
  const { story, school, brand, fate } = told
  const many = 8 + Math.floor(story.random() * 18)
  const from = '2026-04-20'
  const span = applying.includes(fate) ? 150 : 195
  for (let turn = 0; turn < many; turn += 1) {
    const happenedOn = awayFromSummer(weekday(from, Math.floor(((turn + story.random() * 0.6) / many) * span)))
    const wait = turn > 4 && turn % 9 === 5 ? LATE_DAYS : 1 + Math.floor(story.random() * 9)
    const filedOn = plusDays(happenedOn, wait)
    if (filedOn > '2026-11-19') continue
    story.on(filedOn, '16:45', () => keepEntry(told, { turn, happenedOn, file: true }))
  }
  if (school.index % 3 === 1)
    story.on('2026-11-12', '11:20', () => keepEntry(told, { turn: many, happenedOn: '2026-11-10', file: false }))
  if (school.index % 8 === 3)
    story.on('2026-06-15', '10:10', async () => {
      const [first] = await listFiledEntries(story.house.database.reader, {
        schoolId: school.id,
        cycleId: told.cycleId,
      })
      if (first) await correct(told, first.id, entryOf(brand, 0).place)
    })
}

const awayFromSummer = (date: string): string =>
  date > '2026-07-08' && date < '2026-09-01' ? weekday('2026-09-01', Number(date.slice(8)) % 20) : date

/** One thing that was done, as the clerk writes it down; what goes to a correction later is put right with a reason. */
async function typedEntry(told: Told, turn: number, happenedOn: string) {
  const { story, school, brand } = told
  const entry = entryOf(brand, turn)
  const forms = await listForms(story.house.database.reader, (await ownBureau(told)) ?? '')
  const pictured = entry.pillar !== 'policy' && turn % 4 === 2
  const fileId = pictured ? await upload(told, { title: brand.name, note: `${happenedOn} · 演示`, wide: true }) : null
  return {
    ...emptyContent,
    title: entry.title,
    happenedOn,
    pillar: entry.pillar,
    formId: forms.find((form) => form.label === entry.form)?.id ?? null,
    place: entry.place,
    content: entry.content,
    memberCount: Math.min(school.memberCount, 4 + Math.floor(story.random() * school.memberCount)),
    teacherCount: Math.floor(school.staffCount * (0.2 + story.random() * 0.6)),
    pupilCount: entry.pillar === 'activity' ? Math.floor(school.studentCount * (0.05 + story.random() * 0.3)) : 0,
    parentCount: entry.form === '座谈会' ? 12 + Math.floor(story.random() * 30) : 0,
    tags: [entry.tag],
    feedback: turn % 3 === 0 ? '师生反映内容贴近实际，希望常办。（演示）' : '',
    evidence: fileId ? [{ fileId, caption: '活动现场示意' }] : [],
  }
}

const ownBureau = async ({ story, school }: Told): Promise<string | undefined> =>
  (
    await story.house.database.reader
      .selectFrom('school')
      .select('bureauId')
      .where('id', '=', school.id)
      .executeTakeFirst()
  )?.bureauId

async function keepEntry(told: Told, { turn, happenedOn, file }: { turn: number; happenedOn: string; file: boolean }) {
  const typed = await typedEntry(told, turn, happenedOn)
  await told.story.as(told.school.clerkId, (work) => createEntry(work, { ...typed, file }))
}

async function correct(told: Told, id: string, place: string): Promise<void> {
  await told.story.as(told.school.clerkId, async (work) => {
    const entry = await findEntry(work, id)
    const evidence = await work.db
      .selectFrom('evidence')
      .select(['fileId', 'caption'])
      .where('subjectType', '=', 'entry')
      .where('subjectId', '=', id)
      .execute()
    await correctEntry(work, id, {
      ...contentOf(entry),
      place,
      pupilCount: entry.pupilCount + 3,
      evidence,
      version: entry.version,
      reason: '学生人数少记了 3 人。（演示）',
    })
  })
}
