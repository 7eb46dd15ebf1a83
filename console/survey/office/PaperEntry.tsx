import { Button, Segmented } from 'antd'
import { Reasons } from '#console/house/Loaded.tsx'
import { Line, LongText } from '#console/house/texts.tsx'
import { audienceLabels, choicesOf, labelOfChoice, REMARK_LENGTH } from '#domain/survey/survey.ts'
import type { Survey } from '../queries.ts'
import { AnswerKeys } from './AnswerKeys.tsx'
import { type PaperOutcome, usePaperEntry } from './usePaperEntry.ts'

/** One sheet of paper typed into the form, made for the keyboard: a key answers and goes on. */
export function PaperEntry({ survey }: { survey: Survey }) {
  const entry = usePaperEntry(survey)
  const { form, audience, questions, outcome, focus } = entry
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void entry.send()
      }}
    >
      <Segmented
        className="poll-tabs"
        aria-label="哪一种问卷"
        value={audience}
        options={survey.questionnaires.map((one) => ({
          value: one.audience,
          label: `${audienceLabels[one.audience]}问卷`,
        }))}
        onChange={entry.turnTo}
      />
      <Said outcome={outcome} questions={questions} />
      <Reasons title="没有录入" reasons={entry.errors} />
      <CodeField value={entry.code} onChange={entry.setCode} onNext={() => focus(1)} />
      {questions.map((question, at) => (
        <AnswerKeys
          key={`${audience} ${question.id}`}
          title={`${at + 1}. ${question.text}`}
          differs={outcome?.state === 'differs' && outcome.questions.includes(question.id)}
          choices={choicesOf(audience).map((value) => ({ value, label: labelOfChoice(audience, value) }))}
          value={entry.answers[question.id]}
          onChange={(answer) => entry.answer(question.id, answer)}
          onNext={() => focus(at + 2)}
          onBack={() => focus(at)}
        />
      ))}
      <LastWords value={entry.text} onChange={entry.setText} onEnter={() => form.current?.requestSubmit()} />
      <Foot entry={entry} />
    </form>
  )
}

function CodeField(props: { value: string; onChange: (code: string) => void; onNext: () => void }) {
  return (
    <div className="poll-field poll-after">
      <label htmlFor="paper-code">纸条上的编码</label>
      <Line
        most={60}
        id="paper-code"
        data-stop
        className="poll-code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault()
          props.onNext()
        }}
      />
    </div>
  )
}

function LastWords(props: { value: string; onChange: (text: string) => void; onEnter: () => void }) {
  return (
    <div className="poll-field poll-after">
      <label htmlFor="paper-text">最后一段话（照抄，不改字；没写就空着）</label>
      <LongText
        most={REMARK_LENGTH}
        label="最后一段话"
        id="paper-text"
        data-stop
        rows={3}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          props.onEnter()
        }}
      />
    </div>
  )
}

function Foot({ entry }: { entry: ReturnType<typeof usePaperEntry> }) {
  const codeless = entry.code.trim() === ''
  const empty = entry.questions.filter((one) => !entry.answers[one.id]).length
  return (
    <div className="poll-acts">
      <Button type="primary" htmlType="submit" loading={entry.busy} disabled={codeless}>
        录入这一份
      </Button>
      <span className="quiet">
        {codeless ? '先填纸条上的编码，才能录入。' : ''}
        {empty > 0 ? `还有 ${empty} 题没有选；空着的按“不了解”计。` : '全部选好了。'}
      </span>
    </div>
  )
}

/** What came of the sheet that was typed last. */
function Said({ outcome, questions }: { outcome: PaperOutcome | undefined; questions: readonly { id: string }[] }) {
  if (!outcome) return null
  const words = {
    waiting: '已录一遍。请另一个人再录一遍，一致才计入。',
    counted: '两遍一致，已计入。',
    differs: '和另一人录得不一样，已用红字标出。请对照纸面：是您录错就改好再提交；不是就请另一人重录。',
    refused: '',
  }[outcome.state]
  const bad = outcome.state === 'refused' || outcome.state === 'differs'
  return (
    <div className={bad ? 'notice notice-bad' : 'notice'} role={bad ? 'alert' : 'status'}>
      <p className="notice-title">{outcome.state === 'refused' ? outcome.reason : words}</p>
      {outcome.state === 'differs' && <p>不一样的：{numbered(outcome.questions, questions)}。</p>}
    </div>
  )
}

/** Questions by their numbers on the paper. */
export function numbered(ids: readonly string[], questions: readonly { id: string }[]): string {
  return ids
    .map((id) => (id === 'text' ? '最后一段话' : `第 ${questions.findIndex((one) => one.id === id) + 1} 题`))
    .join('、')
}
