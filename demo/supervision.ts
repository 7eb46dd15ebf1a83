import { draftArticle, moveArticle } from '#server/showcase/article/actions.ts'
import { type DemoSchool, plusDays, type Story, weekday } from '#demo/story.ts'
import { achievementsOf, brandOf } from '#demo/texts.ts'
import { moveRectification } from '#server/supervision/rectification/actions.ts'
import { moveFinding, noteFinding, orderRectification } from '#server/supervision/finding/actions.ts'
import {
  chooseForInspection,
  moveInspection,
  noteInspected,
  planInspection,
} from '#server/supervision/inspection/actions.ts'
import { recordVisit } from '#server/supervision/visit/actions.ts'

/** How far each finding of an inspection comes, school after school. */
const spring = ['closed', 'twice', 'noAction', 'withdrawn'] as const
const autumn = ['issued', 'acknowledged', 'planned', 'reported', 'opinion', 'replied', 'sent', 'recorded'] as const
type Course = (typeof spring)[number] | (typeof autumn)[number]

/** Plans visits, two inspections and articles; what is open at the end stays for the to-do lists. */
export function tellSupervision(story: Story, schools: readonly DemoSchool[], officeId: string): void {
  tellInspection(story, { officeId, schools: schools.slice(0, 4), from: '2026-05-18', courses: spring })
  const late =
    schools.length > 12
      ? schools.filter((school) => [8, 9, 13, 15, 17, 19, 22, 24].includes(school.index))
      : schools.slice(2, 6)
  tellInspection(story, { officeId, schools: late, from: '2026-11-05', courses: autumn })
  for (const school of schools) if (school.index % 2 === 0) tellVisit(story, school, officeId)
  for (const school of schools) if (school.index % 6 < 2) tellArticle(story, school, officeId)
}

interface Inspecting {
  officeId: string
  schools: readonly DemoSchool[]
  from: string
  courses: readonly Course[]
}

function tellInspection(story: Story, { officeId, schools, from, courses }: Inspecting): void {
  const isSpring = courses === spring
  story.on(from, '08:30', async () => {
    const { id } = await story.as(officeId, (work) =>
      planInspection(work, {
        title: `${isSpring ? '春季' : '秋季'}品牌创建督查（演示）`,
        basis: '演示教党〔2026〕3 号文件和年度工作安排。',
        startsOn: from,
        endsOn: plusDays(from, 7),
        checklist: ['方案任务是否按期推进', '台账与实际是否一致', '承诺是否公开并对账'],
      }),
    )
    await story.as(officeId, (work) => chooseForInspection(work, id, { schoolIds: schools.map((one) => one.id) }))
    await story.as(officeId, (work) => moveInspection(work, id, 'start'))
    for (const [at, school] of schools.entries())
      story.on(weekday(from, 1), '10:00', () =>
        inspect(story, { officeId, inspectionId: id, school, course: courses[at % courses.length] ?? 'recorded' }),
      )
    if (isSpring)
      story.on('2026-09-02', '10:00', async () => {
        await story.as(officeId, (work) => moveInspection(work, id, 'close'))
      })
  })
}

async function inspect(
  story: Story,
  of: { officeId: string; inspectionId: string; school: DemoSchool; course: Course },
): Promise<void> {
  const { officeId, school, course } = of
  const at = { id: of.inspectionId, schoolId: school.id }
  const office = (action: Parameters<typeof story.as>[1]) => story.as(officeId, action)
  const clerk = (action: Parameters<typeof story.as>[1]) => story.as(school.clerkId, action)
  const answers = ['基本按期', '一致', '已公开，个别未对账']
  await office((work) => noteInspected(work, at, { inspectedOn: story.today(), answers, remark: '总体较好。（演示）' }))
  const content = '承诺公开栏缺少第二季度的对账记录。（演示）'
  const finding = await story.as(officeId, (work) => noteFinding(work, at, { content, severity: '限期' }))
  const move = (by: typeof office, action: 'send' | 'reply' | 'issue' | 'drop', words: object = {}) =>
    by((work) =>
      moveFinding(work, finding.id, action, { words, ...(action === 'drop' ? { reason: '当场补齐。（演示）' } : {}) }),
    )
  if (course === 'recorded') return
  await move(office, 'send', { preliminary: '请说明未对账的原因。（演示）' })
  if (course === 'sent') return
  await move(clerk, 'reply', { reply: '负责同志调整岗位，交接时遗漏，已安排补记。（演示）' })
  if (course === 'replied') return
  await move(office, 'issue', { opinion: '情况属实，应补齐记录并建立交接清单。（演示）' })
  if (course === 'opinion') return
  if (course === 'noAction') {
    await move(office, 'drop')
    return
  }
  const asked = { requirement: '补齐对账记录，建立交接清单。（演示）', dueOn: plusDays(story.today(), 30) }
  const { id } = await story.as(officeId, (work) => orderRectification(work, finding.id, asked))
  if (course === 'issued') return
  if (course === 'withdrawn') {
    await office((work) => moveRectification(work, id, 'withdraw', { reason: '与另一项要求重复。（演示）' }))
    return
  }
  const mend = async (until: Course) => {
    await clerk((work) => moveRectification(work, id, 'acknowledge'))
    if (until === 'acknowledged') return
    await clerk((work) => moveRectification(work, id, 'plan', { plan: '一周内补齐，书记把关。（演示）' }))
    if (until === 'planned') return
    await clerk((work) => moveRectification(work, id, 'report', { report: '记录已补齐，清单已上墙。（演示）' }))
  }
  await mend(course)
  if (course === 'twice') {
    await office((work) => moveRectification(work, id, 'fail', { verdict: '清单没有责任人，请补充。（演示）' }))
    await mend(course)
  }
  if (course === 'closed' || course === 'twice')
    await office((work) => moveRectification(work, id, 'pass', { verdict: '经查看，已补齐。（演示）' }))
}

function tellVisit(story: Story, school: DemoSchool, officeId: string): void {
  story.on(weekday('2026-06-01', school.index % 20), '14:30', async () => {
    const visit = {
      schoolId: school.id,
      kind: '到校' as const,
      visitedOn: story.today(),
      saw: '查看了展示长廊和台账，与党员、学生各谈了话。（演示）',
      advised: '把学生的话写进品牌故事，少做展板多做事。（演示）',
      followUp: '',
      fileIds: [],
    }
    await story.as(officeId, (work) => recordVisit(work, visit))
  })
}

/** Most sent articles are published; some are returned, some still wait. */
function tellArticle(story: Story, school: DemoSchool, officeId: string): void {
  const brand = brandOf(school.index)
  story.on(weekday('2026-09-14', school.index), '10:20', async () => {
    const words = {
      kind: 'experience' as const,
      title: `“${brand.name}”的做法与体会（演示）`,
      body: achievementsOf(brand),
    }
    const { id } = await story.as(school.clerkId, (work) =>
      draftArticle(work, { ...words, authorName: '演示党务干事' }),
    )
    if (school.index % 18 === 13) return
    await story.as(school.clerkId, (work) => moveArticle(work, id, 'submit'))
    if (school.index % 18 === 12) return
    if (school.index % 18 === 7) {
      await story.as(officeId, (work) => moveArticle(work, id, 'return', { reason: '请补充具体事例。（演示）' }))
      return
    }
    await story.as(officeId, (work) => moveArticle(work, id, 'adopt', { level: '区' }))
    await story.as(officeId, (work) => moveArticle(work, id, 'publish'))
  })
}
