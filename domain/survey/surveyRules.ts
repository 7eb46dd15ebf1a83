import {
  againstFormerSecretary,
  type Actor,
  againstOffice,
  isOffice,
  reachesSchool,
  worksAt,
} from '#domain/base/actor.ts'
import { dateInWords } from '#domain/base/calendar.ts'
import { againstMoving } from '#domain/base/lifecycle.ts'
import { type SurveyAction, surveyLife, type SurveyState } from '#domain/survey/surveyLife.ts'
import { questionBank } from '#domain/survey/questionBank.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'
import { gradesOf, type RosterClass } from '#domain/survey/sampling.ts'
import { type Audience, audienceLabels, audiences } from '#domain/survey/survey.ts'
import { quoted } from '#domain/base/text.ts'

export const surveyKinds = { real: '正式测评', rehearsal: '演练' } as const
export type SurveyKind = keyof typeof surveyKinds

/** A remark waits until a person has read it, who lets it out to its school or holds it back. */
export type RemarkState = 'waiting' | 'released' | 'held'

export type ChosenQuestions = Record<Audience, readonly string[]>

export interface SurveyFacts {
  bureauId: string
  kind: SurveyKind
  state: SurveyState
  title: string
  opensOn: string
  closesOn: string
  questions: ChosenQuestions
  impactReference: string
  /** Classes are drawn and the ballot box is about to take them: nothing may change any more. */
  drawn: boolean
}

/** Days that answers are taken when the office names no other date. */
export const WINDOW_DAYS = 7
const LEAST_QUESTIONS = 3

export const audiencesAsked = (questions: ChosenQuestions): Audience[] =>
  audiences.filter((audience) => questions[audience].length > 0)

export function againstCreating(
  actor: Actor,
  facts: { bureauId: string; kind: SurveyKind; cycleState: string; hasReal: boolean },
): Refusal[] {
  const reasons = againstOffice(actor, facts)
  if (facts.cycleState !== 'open') reasons.push(refusal('cycleClosed', '年度没有开启，不能新建测评。'))
  if (facts.kind === 'real' && facts.hasReal)
    reasons.push(refusal('alreadyExists', '本年度已经有一次正式测评，每年只做一次。需要试用可以新建演练。'))
  return reasons
}

/** A bureau's survey looks like nothing from another one. */
export const againstReadingSurvey = (actor: Actor, survey: { bureauId: string }): Refusal[] =>
  actor.bureauId === survey.bureauId ? [] : [refusal('notFound')]

const againstDrawn = (survey: Pick<SurveyFacts, 'state' | 'drawn'>): Refusal[] =>
  survey.state === 'draft' && !survey.drawn
    ? []
    : [refusal('notInThisState', '题目和名额已经冻结，不能再改。', { field: 'state' })]

export const againstSavingSurvey = (actor: Actor, survey: SurveyFacts): Refusal[] => [
  ...againstOffice(actor, survey),
  ...againstDrawn(survey),
]

/** Every mistake in the dates and the choice of questions. */
export function againstSettings(one: { opensOn: string; closesOn: string; questions: ChosenQuestions }): Refusal[] {
  const reasons: Refusal[] = []
  if (one.closesOn < one.opensOn) reasons.push(refusal('invalid', '截止日不能早于开始日。', { field: 'closesOn' }))
  for (const audience of audiences) {
    const chosen = one.questions[audience]
    const unknown = chosen.filter((id) => !questionBank[audience].some((question) => question.id === id))
    const field = `questions.${audience}`
    if (unknown.length > 0)
      reasons.push(
        refusal('invalid', `${audienceLabels[audience]}问卷里的 ${unknown.join('、')} 不在题库中。`, { field }),
      )
    if (new Set(chosen).size !== chosen.length)
      reasons.push(refusal('invalid', `${audienceLabels[audience]}问卷里有题目选了两次。`, { field }))
  }
  return reasons
}

