import { Input, Radio } from 'antd'
import { type DossierPart, piecesOf } from '#console/application/application/evidence.ts'
import { showScore } from '#domain/base/score.ts'
import type { Sheet } from './queries.ts'

type SheetLine = Sheet['lines'][number]

/** One indicator: what it asks, where its evidence stands, and the field for its score. */
export function ScoreLine(props: {
  line: SheetLine
  value: string
  mistake: string | undefined
  onChange: (text: string) => void
  onLook: (part: DossierPart) => void
}) {
  const { line, mistake } = props
  const id = `score-${line.code}`
  return (
    <li className="score-line">
      <div className="score-words">
        <label id={`${id}-label`} htmlFor={id}>
          {line.code}　{line.title}
        </label>
        <p className="quiet">
          看：
          {piecesOf(line.evidence).map(({ text, part }) =>
            part ? (
              <button key={text} type="button" className="link" onClick={() => props.onLook(part)}>
                {text}
              </button>
            ) : (
              text
            ),
          )}
        </p>
      </div>
      <ScoreField {...props} id={id} />
      {mistake && (
        <p id={`${id}-wrong`} className="score-wrong bad">
          {mistake}
        </p>
      )}
    </li>
  )
}

/** Buttons where only some scores are allowed, else a field. */
function ScoreField(props: {
  id: string
  line: SheetLine
  value: string
  mistake: string | undefined
  onChange: (text: string) => void
}) {
  const { id, line, value, mistake } = props
  if (line.allowed)
    return (
      <Radio.Group
        id={id}
        aria-labelledby={`${id}-label`}
        optionType="button"
        value={value}
        onChange={(event) => props.onChange(String(event.target.value))}
        options={line.allowed.map((score) => ({ value: showScore(score), label: showScore(score) }))}
      />
    )
  return (
    <span className="score-field">
      <Input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        {...(mistake ? { status: 'error' as const } : {})}
        aria-describedby={`${id}-most${mistake ? ` ${id}-wrong` : ''}`}
        aria-invalid={Boolean(mistake)}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span id={`${id}-most`} className="quiet">
        / {showScore(line.maximum)} 分
      </span>
    </span>
  )
}
