import { showFixed } from '#domain/base/score.ts'
import type { Tone } from '#console/house/StateTag.tsx'
import type { SurveyState } from '#domain/survey/surveyLife.ts'

export const stateTone: Record<SurveyState, Tone> = {
  draft: 'warn',
  frozen: 'info',
  issued: 'info',
  open: 'info',
  closed: 'warn',
  tallied: 'warn',
  published: 'ok',
  voided: 'quiet',
}

/** The way of a survey as the office walks it; the name says what is being done while the survey is in that state. */
export const steps: { state: SurveyState; label: string }[] = [
  { state: 'draft', label: '筹备' },
  { state: 'frozen', label: '冻结' },
  { state: 'issued', label: '制发编码' },
  { state: 'open', label: '答题' },
  { state: 'closed', label: '截止' },
  { state: 'tallied', label: '计票' },
  { state: 'published', label: '公布' },
]

export const rosterLabels = {
  none: '没有填报',
  draft: '已填，待书记确认',
  confirmed: '已确认',
  leftOut: '不参加',
} as const
export const rosterTone: Record<keyof typeof rosterLabels, Tone> = {
  none: 'bad',
  draft: 'warn',
  confirmed: 'ok',
  leftOut: 'quiet',
}

/** What a sign of oddness means and what it may mean as well, so that nobody takes it for proof. */
export const flagWords = {
  burst: { label: '集中答题', meaning: '很短的时间里收到很多份。可能有人代答，也可能是集体到机房答题。' },
  haste: { label: '答得太快', meaning: '不少答卷用时短得来不及读题。可能有人代答，也可能是随手点完。' },
  night: { label: '深夜答题', meaning: '不少答卷在深夜收到。可能有人代答，也可能是家长晚归。' },
  uniform: { label: '答案雷同', meaning: '大部分答卷每题都选同一项。截止以后才统计，看不到选的是哪一项。' },
} as const

/** Hundredths with both places, as the index is worked out. */
export const exact = showFixed

/** A figure that too few answers stand behind is never left blank without a word. */
export const shownOr = (one: { hidden: boolean }, value: string): string => (one.hidden ? '少于 5 票，不显示' : value)