/** A questionnaire that is too short, or without the question on the whole, gives no figure to rely on. */
function againstQuestions(kind: SurveyKind, questions: ChosenQuestions): Refusal[] {
  const asked = audiencesAsked(questions)
  if (asked.length === 0) return [refusal('incomplete', '还没有选择题目。', { field: 'questions' })]
  const reasons: Refusal[] = []
  for (const audience of audiences) {
    const label = audienceLabels[audience]
    const field = `questions.${audience}`
    const chosen = questionBank[audience].filter((one) => questions[audience].includes(one.id))
    if (chosen.length === 0) {
      if (kind === 'real')
        reasons.push(refusal('incomplete', `正式测评须有${label}问卷，缺了就算不出满意度指数。`, { field }))
      continue
    }
    if (chosen.filter((one) => !one.unscored).length < LEAST_QUESTIONS)
      reasons.push(refusal('incomplete', `${label}问卷至少要有 ${LEAST_QUESTIONS} 道计分题。`, { field }))
    if (!chosen.some((one) => one.overall))
      reasons.push(refusal('incomplete', `${label}问卷须有“总的来说”一题，满意率由它得出。`, { field }))
  }
  return reasons
}

export interface Freezing {
  today: string
  /** Schools that neither are confirmed nor named to be left out. */
  unconfirmed: readonly string[]
  confirmed: number
  leftOut: number
  reason: string
}

/** Why the questions and the sample cannot freeze; `facts` are left out when only the button is asked about. */
export function againstFreezing(actor: Actor, survey: SurveyFacts, facts: Freezing): Refusal[] {
  const reasons = [...againstOffice(actor, survey), ...againstMoving(surveyLife, survey.state, 'freeze')]
  reasons.push(...againstQuestions(survey.kind, survey.questions))
  if (survey.questions.pupil.length > 0 && survey.impactReference.trim() === '')
    reasons.push(
      refusal(
        'incomplete',
        '要向学生提问，须先完成个人信息保护影响评估并填写文号或编号（个人信息保护法第五十五条）。',
        { field: 'impactReference' },
      ),
    )
  if (survey.closesOn < facts.today)
    reasons.push(refusal('invalid', '截止日已经过去，请先改日期。', { field: 'closesOn' }))
  if (facts.unconfirmed.length > 0)
    reasons.push(
      refusal(
        'incomplete',
        `还有 ${facts.unconfirmed.length} 所学校没有确认班级人数表：${named(facts.unconfirmed)}。请催报，或明确这次不参加。`,
        { field: 'leaveOut' },
      ),
    )
  if (facts.confirmed === 0) reasons.push(refusal('incomplete', '没有一所学校确认了班级人数表。'))
  if (facts.leftOut > 0 && facts.reason.trim() === '')
    reasons.push(refusal('reasonMissing', '有学校不参加，请写明理由。', { field: 'reason' }))
  return reasons
}

/** A school that has confirmed its list takes part: it may have done so since the office ticked it off. */
export const againstLeavingOut = (confirmed: readonly string[]): Refusal[] =>
  confirmed.length === 0
    ? []
    : [
        refusal('stateChanged', `${named(confirmed)}已经确认班级人数表，不能算作不参加。请看过最新名单再冻结。`, {
          field: 'leaveOut',
        }),
      ]

