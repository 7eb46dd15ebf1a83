import type { CycleSettings } from '#domain/year/cycle.ts'

type NumberSetting = Exclude<keyof CycleSettings, 'grades' | 'commentsFirstJudged'>

/** The numbers of a year's settings, in the order in which a year meets them. */
export const settingLabels: readonly { key: NumberSetting; label: string; unit: string; hint?: string }[] = [
  { key: 'commentDays', label: '答复意见的期限', unit: '个工作日' },
  { key: 'lateAfterDays', label: '台账视为迟报', unit: '天以后', hint: '活动之后多少天才归档的，标为迟报。' },
  { key: 'rectificationDays', label: '整改期限', unit: '天' },
  {
    key: 'disagreementShare',
    label: '评分差异过大',
    unit: '%',
    hint: '同一方式下评分相差超过满分的这个比例，须说明或加评。',
  },
  { key: 'noticeDays', label: '公示期', unit: '个工作日', hint: '发布当天不计，不少于 5 个工作日。' },
  { key: 'awardShareOfApplicants', label: '入选学校占申报学校的上限', unit: '%' },
  { key: 'awardShareOfSchools', label: '入选学校占全部学校的上限', unit: '%' },
  { key: 'recommendationShare', label: '向上推荐占入选学校的上限', unit: '%' },
  { key: 'awardYears', label: '证书有效期', unit: '年' },
]
