import { diagnosisAreas, type DiagnosisArea } from '#domain/plan/completeness.ts'
import type { PlanBody } from '#contract/plan/plan.ts'
import {
  decideApplication,
  returnApplication,
  saveApplicationText,
  startApplication,
  submitApplication,
} from '#server/application/application/actions.ts'
import { listFiledEntries } from '#server/application/application/queries.ts'
import { addArgumentation } from '#server/brand/argumentation/actions.ts'
import { saveBrand } from '#server/brand/brand/actions.ts'
import { answerComment, commentOn, judgeComments } from '#server/plan/comment/actions.ts'
import { type DemoSchool, type Story, weekday } from '#demo/story.ts'
import { applying, dayFor, type Fate, say, tellLedger, type Told, upload } from '#demo/ledger.ts'
import {
  achievementsOf,
  answers,
  brandOf,
  conceptOf,
  connotationOf,
  highlightsOf,
  promisesOf,
  remarks,
  tasksOf,
  weakPoints,
} from '#demo/texts.ts'
import {
  acceptPlan,
  publishPlan,
  returnPlan,
  revisePlan,
  savePlan,
  signPlan,
  startPlan,
} from '#server/plan/plan/actions.ts'
import { findPlan } from '#server/plan/plan/queries.ts'
import { decidePromise, updateSpending, updateTask } from '#server/plan/part/actions.ts'
import { readParts } from '#server/plan/part/queries.ts'
import type { Work } from '#server/kernel/work.ts'
import { moveSummary, openOwnSummary, saveSummaryText } from '#server/application/summary/actions.ts'
import { findSummary } from '#server/application/summary/queries.ts'

const unpublished: readonly Fate[] = ['planAccepted', 'planSubmitted', 'planReturned', 'planDraft']
/** Plans every step of one school's year, which then happen in the order of their dates. */
export function tellSchool(story: Story, school: DemoSchool, of: Pick<Told, 'fate' | 'officeId' | 'cycleId'>): void {
  const told: Told = { story, school, brand: brandOf(school.index), ...of }
  if (told.fate === 'idle') return
  tellBrand(told)
  if (told.fate !== 'brandOnly') tellPlan(told)
}

function tellBrand(told: Told): void {
  const { story, school, brand, fate } = told
  story.on(dayFor(told, '2026-03-09', 9), '09:20', async () => {
    const logoFileId = await upload(told, { title: brand.name, note: '品牌标识 · 演示', wide: false })
    await story.as(school.clerkId, (work) =>
      saveBrand(work, school.id, {
        version: 0,
        name: brand.name,
        category: brand.category,
        concept: conceptOf(brand),
        connotation: connotationOf(brand),
        slogan: brand.slogan,
        localResources: [brand.resource],
        logoFileId,
        renameReason: '',
      }),
    )
  })
  if (fate === 'brandOnly') return
  const argue = (date: string, kind: 'branch' | 'hearing' | 'assembly', participants: string, opinions: string) =>
    story.on(dayFor(told, date, 6), '15:30', async () => {
      const argued = { heldOn: story.today(), kind, participants, opinions, outcome: '同意。', fileIds: [] }
      await story.as(school.clerkId, (work) => addArgumentation(work, school.id, argued))
    })
  argue(
    '2026-03-18',
    'branch',
    '支部委员、党员代表共 9 人（演示）',
    `建议把“${brand.motif}”写得更通俗，让学生也能说清。`,
  )
  if (school.index % 2 === 0)
    argue('2026-03-24', 'hearing', '教师、家长、社区代表共 15 人（演示）', '希望多用身边的资源，少花钱，多办实事。')
}

