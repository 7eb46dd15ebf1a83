import { Checkbox, Form } from 'antd'
import { NumberField } from '#console/house/NumberField.tsx'
import { Line } from '#console/house/texts.tsx'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { DateField } from '#console/house/DateField.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { saveSurvey } from '#contract/survey/survey.ts'
import { BANK_VERSION, questionBank, questionnaireOf } from '#domain/survey/questionBank.ts'
import { type Audience, audienceLabels, audiences, type SampleMinimum } from '#domain/survey/survey.ts'
import { SurveyFrame } from './Frame.tsx'
import { Questions } from './Questions.tsx'
import { type Survey, useSurvey } from '../queries.ts'

interface Values {
  title: string
  opensOn: string
  closesOn: string
  impactReference: string
  questions: Record<Audience, string[]>
  minimum: SampleMinimum
}

export default function EditSurveyPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Edit survey={survey} />}</Loaded>
}

function Edit({ survey }: { survey: Survey }) {
  const go = useNavigate()
  const save = survey.moves['save']
  const asked = (audience: Audience) =>
    survey.questionnaires.find((one) => one.audience === audience)?.questions.map((one) => one.id) ?? []
  if (!save || save.length > 0)
    return (
      <SurveyFrame survey={survey} id={survey.id} title="设置和问卷">
        <Reasons title="现在不能修改" reasons={save?.map((one) => one.message) ?? ['题目和名额冻结以后不再改动。']} />
      </SurveyFrame>
    )
  return (
    <SurveyFrame survey={survey} id={survey.id} title="设置和问卷" lead="冻结以前都可以改；冻结以后一个字也不能动。">
      <Draft<Values>
        name={`survey:${survey.id}`}
        initial={{
          title: survey.title,
          opensOn: survey.opensOn,
          closesOn: survey.closesOn,
          impactReference: survey.impactReference,
          minimum: survey.minimum,
          questions: { teacher: asked('teacher'), parent: asked('parent'), pupil: asked('pupil') },
        }}
        seen={survey.stamp}
        onSave={async (values, _form, { seen }) => {
          await call(saveSurvey, {
            params: { id: survey.id },
            body: { ...values, impactReference: values.impactReference ?? '', seen },
          })
          await go(`/surveys/${survey.id}`)
        }}
      >
        <Section title="名称和日期">
          <Form.Item name="title" label="名称" rules={[{ required: true }]}>
            <Line most={60} label="名称" />
          </Form.Item>
          <div className="poll-row">
            <Form.Item name="opensOn" label="开始答题" rules={[{ required: true }]}>
              <DateField />
            </Form.Item>
            <Form.Item name="closesOn" label="截止日期" rules={[{ required: true }]}>
              <DateField />
            </Form.Item>
          </div>
          <Form.Item
            name="impactReference"
            label="个人信息保护影响评估的文号或编号"
            required
            extra="向学生提问以前须完成评估（个人信息保护法第五十五条）。不填不能冻结。"
          >
            <Line most={100} label="个人信息保护影响评估的文号或编号" />
          </Form.Item>
        </Section>
        <Section title="问卷" note={`题库 ${BANK_VERSION} 版。题目的文字由题库统一，这里只选用不选用。`}>
          {audiences.map((audience) => (
            <AudienceField key={audience} audience={audience} />
          ))}
        </Section>
        <Section
          title="最低回收"
          note="收回的答卷占发出编码的比例低于这里的数，写“样本不足”，不计算满意度指数，也不用其他对象代替。"
        >
          <div className="poll-row">
            {audiences.map((audience) => (
              <Form.Item
                key={audience}
                name={['minimum', 'share', audience]}
                label={`${audienceLabels[audience]}（%）`}
                rules={[{ required: true }]}
              >
                <NumberField label={`${audienceLabels[audience]}（%）`} min={10} max={100} />
              </Form.Item>
            ))}
            <Form.Item name={['minimum', 'ballots']} label="每类对象至少（份）" rules={[{ required: true }]}>
              <NumberField label="每类对象至少（份）" min={5} max={100} />
            </Form.Item>
          </div>
        </Section>
      </Draft>
    </SurveyFrame>
  )
}

function AudienceField({ audience }: { audience: Audience }) {
  const chosen = Form.useWatch<string[] | undefined>(['questions', audience]) ?? []
  return (
    <div className="poll-choices">
      <h3>{audienceLabels[audience]}问卷</h3>
      <Form.Item name={['questions', audience]} noStyle>
        <Checkbox.Group
          aria-label={`${audienceLabels[audience]}问卷的题目`}
          options={questionBank[audience].map((one) => ({
            value: one.id,
            label: `${one.text}${one.overall ? '（必选，满意率由它得出）' : one.unscored ? '（不计分）' : one.optional ? '（备选题）' : ''}`,
          }))}
        />
      </Form.Item>
      <details>
        <summary>预览{audienceLabels[audience]}看到的问卷</summary>
        <Questions questionnaire={questionnaireOf(audience, chosen)} />
      </details>
    </div>
  )
}
