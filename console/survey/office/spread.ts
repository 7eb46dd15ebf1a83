import type { EChartsCoreOption } from 'echarts/core'
import { tokens } from '#console/house/theme.ts'
import { type Answer, type Audience, choicesOf, labelOfChoice } from '#domain/survey/survey.ts'

// From agreement to disagreement without the official red, which means something else everywhere.
const colours: Record<Answer, string> = {
  verySatisfied: '#1e6b3a',
  satisfied: '#7fb08f',
  fair: '#dccfae',
  dissatisfied: '#c98a3c',
  veryDissatisfied: tokens.warn,
  unknown: tokens.line,
}

/** How the answers to each question spread, as one bar of a hundred per cent for a question. */
export function spreadOption(
  audience: Audience,
  items: readonly { counts: Readonly<Record<string, number>> }[],
): EChartsCoreOption {
  const choices = choicesOf(audience)
  const all = items.map(({ counts }) => choices.reduce((sum, one) => sum + (counts[one] ?? 0), 0))
  return {
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, itemGap: 12, icon: 'rect' },
    grid: { top: 64, left: 0, right: 24, bottom: 0, containLabel: true },
    xAxis: {
      type: 'value',
      max: 100,
      axisLabel: { formatter: '{value}%', color: tokens.ink3 },
      splitLine: { lineStyle: { color: tokens.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: items.map((_, at) => `第 ${at + 1} 题`),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.lineStrong } },
      axisLabel: { color: tokens.ink2 },
    },
    series: choices.map((choice) => ({
      type: 'bar',
      stack: 'all',
      name: labelOfChoice(audience, choice),
      barMaxWidth: 22,
      itemStyle: { color: colours[choice] },
      silent: true,
      data: items.map(({ counts }, at) => ((counts[choice] ?? 0) * 100) / Math.max(1, all[at] ?? 0)),
    })),
  }
}