function planContent({ brand, school }: Told): PlanBody {
  const areas = Object.keys(diagnosisAreas) as DiagnosisArea[]
  const diagnosis = Object.fromEntries(
    areas.map((area) => {
      const [highlights, weak] = weakPoints[area] ?? ['', '']
      return [area, { highlights, weakPoints: weak }]
    }),
  ) as PlanBody['diagnosis']
  return {
    diagnosis,
    entryPoint: `从师生最熟悉的${brand.resource}入手，把“${brand.motif}”落实到每个岗位、每节课。`,
    goals: '党员承诺公开率 100%，师生参与面达到 80%，家长意见按时答复率 100%。',
    commitment: '我是第一责任人，方案中的任务按期完成，经费公开，接受师生和家长监督。（演示）',
    noBudgetReason: '',
    tasks: tasksOf(brand).map((task, at) => ({ ...task, ownerName: `演示党员${at + 1}`, startsOn: '2026-04-15' })),
    budgetLines: [
      { item: '展示长廊布置', subject: '公用经费', amountFen: 480_000 + school.index * 10_000, note: '节俭办' },
      { item: '图书和学习资料', subject: '党建经费', amountFen: 260_000, note: '' },
    ],
    promises: promisesOf().map((content) => ({ content })),
  }
}

function tellPlan(told: Told): void {
  const { story, school, fate, officeId, cycleId } = told
  const started = dayFor(told, '2026-03-30', 8)
  story.on(started, '10:05', async () => {
    const { id } = await story.as(school.clerkId, (work) => startPlan(work, { cycleId, copyFromId: null }))
    const content = planContent(told)
    if (fate === 'planDraft') content.tasks = content.tasks.slice(0, 2)
    await save(told, id, content)
    if (fate === 'planDraft') return
    const act = (by: string, action: (work: Work) => Promise<unknown>) => story.as(by, action)
    const sign = () => act(school.secretaryId, (work) => signPlan(work, id))
    const later = (days: number, time: string, step: () => Promise<void>) =>
      story.on(weekday(story.today(), days), time, step)
    const accept = async () => {
      await act(officeId, (work) => acceptPlan(work, id))
      if (fate === 'planAccepted') return
      later(3, '14:20', async () => {
        await act(school.clerkId, (work) => publishPlan(work, id))
        tellAfterPublishing(told, id)
      })
    }
    if (fate === 'planSubmitted') {
      story.on('2026-11-16', '16:10', () => say(sign()))
      return
    }
    later(4, '16:10', async () => {
      await sign()
      if (fate !== 'planReturned' && school.index % 9 !== 1) return later(3, '10:40', accept)
      later(1, '11:00', async () => {
        const reason = '任务的预期成果还不能检查，请写明数量和完成标志。（演示）'
        await act(officeId, (work) => returnPlan(work, id, reason))
        if (fate === 'planReturned') return
        later(1, '09:00', async () => {
          await sign()
          later(2, '10:40', accept)
        })
      })
    })
  })
}

function tellAfterPublishing(told: Told, planId: string): void {
  tellTracking(told)
  tellLedger(told)
  tellComments(told, planId)
  tellSummary(told)
  if (told.fate === 'revising' || told.school.index % 12 === 2) tellRevision(told, planId)
}

async function save({ story, school }: Told, id: string, content: PlanBody): Promise<void> {
  await story.as(school.clerkId, async (work) =>
    savePlan(work, id, { updatedAt: (await findPlan(work.db, id)).updatedAt, content }),
  )
}

async function planInForce({ story, school, cycleId }: Told): Promise<string[]> {
  const rows = await story.house.database.reader
    .selectFrom('plan')
    .select('id')
    .where('schoolId', '=', school.id)
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'published')
    .execute()
  return rows.map((row) => row.id)
}

