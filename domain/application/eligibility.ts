import { type Pillar, pillarLabels, pillars } from '#domain/base/pillar.ts'

/** What rule 4 looks at, gathered from the year's records. */
export interface EligibilityFacts {
  brandMissing: readonly string[]
  planState: string | null
  planId: string | null
  pillarCounts: Record<Pillar, number>
  summaryState: string | null
  overdueRectifications: number
  overdueComments: number
  breachedPreconditions: readonly string[]
}

export interface EligibilityItem {
  code: string
  label: string
  met: boolean
  /** The school has done its part; the bureau has not yet done its own. */
  waits: boolean
  detail: string
  /** The place to mend it; empty where only the office can. */
  mendAt: string
}

/** Every condition for applying, each met or not, in words, with the place where it is mended; what waits for the bureau is met (rule 4). */
export function eligibilityOf(facts: EligibilityFacts): EligibilityItem[] {
  const emptyPillars = pillars
    .filter((pillar) => facts.pillarCounts[pillar] === 0)
    .map((pillar) => pillarLabels[pillar])
  const published = facts.planState === 'published' || facts.planState === 'closed'
  const planWaits = facts.planState === 'submitted'
  const summaryWaits = facts.summaryState === 'submitted'
  const waiting = '已签报，等局党工委办审核，不影响学校申报。'
  const items: Omit<EligibilityItem, 'waits'>[] = [
    {
      code: 'brand',
      label: '品牌资料完整',
      met: facts.brandMissing.length === 0,
      detail: facts.brandMissing.length === 0 ? '品牌各项均已填写。' : `还缺：${facts.brandMissing.join('、')}。`,
      mendAt: '/console/brand',
    },
    {
      code: 'plan',
      label: '创建方案已公布',
      met: published || planWaits,
      detail: published ? '方案已向师生和社会公布。' : planWaits ? waiting : planStep(facts.planState),
      mendAt: facts.planId ? `/console/plans/${facts.planId}` : '/console/plan',
    },
    {
      code: 'ledger',
      label: '四类台账都有归档',
      met: emptyPillars.length === 0,
      detail:
        emptyPillars.length === 0
          ? '制度、活动、阵地、媒介均有记录。'
          : `还没有归档台账的类别：${emptyPillars.join('、')}。`,
      mendAt: '/console/ledger/new',
    },
    {
      code: 'summary',
      label: '年度总结审核通过',
      met: facts.summaryState === 'accepted' || summaryWaits,
      detail:
        facts.summaryState === 'accepted'
          ? '总结已审核通过。'
          : summaryWaits
            ? waiting
            : '总结须由书记签报并经局党工委办审核通过。',
      mendAt: '/console/summary',
    },
    {
      code: 'rectification',
      label: '没有逾期未整改的问题',
      met: facts.overdueRectifications === 0,
      detail: facts.overdueRectifications === 0 ? '没有逾期整改。' : `有 ${facts.overdueRectifications} 项整改已逾期。`,
      mendAt: '/console/rectifications',
    },
    {
      code: 'comment',
      label: '没有逾期未答复的意见',
      met: facts.overdueComments === 0,
      detail: facts.overdueComments === 0 ? '没有逾期未答复的意见。' : `有 ${facts.overdueComments} 条意见逾期未答复。`,
      mendAt: '/console/comments',
    },
    {
      code: 'precondition',
      label: '没有触及前置条件',
      met: facts.breachedPreconditions.length === 0,
      detail:
        facts.breachedPreconditions.length === 0
          ? '没有登记的情形。'
          : `${facts.breachedPreconditions.join('；')}。由局党工委办解除后才能申报。`,
      mendAt: '',
    },
  ]
  const waitFor: Record<string, boolean> = { plan: planWaits, summary: summaryWaits }
  return items.map((item) => ({ ...item, waits: waitFor[item.code] ?? false }))
}

const planStep = (state: string | null): string =>
  state === 'accepted' ? '方案已审核通过，请公布。' : '方案须经书记签报、局党工委办审核通过并公布。'
