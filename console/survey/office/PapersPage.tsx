import { useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useEffect, useRef, useState } from 'react'
import { useParams } from 'react-router'
import { call, type Reply, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { enterPaper, withdrawPaper } from '#contract/survey/surveySchool.ts'
import {
  type Answer,
  type Audience,
  audienceLabels,
  choicesOf,
  labelOfChoice,
  REMARK_LENGTH,
} from '#domain/survey/survey.ts'
import { AnswerKeys } from './AnswerKeys.tsx'
import { SurveyFrame } from './Frame.tsx'
import { type Survey, surveyKeys, useSurvey } from '../queries.ts'
import { usePapers } from '../queries.ts'

type Outcome = Reply<typeof enterPaper>

export default function PapersPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Papers survey={survey} />}</Loaded>
}

function Papers({ survey }: { survey: Survey }) {
  const barred = survey.moves['enterPaper'] ?? [{ message: '答题期间才能录入纸质问卷。' }]
  return (
    <SurveyFrame
      survey={survey}
      id={survey.id}
      title="录入纸质问卷"
      lead="两个人各录一遍，录得一样才计入。按数字键选答案，自动跳到下一题；最后按回车提交。"
    >
      {barred.length > 0 ? (
        <Reasons title="现在不能录入" reasons={barred.map((one) => one.message)} />
      ) : (
        <>
          <Entry survey={survey} />
          <Open survey={survey} />
        </>
      )}
    </SurveyFrame>
  )
}

function Entry({ survey }: { survey: Survey }) {
  const queries = useQueryClient()
  const [audience, setAudience] = useState<Audience>(survey.questionnaires[0]?.audience ?? 'teacher')
  const [code, setCode] = useState('')
  const [answers, setAnswers] = useState<Record<string, Answer>>({})
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const [errors, setErrors] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const questions = survey.questionnaires.find((one) => one.audience === audience)?.questions ?? []
  const empty = questions.filter((one) => !answers[one.id]).length

  // Whoever opens this page has a pile of sheets: the code of the first one can be typed at once.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-stop]')?.focus(), [])

  const stops = () => [...(form.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])]
  const focus = (at: number) => stops()[at]?.focus()

  function clear() {
    setCode('')
    setAnswers({})
    setText('')
    focus(0)
  }

  async function send() {
    setBusy(true)
    setErrors([])
    setOutcome(undefined)
    try {
      const said = await call(enterPaper, { params: { id: survey.id }, body: { code, answers, text: text.trim() } })
      setOutcome(said)
      if (said.state === 'waiting' || said.state === 'counted') clear()
      // Back to where the mistake is: the words above stand out of sight of whoever has typed to the end.
      else if (said.state === 'differs') {
        const at = questions.findIndex((one) => said.questions.includes(one.id))
        focus(at < 0 ? questions.length + 1 : at + 1)
      } else focus(0)
      await queries.invalidateQueries({ queryKey: surveyKeys.papers(survey.id) })
    } catch (error) {
      setErrors(sentences(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
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
        onChange={(value) => {
          setAudience(value)
          setAnswers({})
        }}
      />
      <Said outcome={outcome} questions={questions} />
      <Reasons title="没有录入" reasons={errors} />
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
          value={code}
          onChange={(event) => setCode(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            focus(1)
          }}
        />
      </div>
      {questions.map((question, at) => (
        <AnswerKeys
          key={`${audience} ${question.id}`}
          title={`${at + 1}. ${question.text}`}
          differs={outcome?.state === 'differs' && outcome.questions.includes(question.id)}
          choices={choicesOf(audience).map((value) => ({ value, label: labelOfChoice(audience, value) }))}
          value={answers[question.id]}
          onChange={(answer) => setAnswers((before) => ({ ...before, [question.id]: answer }))}
          onNext={() => focus(at + 2)}
          onBack={() => focus(at)}
        />
      ))}
      <div className="poll-field poll-after">
        <label htmlFor="paper-text">最后一段话（照抄，不改字；没写就空着）</label>
        <LongText
          most={REMARK_LENGTH}
          label="最后一段话"
          id="paper-text"
          data-stop
          rows={3}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            form.current?.requestSubmit()
          }}
        />
      </div>
      <div className="poll-acts">
        <Button type="primary" htmlType="submit" loading={busy} disabled={code.trim() === ''}>
          录入这一份
        </Button>
        <span className="quiet">
          {code.trim() === '' ? '先填纸条上的编码，才能录入。' : ''}
          {empty > 0 ? `还有 ${empty} 题没有选；空着的按“不了解”计。` : '全部选好了。'}
        </span>
      </div>
    </form>
  )
}

function Said({ outcome, questions }: { outcome: Outcome | undefined; questions: readonly { id: string }[] }) {
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

function numbered(ids: readonly string[], questions: readonly { id: string }[]): string {
  return ids
    .map((id) => (id === 'text' ? '最后一段话' : `第 ${questions.findIndex((one) => one.id === id) + 1} 题`))
    .join('、')
}

function Open({ survey }: { survey: Survey }) {
  const open = usePapers(survey.id)
  const questionsOf = (ids: readonly string[]) =>
    survey.questionnaires.find((one) => one.questions.some((question) => ids.includes(question.id)))?.questions ?? []
  return (
    <Section title="还没有计入的" note="编码只列最后四位，够找到那张纸。">
      <Loaded query={open} rows={2}>
        {(papers) =>
          papers.length === 0 ? (
            <p>没有等第二个人录入的，也没有录得不一样的。</p>
          ) : (
            <Table
              label="还没有计入的纸质问卷"
              rows={papers}
              keyOf={(one) => one.id}
              columns={[
                { title: '编码末四位', render: (one) => <span className="digest">{one.code}</span> },
                { title: '学校和班级', render: (one) => one.className },
                { title: '已录的人', render: (one) => one.enteredBy.join('、') },
                {
                  title: '还差什么',
                  render: (one) =>
                    one.used
                      ? '这个编码已经在网上答过，不能再计，请撤下'
                      : one.enteredBy.length < 2
                        ? '等另一人录入'
                        : `不一样：${numbered(one.questions, questionsOf(one.questions))}`,
                },
                {
                  title: '办理',
                  render: (one) => (
                    <Act
                      name={one.id}
                      label="撤下"
                      reasons={[]}
                      confirm="已经录入的内容删除，不计入。编码没有用过的，可以重新录。"
                      ask={{ label: '为什么撤下' }}
                      done="已撤下"
                      run={(reason) =>
                        call(withdrawPaper, { params: { id: survey.id, paperId: one.id }, body: { reason } })
                      }
                    />
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