function tellTracking(told: Told): void {
  const { story, school } = told
  const track = (date: string, done: (at: number) => number) =>
    story.on(dayFor(told, date, 7), '17:00', async () => {
      const { tasks } = await readParts(story.house.database.reader, await planInForce(told))
      for (const [at, task] of tasks.entries()) {
        const progress = Math.min(100, done(at))
        if (progress === task.progress) continue
        const doneOn = progress === 100 ? story.today() : null
        await story.as(school.clerkId, (work) =>
          updateTask(work, task.id, { progress, progressNote: '按计划推进。（演示）', doneOn }),
        )
      }
    })
  track('2026-05-28', (at) => [70, 30, 40, 100, 30][at] ?? 50)
  // Every fifth school leaves a task behind, so that the to-do lists have something that is due.
  track('2026-09-28', (at) => (school.index % 5 === 3 && at === 2 ? 80 : at === 4 ? 85 : 100))
  story.on(dayFor(told, '2026-09-14', 6), '16:30', async () => {
    const { budgetLines, promises } = await readParts(story.house.database.reader, await planInForce(told))
    for (const line of budgetLines)
      await story.as(school.clerkId, (work) => updateSpending(work, line.id, Math.round(line.amountFen * 0.86)))
    const [kept, changed, missed] = promises
    if (kept && school.index % 3 !== 2) {
      const fileId = await upload(told, { title: '书记接待日', note: '兑现记录 · 演示', wide: true })
      const said = { to: 'kept' as const, explanation: '接待日已办十二次，记录在册。（演示）', fileId }
      await story.as(school.clerkId, (work) => decidePromise(work, kept.id, said))
    }
    if (changed && school.index % 6 === 0) {
      const said = { to: 'changed' as const, explanation: '按教师建议改为按学段分期家访，总户数不变。（演示）' }
      await story.as(school.clerkId, (work) => decidePromise(work, changed.id, said))
    }
    if (missed && school.index % 7 === 2) {
      const said = { to: 'missed' as const, explanation: '活动室暑期维修，推迟到明年开放。（演示）' }
      await story.as(school.clerkId, (work) => decidePromise(work, missed.id, said))
    }
  })
}

function tellRevision(told: Told, planId: string): void {
  const { story, school, fate, officeId } = told
  story.on(dayFor(told, '2026-09-07', 5), '10:00', async () => {
    const reason = '新学期增加了一项媒介任务，需要调整方案。（演示）'
    const { id } = await story.as(school.clerkId, (work) => revisePlan(work, planId, reason))
    if (fate === 'revising') return
    story.on(weekday('2026-09-09'), '09:30', async () => {
      const content = planContent(told)
      content.goals += '新学期公众号专栏改为每周两期。'
      await save(told, id, content)
      await story.as(school.secretaryId, (work) => signPlan(work, id))
      await story.as(officeId, (work) => acceptPlan(work, id))
      await story.as(school.clerkId, (work) => publishPlan(work, id))
    })
  })
}

function tellComments(told: Told, planId: string): void {
  const { story, school, fate, officeId } = told
  const many = 2 + (school.index % 4)
  const receive = async (at: number): Promise<string | undefined> => {
    const [relation, nickname, content] = remarks[(school.index + at) % remarks.length] ?? ['public', '', '']
    const arrival = { receipt: `${planId}:${school.index + at}:${story.today()}`, fromThere: 0 }
    await story.asVisitor((work) => commentOn(work, planId, { relation, nickname, content }, arrival))
    const row = await story.house.database.reader
      .selectFrom('comment')
      .select('id')
      .where('schoolId', '=', school.id)
      .orderBy('receivedAt', 'desc')
      .executeTakeFirst()
    return row?.id
  }
  const judge = async (id: string, judgement: 'show' | 'hide', reason = ''): Promise<void> => {
    await story.as(officeId, (work) => judgeComments(work, { ids: [id], judgement, reason }))
  }
  const receiveAndShow = async (at: number) => {
    const id = await receive(at)
    if (id) await judge(id, 'show')
  }
  // A revised plan no longer takes comments on its first version, so those come before September.
  for (let at = 0; at < many; at += 1)
    story.on(weekday('2026-05-06', at * 13 + (school.index % 10)), '20:15', async () => {
      const id = await receive(at)
      if (!id) return
      const hidden = school.index % 11 === 1 && at === 1
      story.on(weekday(story.today(), 1), '08:40', () => judge(id, 'show'))
      story.on(weekday(story.today(), 2 + (at % 4)), '09:40', async () => {
        if (hidden) await judge(id, 'hide', '内容指名道姓，不宜公开。（演示）')
        else await story.as(school.clerkId, (work) => answerComment(work, id, answers[at % answers.length] ?? ''))
      })
    })
  const revised = fate === 'revising' || school.index % 12 === 2
  if (!revised && school.index % 4 === 0)
    story.on('2026-11-17', '19:30', () => say(school.index % 8 === 4 ? receive(many) : receiveAndShow(many)))
  if (!revised && !applying.includes(fate) && school.index % 4 === 3)
    story.on('2026-10-28', '19:30', () => say(receiveAndShow(many + 1)))
}