const NAMED = 5
const named = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join('、')}等` : names.join('、')

/** The other moves; opening wants every school's slips printed, closing before the last day a reason. */
export function againstMovingSurvey(
  actor: Actor,
  survey: SurveyFacts,
  action: Exclude<SurveyAction, 'freeze' | 'void'>,
  facts: { today: string; unprinted: readonly string[]; voidsAsked: number; reason?: string; text?: string },
): Refusal[] {
  const reasons = [...againstOffice(actor, survey), ...againstMoving(surveyLife, survey.state, action)]
  if (reasons.length > 0) return reasons
  if (action === 'open' && facts.unprinted.length > 0)
    return [refusal('incomplete', `还有 ${facts.unprinted.length} 所学校没有打印纸条：${named(facts.unprinted)}。`)]
  if (action === 'close' && facts.today <= survey.closesOn && facts.reason?.trim() === '')
    return [
      refusal('reasonMissing', `还没有过截止日（${dateInWords(survey.closesOn)}），提前截止请写明理由。`, {
        field: 'reason',
      }),
    ]
  if (action === 'tally' && facts.voidsAsked > 0)
    return [refusal('incomplete', `还有 ${facts.voidsAsked} 个班的作废申请没有处理，计票后不能再作废。`)]
  if (action === 'publish') {
    if (survey.kind === 'rehearsal') return [refusal('notInThisState', '演练不公布。')]
    return facts.text === undefined ? [] : againstBlank({ text: { label: '公布说明', value: facts.text } })
  }
  return reasons
}

/** A paper that only one person has typed, or two have typed differently, is lost with the closing: that is decided, not overlooked. */
export function againstOpenPapers(facts: { papers: number; papersGivenUp: number; reason: string }): Refusal[] {
  const reasons: Refusal[] = []
  if (facts.papers !== facts.papersGivenUp)
    reasons.push(
      refusal(
        'incomplete',
        `还有 ${facts.papers} 份纸质问卷没有两遍录成一样，截止以后不能再录，也不计入。请先到“录入纸质问卷”录完或撤下；确实录不完的，写明理由放弃这 ${facts.papers} 份。`,
        { field: 'papersGivenUp' },
      ),
    )
  else if (facts.papers > 0 && facts.reason.trim() === '')
    reasons.push(refusal('reasonMissing', `放弃 ${facts.papers} 份纸质问卷，请写明理由。`, { field: 'reason' }))
  return reasons
}

/** While the classes are gathered a school types its own; the office may help. */
export function againstSavingRoster(actor: Actor, survey: SurveyFacts, school: { schoolId: string }): Refusal[] {
  const subject = { schoolId: school.schoolId, bureauId: survey.bureauId }
  if (!worksAt(actor, school.schoolId) && !isOffice(actor, survey.bureauId))
    return [reachesSchool(actor, subject) ? refusal('roleMissing') : refusal('notFound')]
  return againstDrawn(survey)
}

export function againstConfirmingRoster(
  actor: Actor,
  survey: SurveyFacts,
  roster: { schoolId: string; stage: string; teachers: number; classes: readonly RosterClass[]; confirmed: boolean },
): Refusal[] {
  const subject = { schoolId: roster.schoolId, bureauId: survey.bureauId }
  if (!worksAt(actor, roster.schoolId, 'secretary'))
    return [reachesSchool(actor, subject) ? refusal('roleMissing', '班级人数表由学校书记确认。') : refusal('notFound')]
  const reasons = [...againstFormerSecretary(actor, roster.schoolId), ...againstDrawn(survey)]
  if (roster.confirmed) reasons.push(refusal('notInThisState', '已经确认过了。改动后可以再次确认。'))
  if (roster.teachers === 0) reasons.push(refusal('incomplete', '请填写教师人数。', { field: 'teachers' }))
  if (roster.classes.length === 0) reasons.push(refusal('incomplete', '请填写各班人数。', { field: 'classes' }))
  return [...reasons, ...againstRoster(roster.stage, roster.classes)]
}

/** Every mistake in a list of classes, each with its line. */
export function againstRoster(stage: string, classes: readonly RosterClass[]): Refusal[] {
  const grades = gradesOf(stage)
  const seen = new Map<string, number>()
  return classes.flatMap((one, at) => {
    const reasons: Refusal[] = []
    if (!grades.includes(one.grade))
      reasons.push(
        refusal('invalid', `第 ${at + 1} 行：${stage}没有${quoted(one.grade)}，请填${grades.join('、')}。`, {
          field: `classes.${at}.grade`,
        }),
      )
    const key = `${one.grade} ${one.name}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, at)
    else
      reasons.push(
        refusal('invalid', `第 ${at + 1} 行与第 ${first + 1} 行都是${quoted(key)}，请核对。`, {
          field: `classes.${at}.name`,
        }),
      )
    return reasons
  })
}

