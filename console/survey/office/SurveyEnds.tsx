import { useNavigate } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Section } from '#console/house/Page.tsx'
import { eraseSurvey, voidSurvey } from '#contract/survey/survey.ts'
import { noWayBack } from '#domain/base/wayBack.ts'
import type { Survey } from '../queries.ts'

/** Kept apart from the next step, so that nobody presses it in passing. */
export function Erase({ survey }: { survey: Survey }) {
  const go = useNavigate()
  const erase = survey.moves['erase']
  if (!erase) return null
  return (
    <Section title="清除演练" note="演练用完以后清除。名称、人数、编码、答卷和结果一起删除，不能恢复。">
      <Act
        label="清除演练"
        danger
        reasons={erase}
        confirm="这次演练和它的全部答卷、编码一起删除，不能恢复。"
        run={async () => {
          await call(eraseSurvey, { params: { id: survey.id } })
          await go('/surveys')
        }}
      />
    </Section>
  )
}

/** Shown only where the box says so: without the key nothing that was answered can ever be read. */
export function Lost({ survey }: { survey: Survey }) {
  const lost = survey.moves['void']
  if (!lost) return null
  return (
    <Section
      title="密钥丢失，不能计票"
      note="票箱里没有这次测评的密钥，没有它谁也读不出答卷。请先让管理员找密钥文件夹的备份（另存在保险柜里的那一份），放回原处以后可以照常截止和计票。确实找不回来的，作废这一次，再新建一次。"
    >
      <Act
        label="作废这次测评"
        danger
        reasons={lost}
        confirm={`编码全部失效，答过的内容永久删除。${noWayBack.survey.void}作废和理由记录在案，学校看得到。`}
        ask={{ label: '密钥怎么丢的，为什么作废', hint: '' }}
        done="已作废，可以新建测评"
        run={(reason) => call(voidSurvey, { params: { id: survey.id }, body: { reason } })}
      />
    </Section>
  )
}
