import { useParams } from 'react-router'
import { call } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { inOrder } from '#domain/survey/sampling.ts'
import { remindClasses } from '#contract/survey/surveySchool.ts'
import { BatchRow, FlagMeanings } from './Batch.tsx'
import { SurveyFrame } from './Frame.tsx'
import { type SchoolProgress, useClasses } from '../queries.ts'

const FEW = 0.5

export default function ClassesPage() {
  const { id = '', schoolId = '' } = useParams()
  const classes = useClasses(id, schoolId)
  return <Loaded query={classes}>{(data) => <Shown id={id} schoolId={schoolId} classes={data} />}</Loaded>
}

function Shown({ id, schoolId, classes }: { id: string; schoolId: string; classes: SchoolProgress }) {
  const open = classes.state === 'open'
  const few = classes.batches.filter((one) => one.moves['remind'] && one.cast < one.issued * FEW)
  return (
    <SurveyFrame
      survey={classes}
      id={id}
      title={classes.schoolName}
      lead="各班收回多少。只到班，不到人；请学校也不要查谁答了没有。"
      more={
        <>
          <LinkButton to={`/surveys/${id}/progress`}>各校进度</LinkButton>
          <LinkButton to={`/surveys/${id}/schools/${schoolId}`}>学校看到的页面</LinkButton>
        </>
      }
      action={
        open && (
          <Act
            label="提醒不到一半的班"
            primary
            reasons={few.length > 0 ? [] : ['各班都已过半，不用提醒。']}
            confirm={`学校的待办里会出现这 ${few.length} 个班的份数。只到班，不到人。`}
            done="已提醒学校"
            run={() => call(remindClasses, { params: { id }, body: { batchIds: few.map((one) => one.id) } })}
          />
        )
      }
    >
      <Figures
        items={[
          { label: '已收回', value: `${classes.cast} / ${classes.issued}`, note: '份' },
          { label: '截止日期', value: showDate(classes.closesOn).replace(/^\d+年/, '') },
        ]}
      />
      <Section
        title="各班"
        note={
          classes.state === 'tallied' || classes.state === 'published'
            ? '计票以后不再按班显示份数，免得有人从学校的结果推到某一个班；这里只留作废的班。'
            : undefined
        }
      >
        <FlagMeanings batches={classes.batches} />
        <ul className="cards">
          {inOrder(classes.batches).map((one) => (
            <BatchRow key={one.id} batch={one} surveyId={id} closesOn={open ? classes.closesOn : ''} />
          ))}
        </ul>
      </Section>
    </SurveyFrame>
  )
}