function tellSummary(told: Told): void {
  const { story, school, brand, fate, officeId } = told
  if (unpublished.includes(fate) || fate === 'revising') return
  const day = applying.includes(fate) || fate === 'summarised' ? dayFor(told, '2026-09-21', 8) : '2026-11-10'
  story.on(day, '09:15', async () => {
    const { id } = await story.as(school.clerkId, (work) => openOwnSummary(work))
    if (fate === 'summaryDraft') return
    await story.as(school.clerkId, async (work) =>
      saveSummaryText(work, id, {
        achievements: achievementsOf(brand),
        problems: '青年党员偏少，部分活动的过程记录不够及时；家长参与的渠道还不够多。（演示）',
        nextSteps: '把承诺对账做成制度，扩大家长和社区参与，继续压减重复填报。（演示）',
        updatedAt: (await findSummary(work, id)).updatedAt,
      }),
    )
    await story.as(school.secretaryId, (work) => moveSummary(work, id, 'sign'))
    if (fate === 'summarySigned') return
    const judged = weekday(story.today(), 2)
    if (fate === 'summaryReturned') {
      const reason = '请补充承诺未兑现的原因和明年的具体安排。（演示）'
      story.on(judged, '15:00', () => say(story.as(officeId, (work) => moveSummary(work, id, 'return', { reason }))))
      return
    }
    story.on(judged, '15:00', () => say(story.as(officeId, (work) => moveSummary(work, id, 'accept'))))
    if (applying.includes(fate)) tellApplication(told)
  })
}

function tellApplication(told: Told): void {
  const { story, school, brand, fate, officeId, cycleId } = told
  const day = dayFor(told, '2026-10-12', 12)
  story.on(day, '10:30', async () => {
    const { id } = await story.as(school.clerkId, (work) => startApplication(work))
    const entries = await listFiledEntries(story.house.database.reader, { schoolId: school.id, cycleId })
    await story.as(school.clerkId, async (work) => {
      const row = await work.db
        .selectFrom('application')
        .select('updatedAt')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const entryIds = entries.slice(0, 8).map((entry) => entry.id)
      await saveApplicationText(work, id, { highlights: highlightsOf(brand), entryIds, updatedAt: row.updatedAt })
    })
    if (fate === 'applyDraft') return
    story.on(weekday(day, 2), '16:00', async () => {
      await story.as(school.secretaryId, (work) => submitApplication(work, id))
      const decide = (by: string, action: 'admit' | 'refuse' | 'withdraw', reason?: string) =>
        story.on(weekday(story.today(), 2), '11:10', () =>
          say(story.as(by, (work) => decideApplication(work, id, action, { reason }))),
        )
      if (fate === 'refused') decide(officeId, 'refuse', '申报材料与台账不一致，经核查不予受理。（演示）')
      else if (fate === 'returned')
        story.on(weekday(story.today(), 2), '11:10', () =>
          say(
            story.as(officeId, (work) =>
              returnApplication(work, id, { reason: '请补充社区评价材料后再提交。（演示）' }),
            ),
          ),
        )
      else if (fate === 'withdrawn') decide(school.secretaryId, 'withdraw', '学校合并办学，今年暂不申报。（演示）')
      else decide(officeId, 'admit')
    })
  })
}
