import type { z } from 'zod'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { judgeComments, type listComments } from '#contract/plan/comment.ts'
import type { Judgement } from '#domain/plan/comment.ts'

type Row = z.output<typeof listComments.reply>['items'][number]

const words: Record<Judgement, { label: string; ask?: { label: string; hint: string } }> = {
  show: { label: '公开' },
  hide: {
    label: '隐藏',
    ask: {
      label: '隐藏的理由',
      hint: '只隐藏违法违规、人身攻击或泄露隐私的内容；批评意见不隐藏。提意见的人凭回执能看到理由。已逾期的仍计逾期，直到学校答复。',
    },
  },
  junk: {
    label: '按灌水处理',
    ask: { label: '理由', hint: '重复、广告、灌水：不公开、不要求答复，也不计逾期。可以恢复显示。' },
  },
  restore: { label: '恢复显示', ask: { label: '恢复的理由', hint: '重新公开；没有答复的，从今天起重新计算期限。' } },
}

/** The office's judgement of one comment or of all that are ticked, with one reason for all. */
export function Judging({ rows, done, many = false }: { rows: Row[]; done?: () => void; many?: boolean }) {
  const possible = (Object.keys(words) as Judgement[]).filter((one) =>
    rows.every((row) => row.moves[one] !== undefined),
  )
  if (rows.length === 0) return null
  if (possible.length === 0) return many ? <span className="quiet">选中的意见状态不同，没有可以一起办理的。</span> : '—'
  return (
    <>
      {possible.map((judgement) => {
        const { label, ask } = words[judgement]
        return (
          <Act
            key={judgement}
            label={many ? `${label}（${rows.length}）` : label}
            size="small"
            reasons={rows.flatMap((row) => row.moves[judgement] ?? [])}
            {...(ask ? { ask } : many ? { confirm: `公开选中的 ${rows.length} 条意见。` } : {})}
            done={`已办理：${label}`}
            run={async (reason) => {
              await call(judgeComments, { body: { ids: rows.map((row) => row.id), judgement, reason } })
              done?.()
            }}
          />
        )
      })}
    </>
  )
}
