import { Checkbox, Form } from 'antd'
import { LongText } from '#console/house/texts.tsx'
import { useNavigate, useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded, Reasons } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { publishSurvey } from '#contract/survey/survey.ts'
import { showPercent } from '#domain/base/score.ts'
import { audienceLabels } from '#domain/survey/survey.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import { SurveyFrame } from './Frame.tsx'
import { type Survey, useSurvey } from '../queries.ts'
import { useTotals } from '../queries.ts'

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
      lead={`门户上列出全区三类对象的合计、计票摘要和下面的说明，不列任何学校。${noWayBack.survey.publish}`}
    >
      {barred.length > 0 ? (
        <Reasons title="现在不能公布" reasons={barred.map((one) => one.message)} />
      ) : (
        <>
          <Totals id={survey.id} />
          <Section title="公布说明">
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
                label="给参加的教师、家长和同学的话"
                rules={[{ required: true }]}
                extra="写明做了什么，大家怎么说，接下来怎么改。"
              >
                <LongText most={2_000} label="给参加的教师、家长和同学的话" rows={8} />
              </Form.Item>
              <Form.Item
                name="sure"
                valuePropName="checked"
                rules={[
                  {
                    validator: (_, sure: boolean | undefined) =>
                      sure ? Promise.resolve() : Promise.reject(new Error('请核对以后勾选')),
                  },
                ]}
              >
                <Checkbox>上面的数和说明已经核对，知道公布以后不能撤回</Checkbox>
              </Form.Item>
            </Draft>
          </Section>
        </>
      )}
    </SurveyFrame>
  )
}

/** The figures that will stand on the portal, so that nobody publishes what he has not seen. */
function Totals({ id }: { id: string }) {
  const totals = useTotals(id)
  return (
    <Section title="要公布的数" note="各题的得分也会列出。">
      <Loaded query={totals} rows={2}>
        {({ audiences, schools }) => (
          <Figures
            items={[
              { label: '参加的学校', value: schools, note: '所' },
              ...audiences.map((one) => ({
                label: `${audienceLabels[one.audience]}满意率`,
                value: one.whyNotOnPortal || showPercent(one.satisfied),
                note: `${one.n} / ${one.issued} 份`,
              })),
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
