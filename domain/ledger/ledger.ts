import { type Actor, againstDrafting, type OfSchool, worksAt } from '#domain/base/actor.ts'
import { addDays } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import type { CycleState } from '#domain/year/cycleLife.ts'
import { type EntryState, entryLife } from '#domain/ledger/entryLife.ts'
import type { EntryContent } from '#domain/ledger/entryContent.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'
import { quoted } from '#domain/base/text.ts'

/** The forms that a bureau starts with; its office adds more. */
export const defaultForms: readonly string[] = [
  '主题党日',
  '征文',
  '演讲比赛',
  '读书会',
  '座谈会',
  '专题会',
  '演唱会',
  '知识竞赛',
  '志愿服务',
  '课程课堂',
  '参观研学',
  '结对帮扶',
  '阵地建设',
  '制度建设',
  '专栏宣传',
]

export interface EntryFacts extends OfSchool {
  state: EntryState
  frozenBy: string | null
  /** Nothing while the entry waits for a year to be opened. */
  cycleState: CycleState | undefined
}

/** The year as far as being late is concerned; before it was opened nobody could file. */
export interface FilingYear {
  openedOn: string | null
  lateAfterDays: number
}

/** The last day on which an entry of an activity is filed in time. */
export const inTimeUntil = (happenedOn: string, { openedOn, lateAfterDays }: FilingYear): string =>
  addDays(openedOn !== null && openedOn > happenedOn ? openedOn : happenedOn, lateAfterDays)

/** Filed more than so many days after the activity, or after the opening of the year when that came later. */
export const isLate = (happenedOn: string, filedOn: string, year: FilingYear): boolean =>
  filedOn > inTimeUntil(happenedOn, year)

/** A draft is for the eyes of its own school only. */
export const seesDraft = (actor: Actor, subject: OfSchool): boolean => worksAt(actor, subject.schoolId)

/** The schools where the actor works: the only ones whose drafts a list shows. */
export const draftSchoolIds = (actor: Actor): string[] =>
  actor.grants.filter(({ organizationId }) => worksAt(actor, organizationId)).map((grant) => grant.organizationId)

/** Writing needs a year that is open: before it there is nothing to keep, after it the books are shut. */
export function againstCycle(state: CycleState | undefined): Refusal[] {
  if (state === 'open') return []
  if (state === 'closed') return [refusal('cycleClosed')]
  return [
    refusal('windowClosed', '现在没有进行中的年度，不能归档。可以先存草稿，年度开启后归入新年度再归档，不算逾期。'),
  ]
}

/** A draft that waits for its year can be written; one of a closed year cannot. */
const againstDraftingIn = (state: CycleState | undefined): Refusal[] => (state === 'closed' ? againstCycle(state) : [])

/** The ledger tells what was done, so nothing of it lies in the future. */
export function againstContent(content: EntryContent, today: string): Refusal[] {
  const future =
    content.happenedOn > today
      ? [refusal('invalid', '活动日期不能晚于今天，台账只记已经做过的事。', { field: 'happenedOn' })]
      : []
  return [...againstBlank({ title: { label: '事项', value: content.title } }), ...future]
}

type Referred = Pick<EntryContent, 'formId' | 'taskId'>

/** A chosen task must be of the school's own plan, a chosen form one of the bureau's; what was chosen before may stay. */
export function againstReferences(
  chosen: Referred,
  before: Partial<Referred>,
  offered: { forms: readonly { id: string }[]; tasks: readonly { id: string }[] },
): Refusal[] {
  const strange = (key: keyof Referred, among: readonly { id: string }[]) =>
    chosen[key] !== null && chosen[key] !== before[key] && !among.some(({ id }) => id === chosen[key])
  return [
    ...(strange('formId', offered.forms)
      ? [refusal('invalid', '没有这种形式，请重新选择。', { field: 'formId' })]
      : []),
    ...(strange('taskId', offered.tasks)
      ? [refusal('invalid', '本校今年的方案里没有这项任务，请重新选择。', { field: 'taskId' })]
      : []),
  ]
}

export function againstSaving(actor: Actor, entry: EntryFacts): Refusal[] {
  const filed =
    entry.state === 'draft' ? [] : [refusal('notInThisState', '这一条已经归档，不能直接修改，请用“更正”并写明理由。')]
  return [...againstDrafting(actor, entry), ...againstDraftingIn(entry.cycleState), ...filed]
}

export function againstFiling(actor: Actor, entry: EntryFacts): Refusal[] {
  return [
    ...againstDrafting(actor, entry),
    ...againstCycle(entry.cycleState),
    ...againstMoving(entryLife, entry.state, 'file'),
  ]
}

/** What a submitted application cites must stay what the reviewers read. */
export function againstCorrecting(actor: Actor, entry: EntryFacts): Refusal[] {
  const frozen =
    entry.frozenBy === null
      ? []
      : [refusal('notInThisState', '这一条已被提交的申报引用并冻结，不能更正。申报退回补正后才能再改。')]
  return [
    ...againstDrafting(actor, entry),
    ...againstCycle(entry.cycleState),
    ...againstMoving(entryLife, entry.state, 'correct'),
    ...frozen,
  ]
}

export function againstRemoving(actor: Actor, entry: EntryFacts): Refusal[] {
  const filed =
    entry.state === 'draft'
      ? []
      : [refusal('notInThisState', '已归档的条目不能删除；内容有误请用“更正”，重复或记错的请用“作废”。')]
  return [...againstDrafting(actor, entry), ...againstDraftingIn(entry.cycleState), ...filed]
}

/** A duplicate or a trial is taken out of every count; it stays readable, and can be brought back. */
export function againstVoiding(actor: Actor, entry: EntryFacts, action: 'void' | 'restore'): Refusal[] {
  const frozen =
    entry.frozenBy === null
      ? []
      : [refusal('notInThisState', '这一条已被提交的申报引用并冻结，不能作废。申报退回补正后才能再办。')]
  return [
    ...againstDrafting(actor, entry),
    ...againstCycle(entry.cycleState),
    ...againstMoving(entryLife, entry.state, action),
    ...frozen,
  ]
}

/** The actions that fit the entry's state, each with every reason against it. */
export function entryMoves(actor: Actor, entry: EntryFacts): Record<string, Refusal[]> {
  if (entry.state === 'voided') return { restore: againstVoiding(actor, entry, 'restore') }
  return entry.state === 'draft'
    ? {
        save: againstSaving(actor, entry),
        file: againstFiling(actor, entry),
        remove: againstRemoving(actor, entry),
      }
    : { correct: againstCorrecting(actor, entry), void: againstVoiding(actor, entry, 'void') }
}

/** What is worth a second look but no reason to refuse. */
export function entryWarnings(
  entry: { happenedOn: string; filedOn: string },
  cycle: FilingYear & { year: number; title: string },
): string[] {
  const warnings: string[] = []
  if (entry.happenedOn.slice(0, 4) !== String(cycle.year))
    warnings.push(`活动日期不在 ${cycle.year} 年内，仍会记入${quoted(cycle.title)}，请核对日期。`)
  if (isLate(entry.happenedOn, entry.filedOn, cycle))
    warnings.push(`归档距活动（或年度开启）已超过 ${cycle.lateAfterDays} 天，标注为“逾期归档”。`)
  return warnings
}
