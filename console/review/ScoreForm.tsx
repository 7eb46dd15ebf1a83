import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Radio } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { call, Refused, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Conflicts, inWords } from '#console/house/Conflicts.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { LongText } from '#console/house/texts.tsx'
import { useMe } from '#console/me.ts'
import { listOwnSheets, submitSheet } from '#contract/review/sheet.ts'
import { showScore } from '#domain/base/score.ts'
import { Recuse } from './Declaration.tsx'
import { type DossierPart, piecesOf } from '#console/application/application/evidence.ts'
import { wrongIn } from './typed.ts'
import { useSheetWords } from './useSheetWords.ts'
import type { Sheet } from './queries.ts'

/** Scores are saved by themselves a moment after typing; what cannot be saved yet stays in this browser. */
export function ScoreForm({ sheet, onLook }: { sheet: Sheet; onLook: (part: DossierPart) => void }) {
  const person = useMe().data?.personId ?? 'nobody'
  const key = `yipin:${person}:sheet:${sheet.id}`
  const words = useSheetWords(sheet, key)
  const { typed, status, change } = words
  const [reasons, setReasons] = useState<string[]>([])
  const [shown, setShown] = useState(false)
  const queries = useQueryClient()
  const go = useNavigate()
  const { scores, wrong, missing } = wrongIn(sheet.lines, typed)
  const total = Object.values(scores).reduce((sum, score) => sum + score, 0)
  const most = sheet.lines.reduce((sum, line) => sum + line.maximum, 0)

  async function submit() {
    await words.settled()
    try {
      const body = { scores, remark: typed.remark, updatedAt: words.seen() }
      await call(submitSheet, { params: { id: sheet.id }, body })
    } catch (error) {
      // Newer scores of another tab are put together with these first; nothing goes in that was not seen.
      if (error instanceof Refused && error.status === 409) await words.meet()
      setReasons(sentences(error))
      throw error
    }
    words.done()
    setReasons([])
    const rest = (
      await queries.fetchQuery({ queryKey: ['sheets'], queryFn: () => call(listOwnSheets), staleTime: 0 })
    ).filter((one) => one.state !== 'submitted')
    const next = rest.find((one) => one.schoolName === sheet.schoolName) ?? rest[0]
    await go(next ? `/sheets/${next.id}` : '/sheets')
  }

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
        {sheet.lines.map((line) => {
          const id = `score-${line.code}`
          const mistake = wrong.get(line.code) ?? (shown && missing.includes(line.code) ? '请评分' : undefined)
          const value = typed.scores[line.code] ?? ''
          const put = (text: string) => change({ ...typed, scores: { ...typed.scores, [line.code]: text } })
          return (
            <li key={line.code} className="score-line">
              <div className="score-words">
                <label id={`${id}-label`} htmlFor={id}>
                  {line.code}　{line.title}
                </label>
                <p className="quiet">
                  看：
                  {piecesOf(line.evidence).map(({ text, part }) =>
                    part ? (
                      <button key={text} type="button" className="link" onClick={() => onLook(part)}>
                        {text}
                      </button>
                    ) : (
                      text
                    ),
                  )}
                </p>
              </div>
              {line.allowed ? (
                <Radio.Group
                  id={id}
                  aria-labelledby={`${id}-label`}
                  optionType="button"
                  value={value}
                  onChange={(event) => put(String(event.target.value))}
                  options={line.allowed.map((score) => ({ value: showScore(score), label: showScore(score) }))}
                />
              ) : (
                <span className="score-field">
                  <Input
                    id={id}
                    inputMode="decimal"
                    autoComplete="off"
                    value={value}
                    {...(mistake ? { status: 'error' as const } : {})}
                    aria-describedby={`${id}-most${mistake ? ` ${id}-wrong` : ''}`}
                    aria-invalid={Boolean(mistake)}
                    onChange={(event) => put(event.target.value)}
                  />
                  <span id={`${id}-most`} className="quiet">
                    / {showScore(line.maximum)} 分
                  </span>
                </span>
              )}
              {mistake && (
                <p id={`${id}-wrong`} className="score-wrong bad">
                  {mistake}
                </p>
              )}
            </li>
          )
        })}
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
      <div className="score-foot">
        <p className="score-total" role="status">
          合计 <strong className="number">{showScore(total)}</strong> / {showScore(most)} 分
          <span className="quiet">
            {missing.length > 0 ? `还有 ${missing.length} 项没有评` : '已全部评完'}
            {status && `，${status}`}
          </span>
        </p>
        {missing.length + wrong.size > 0 || words.conflicts.length > 0 ? (
          <Button onClick={() => jump(setShown, [...wrong.keys(), ...missing][0])}>去没有评的一项</Button>
        ) : (
          <Act
            label="提交评分"
            primary
            confirm={`合计 ${showScore(total)} 分。提交后锁定，要改须由区教育局退回。`}
            done="已提交，评分已锁定"
            run={submit}
          />
        )}
      </div>
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
