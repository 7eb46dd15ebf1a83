import { showFixed } from '#domain/base/score.ts'
import { type Audience, audienceLabels } from '#domain/survey/survey.ts'
import type { SurveyState } from '#domain/survey/surveyLife.ts'
import type { Tone } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'

export const surveyTone: Record<SurveyState, Tone> = {
  draft: 'warn',
  frozen: 'quiet',
  issued: 'quiet',
  open: 'info',
  closed: 'quiet',
  tallied: 'ok',
  published: 'ok',
  voided: 'quiet',
}

interface Place {
  audience: Audience
  grade: string
  className: string
}

export const placeName = ({ audience, grade, className }: Place): string =>
  audience === 'teacher' ? '全体教师' : `${grade}${className}${audienceLabels[audience]}`

const asked: Record<Audience, (place: string) => string> = {
  teacher: () => '各位老师：抽到编码的老师，请找一个没有别人的地方，用自己的手机或电脑答题，大约 3 分钟。',
  parent: (place) => `${place}各位家长：孩子带回的纸条上有编码的，请用手机扫码或打开纸条上的网址答题，大约 3 分钟。`,
  pupil: (place) => `${place}各位同学：抽到编码的同学，请自己打开纸条上的网址，输入编码答题，怎么想就怎么选。`,
}

/** What may be sent to a class's group: to all alike, without a count and without asking who. */
export function reminderFor(place: Place, closesOn: string): string {
  const where = place.audience === 'teacher' ? '' : `${place.grade}${place.className}`
  return [
    '【满意度测评提醒】',
    asked[place.audience](where),
    `答题到 ${showDate(closesOn)} 为止。自愿、不记名，谁也不知道谁抽到了编码、谁答了什么。`,
    '已经答过的不用理会。请不要在群里说抽到没有、答了没有。',
  ].join('\n')
}

/** Hundredths with both places, as the index is worked out. */
export const exact = showFixed
