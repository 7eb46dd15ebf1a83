import { Button } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { call, Refused, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Conflicts, inWords } from '#console/house/Conflicts.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { LongText } from '#console/house/texts.tsx'
import { useMe } from '#console/me.ts'
import { submitSheet } from '#contract/review/sheet.ts'
import { showScore } from '#domain/base/score.ts'
import type { DossierPart } from '#console/application/application/evidence.ts'
import { Recuse } from './Declaration.tsx'
import { type Sheet, useSheetsNow } from './queries.ts'
import { ScoreLine } from './ScoreLine.tsx'
import { wrongIn } from './typed.ts'
import { useSavedSheet } from './useSavedSheet.ts'

/** Scores are saved by themselves a moment after typing; what cannot be saved yet stays in this browser. */
export function ScoreForm({ sheet, onLook }: { sheet: Sheet; onLook: (part: DossierPart) => void }) {
  const person = useMe().data?.personId ?? 'nobody'
  const words = useSavedSheet(sheet, `yipin:${person}:sheet:${sheet.id}`)
  const { typed, change } = words
  const [shown, setShown] = useState(false)
  const { scores, wrong, missing } = wrongIn(sheet.lines, typed)
  const { reasons, submit } = useSubmit(sheet, words, scores)
  const mistakeAt = (code: string) => wrong.get(code) ?? (shown && missing.includes(code) ? '请评分' : undefined)
  return (
    <div className="score-form">
      <Reasons title="还不能提交" reasons={reasons} />
      <Conflicts
        conflicts={words.conflicts}
        labelOf={({ path }) => sheet.lines.find((line) => path.includes(line.code))?.title ?? '评语'}
        wordsOf={(_conflict, value) => inWords(value)}
        onChoose={words.choose}
      />
      <ol className="score-lines" onKeyDown={enterMovesOn}>
        {sheet.lines.map((line) => (
          <ScoreLine
            key={line.code}
            line={line}
            value={typed.scores[line.code] ?? ''}
            mistake={mistakeAt(line.code)}
            onChange={(text) => change({ ...typed, scores: { ...typed.scores, [line.code]: text } })}
            onLook={onLook}
          />
        ))}
      </ol>
      <div className="ask">
        <label htmlFor="sheet-remark">评语（选填）</label>
        <LongText
          most={2000}
          label="评语"
          id="sheet-remark"
          rows={3}
          value={typed.remark}
          onChange={(event) => change({ ...typed, remark: event.target.value })}
        />
      </div>
      <Recuse sheet={sheet} />
      <ScoreFoot
        sheet={sheet}
        scores={scores}
        missing={missing.length}
        status={words.status}
        unfinished={missing.length + wrong.size > 0 || words.conflicts.length > 0}
        onUnfinished={() => jump(setShown, [...wrong.keys(), ...missing][0])}
        submit={submit}
      />
    </div>
  )
}

type SavedSheet = ReturnType<typeof useSavedSheet>

/** Submits what is typed and goes to the next sheet that waits, first of the same school. */
function useSubmit(sheet: Sheet, words: SavedSheet, scores: Record<string, number>) {
  const [reasons, setReasons] = useState<string[]>([])
  const sheetsNow = useSheetsNow()
  const go = useNavigate()

  async function submit() {
    await words.settled()
    try {
      const body = { scores, remark: words.typed.remark, updatedAt: words.seen() }
      await call(submitSheet, { params: { id: sheet.id }, body })
    } catch (error) {
      // Newer scores of another tab are put together with these first; nothing goes in that was not seen.
      if (error instanceof Refused && error.status === 409) await words.meet()
      setReasons(sentences(error))
      throw error
    }
    words.done()
    setReasons([])
    const rest = (await sheetsNow()).filter((one) => one.state !== 'submitted')
    const next = rest.find((one) => one.schoolName === sheet.schoolName) ?? rest[0]
    await go(next ? `/sheets/${next.id}` : '/sheets')
  }

  return { reasons, submit }
}

/** The sum, what is still missing, and the way on. */
function ScoreFoot(props: {
  sheet: Sheet
  scores: Record<string, number>
  missing: number
  status: string
  unfinished: boolean
  onUnfinished: () => void
  submit: () => Promise<void>
}) {
  const { missing, status } = props
  const total = Object.values(props.scores).reduce((sum, score) => sum + score, 0)
  const most = props.sheet.lines.reduce((sum, line) => sum + line.maximum, 0)
  return (
    <div className="score-foot">
      <p className="score-total" role="status">
        合计 <strong className="number">{showScore(total)}</strong> / {showScore(most)} 分
        <span className="quiet">
          {missing > 0 ? `还有 ${missing} 项没有评` : '已全部评完'}
          {status && `，${status}`}
        </span>
      </p>
      {props.unfinished ? (
        <Button onClick={props.onUnfinished}>去没有评的一项</Button>
      ) : (
        <Act
          label="提交评分"
          primary
          confirm={`合计 ${showScore(total)} 分。提交后锁定，要改须由区教育局退回。`}
          done="已提交，评分已锁定"
          run={props.submit}
        />
      )}
    </div>
  )
}

function jump(show: (yes: boolean) => void, code: string | undefined) {
  show(true)
  const field = document.getElementById(`score-${code ?? ''}`)
  const target = field?.tagName === 'INPUT' ? field : field?.querySelector('input')
  target?.focus()
  field?.scrollIntoView({ block: 'center' })
}

/** Enter goes to the next score as Tab does; from the last one to the remark. */
function enterMovesOn(event: KeyboardEvent<HTMLOListElement>) {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input')]
  const here = event.target
  const next = all.slice(all.indexOf(here) + 1).find((one) => one.name === '' || one.name !== here.name)
  ;(next ?? document.getElementById('sheet-remark'))?.focus()
}
