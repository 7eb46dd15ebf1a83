import { choicesOf, labelOfChoice, type Audience } from '#domain/survey/survey.ts'

/** The wording as it is asked, with the answers to choose from. */
export function Questions({
  questionnaire,
}: {
  questionnaire: {
    audience: Audience
    questions: readonly { id: string; text: string; unscored?: boolean | undefined }[]
  }
}) {
  const { audience, questions } = questionnaire
  if (questions.length === 0) return <p>还没有选题。</p>
  return (
    <>
      <ol className="plain-list poll-questions">
        {questions.map((one) => (
          <li key={one.id}>
            {one.text}
            {one.unscored && <span className="quiet">（不计分）</span>}
          </li>
        ))}
      </ol>
      <p className="quiet">
        每题的答案：
        {choicesOf(audience)
          .map((answer) => labelOfChoice(audience, answer))
          .join('、')}
        。最后可以写一段话，不写也行。
      </p>
    </>
  )
}
