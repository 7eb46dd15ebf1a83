import type { YearFacts } from '#contract/application/summary.ts'
import { Figures } from '#console/house/Facts.tsx'
import { showYuan } from '#console/house/Timeline.tsx'
import { promiseLife } from '#domain/plan/promiseLife.ts'
import { pillarLabels } from '#domain/base/pillar.ts'
import { pupilsWord } from '#domain/base/pupils.ts'
import { quoted } from '#domain/base/text.ts'

/** What the year's records already say, in figures and two short lists. */
export function YearFactsView({ facts, stage }: { facts: YearFacts; stage: string }) {
  const { participants } = facts
  return (
    <>
      <Figures
        items={[
          {
            label: '归档台账',
            value: facts.entryCount,
            note: Object.entries(pillarLabels)
              .map(([pillar, label]) => `${label} ${facts.pillarCounts[pillar] ?? 0}`)
              .join('，'),
          },
          { label: '活动形式', value: facts.formCount, note: '种' },
          {
            label: '参与人次',
            value: participants.members + participants.teachers + participants.pupils + participants.parents,
            note: `党员 ${participants.members}，教师 ${participants.teachers}，${pupilsWord(stage)} ${participants.pupils}，家长 ${participants.parents}`,
          },
          { label: '意见答复', value: `${facts.comments.answered}/${facts.comments.received}` },
          { label: '整改销号', value: `${facts.rectifications.closed}/${facts.rectifications.issued}` },
          { label: '经验采用', value: facts.adoptedArticles },
          { label: '经费', value: showYuan(facts.budget.spentFen), note: `预算 ${showYuan(facts.budget.plannedFen)}` },
        ]}
      />
      {facts.tasks.length > 0 && (
        <ul className="plain-list">
          {facts.tasks.map((task) => (
            <li key={task.content}>
              {task.content}（{task.ownerName}）：{task.progress >= 100 ? '已完成' : `进度 ${task.progress}%`}
            </li>
          ))}
        </ul>
      )}
      {facts.promises.length > 0 && (
        <ul className="plain-list">
          {facts.promises.map((promise) => (
            <li key={promise.content}>
              承诺{quoted(promise.content)}：
              {promiseLife.states[promise.state as keyof typeof promiseLife.states] ?? promise.state}
              {promise.explanation && `（${promise.explanation}）`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
