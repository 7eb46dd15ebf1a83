import { Form, Input } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { publishSurvey } from '#contract/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { type Survey, useSurvey } from './survey.ts'

export default function PublishPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Publish survey={survey} />}</Loaded>
}

function Publish({ survey }: { survey: Survey }) {
  const go = useNavigate()
  const barred = survey.moves['publish'] ?? [{ message: '计票以后、公布以前才能公布。' }]
  return (
    <SurveyFrame
      survey={survey}
      id={survey.id}
      title="公布结果"
      lead="门户上列出全区三类对象的合计、计票摘要和下面的说明，不列任何学校。公布以后不能撤回。"
    >
      {barred.length > 0 ? (
        <Reasons title="现在不能公布" reasons={barred.map((one) => one.message)} />
      ) : (
        <Draft<{ text: string }>
          name={`survey:${survey.id}:publish`}
          initial={{}}
          saveLabel="公布"
          done="已公布"
          onSave={async ({ text }) => {
            await call(publishSurvey, { params: { id: survey.id }, body: { text } })
            await go(`/surveys/${survey.id}`)
          }}
        >
          <Form.Item
            name="text"
            label="公布说明"
            rules={[{ required: true }]}
            extra="写给参加的教师、家长和同学：做了什么，大家怎么说，接下来怎么改。"
          >
            <Input.TextArea rows={8} maxLength={2_000} showCount />
          </Form.Item>
        </Draft>
      )}
    </SurveyFrame>
  )
}