/** A second printing makes the slips of the first one worthless, so it wants a reason. */
export function againstPrinting(
  actor: Actor,
  survey: SurveyFacts,
  kit: { batches: number; printed: boolean; printing: boolean; reason?: string },
): Refusal[] {
  const reasons = againstOffice(actor, survey)
  if (survey.state !== 'issued' && survey.state !== 'open')
    reasons.push(refusal('notInThisState', '制发编码以后、截止以前才能打印纸条。'))
  if (kit.printing) reasons.push(refusal('stateChanged', '有人正在打印这所学校的纸条，请等几分钟再看。'))
  if (kit.batches === 0) reasons.push(refusal('notInThisState', '这所学校没有抽中的班级。'))
  if (kit.printed && kit.reason !== undefined && kit.reason.trim() === '')
    reasons.push(
      refusal('reasonMissing', '这所学校的纸条已经打印过，重印会使没有用过的旧卡作废，请写明理由。', {
        field: 'reason',
      }),
    )
  return reasons
}

export function againstReminding(actor: Actor, survey: SurveyFacts): Refusal[] {
  const reasons = againstOffice(actor, survey)
  if (survey.state !== 'open') reasons.push(refusal('notInThisState', '答题期间才能提醒。'))
  return reasons
}

export function againstEnteringPaper(actor: Actor, survey: SurveyFacts): Refusal[] {
  const reasons = againstOffice(actor, survey)
  if (survey.state !== 'open') reasons.push(refusal('notInThisState', '答题期间才能录入纸质问卷。'))
  return reasons
}

export type VoidAction = 'askVoid' | 'confirmVoid' | 'dropVoid'

export interface BatchToVoid {
  voided: boolean
  askedBy: string | null
}

/** A class is taken out of the count by two people, before anybody knows a result. */
export function againstVoiding(
  actor: Actor,
  survey: Pick<SurveyFacts, 'bureauId' | 'state'>,
  batch: BatchToVoid,
  action: VoidAction,
): Refusal[] {
  const reasons = againstOffice(actor, survey)
  if (survey.state !== 'open' && survey.state !== 'closed')
    reasons.push(refusal('notInThisState', '开始答题以后、计票以前才能作废一个班的答卷。'))
  if (batch.voided) reasons.push(refusal('notInThisState', '这个班的答卷已经作废。'))
  if (action === 'askVoid' && batch.askedBy !== null)
    reasons.push(refusal('alreadyExists', '已经有人申请作废这个班，等另一人确认。'))
  if (action !== 'askVoid' && batch.askedBy === null && !batch.voided)
    reasons.push(refusal('notInThisState', '没有人申请作废这个班。'))
  if (action === 'confirmVoid' && batch.askedBy !== null && batch.askedBy === actor.personId)
    reasons.push(refusal('sameDoer', '申请作废的人不能自己确认，请由另一人确认。'))
  return reasons
}

/** Whatever it would have said: only one that can never be counted is given up, so that nobody gets rid of answers they fear. */
export function againstVoidingSurvey(
  actor: Actor,
  survey: SurveyFacts,
  facts: { lost: boolean; reason?: string },
): Refusal[] {
  const reasons = [...againstOffice(actor, survey), ...againstMoving(surveyLife, survey.state, 'void')]
  if (reasons.length > 0) return reasons
  if (!facts.lost)
    return [
      refusal('notInThisState', '票箱里这次测评的密钥还在，可以照常截止和计票，不能作废。密钥确实丢失时才能作废重办。'),
    ]
  return facts.reason === undefined ? [] : againstBlank({ reason: { label: '理由', value: facts.reason } })
}

/** A rehearsal never counts and may go at any time. */
export function againstErasing(actor: Actor, survey: SurveyFacts): Refusal[] {
  const reasons = againstOffice(actor, survey)
  if (survey.kind !== 'rehearsal') reasons.push(refusal('notInThisState', '正式测评不能清除，只有演练可以。'))
  return reasons
}

/** Nobody sees an answer before the survey has closed and is counted (rule 13). */
export const againstReadingResults = (survey: { state: SurveyState }): Refusal[] =>
  survey.state === 'tallied' || survey.state === 'published'
    ? []
    : [refusal('notInThisState', '结果在截止并计票以后才能查看。')]
