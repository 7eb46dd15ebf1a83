import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { withdrawPaper } from '#contract/survey/surveySchool.ts'
import { type Paper, type Survey, usePapers, useSurvey } from '../queries.ts'
import { SurveyFrame } from './Frame.tsx'
import { numbered, PaperEntry } from './PaperEntry.tsx'

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
          <PaperEntry survey={survey} />
          <Uncounted survey={survey} />
        </>
      )}
    </SurveyFrame>
  )
}

/** Sheets that only one person has typed, or two have typed differently. */
function Uncounted({ survey }: { survey: Survey }) {
  const papers = usePapers(survey.id)
  return (
    <Section title="还没有计入的" note="编码只列最后四位，够找到那张纸。">
      <Loaded query={papers} rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <p>没有等第二个人录入的，也没有录得不一样的。</p>
          ) : (
            <Table
              label="还没有计入的纸质问卷"
              rows={rows}
              keyOf={(one) => one.id}
              columns={[
                { title: '编码末四位', render: (one) => <span className="digest">{one.code}</span> },
                { title: '学校和班级', render: (one) => one.className },
                { title: '已录的人', render: (one) => one.enteredBy.join('、') },
                { title: '还差什么', render: (one) => wantingOf(one, survey) },
                { title: '办理', render: (one) => <Withdraw paper={one} survey={survey} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

function wantingOf({ used, enteredBy, questions }: Paper, survey: Survey): string {
  if (used) return '这个编码已经在网上答过，不能再计，请撤下'
  if (enteredBy.length < 2) return '等另一人录入'
  const on = survey.questionnaires.find((one) => one.questions.some((question) => questions.includes(question.id)))
  return `不一样：${numbered(questions, on?.questions ?? [])}`
}

function Withdraw({ paper, survey }: { paper: Paper; survey: Survey }) {
  return (
    <Act
      name={paper.id}
      label="撤下"
      reasons={[]}
      confirm="已经录入的内容删除，不计入。编码没有用过的，可以重新录。"
      ask={{ label: '为什么撤下' }}
      done="已撤下"
      run={(reason) => call(withdrawPaper, { params: { id: survey.id, paperId: paper.id }, body: { reason } })}
    />
  )
}
