import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Link, useParams } from 'react-router'
import { Act } from '#console/house/Act.tsx'
import { Figures } from '#console/house/Facts.tsx'
import { ListTable } from '#console/house/ListTable.tsx'
import type { ListColumn } from '#console/house/listing.ts'
import { Loaded } from '#console/house/Loaded.tsx'
import { LinkButton, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { listRosters } from '#contract/survey/surveySchool.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { CopyText } from './CopyText.tsx'
import { SurveyFrame } from './Frame.tsx'
import { PrintAllButton, PrintedSoFar, usePrintAll } from './PrintAll.tsx'
import { printKit, saveKit } from './survey.ts'
import { type ListedRoster, type Survey, useSurvey } from '../queries.ts'
import { rosterLabels, rosterTone } from './words.ts'
import { useAllRosters } from '../queries.ts'
import { houseKeys } from '#console/house/queries.ts'

export default function RostersPage() {
  const { id = '' } = useParams()
  return <Loaded query={useSurvey(id)}>{(survey) => <Rosters survey={survey} />}</Loaded>
}

function Rosters({ survey }: { survey: Survey }) {
  const printing = 'print' in survey.moves
  const gathering = survey.state === 'draft'
  const run = usePrintAll(survey)
  return (
    <SurveyFrame
      survey={survey}
      id={survey.id}
      title={gathering ? '各校班级人数' : '各校抽样和纸条'}
      action={wayOn({ survey, gathering, printing, run })}
      lead={
        gathering
          ? '只收教师人数和各班人数，不收任何人的名字。书记确认以后学校再改，确认随之取消。'
          : '纸条按班装袋，每人抽一张，抽到编码的人作答。编码只印在纸上，系统里没有，丢了只能重印。'
      }
    >
      <RosterFigures survey={survey} gathering={gathering} />
      {gathering && <Missing survey={survey} />}
      <PrintedSoFar run={run} />
      <Section title="各校情况">
        <RosterList survey={survey} gathering={gathering} printing={printing} />
      </Section>
    </SurveyFrame>
  )
}

/** When the last slips are printed, or the last school has confirmed, the way on is here and not only one page up. */
function wayOn(props: { survey: Survey; gathering: boolean; printing: boolean; run: ReturnType<typeof usePrintAll> }) {
  const { survey, run } = props
  const unprinted = survey.kits.schools - survey.kits.printed
  if (props.gathering && survey.schools > 0 && survey.confirmed === survey.schools)
    return (
      <LinkButton to={`/surveys/${survey.id}/freeze`} primary>
        去冻结题目和名额
      </LinkButton>
    )
  if (survey.state === 'issued' && unprinted === 0)
    return (
      <LinkButton to={`/surveys/${survey.id}`} primary>
        纸条都印好了，去开始答题
      </LinkButton>
    )
  return props.printing && (unprinted > 1 || run.running) ? <PrintAllButton run={run} schools={unprinted} /> : undefined
}

function RosterFigures({ survey, gathering }: { survey: Survey; gathering: boolean }) {
  return (
    <Figures
      items={
        gathering
          ? [
              { label: '学校', value: survey.schools, note: '所' },
              { label: '已确认', value: survey.confirmed, note: '所' },
              { label: '还差', value: survey.schools - survey.confirmed, note: '所' },
            ]
          : [
              { label: '抽中的学校', value: survey.kits.schools, note: '所' },
              { label: '已打印', value: survey.kits.printed, note: '所' },
              { label: '还没打印', value: survey.kits.schools - survey.kits.printed, note: '所' },
              { label: '编码', value: survey.kits.codes, note: '个' },
            ]
      }
    />
  )
}

function RosterList(props: { survey: Survey; gathering: boolean; printing: boolean }) {
  const { survey, gathering, printing } = props
  return (
    <ListTable
      endpoint={listRosters}
      params={{ id: survey.id }}
      label="各校班级人数和纸条"
      search="查找学校"
      filters={[{ key: 'roster', label: '填报情况', options: rosterStates }]}
      rowKey={(one) => one.schoolId}
      rowHref={(one) => `/surveys/${survey.id}/schools/${one.schoolId}`}
      columns={[...columns, gathering ? confirmedColumn : kitColumn(survey, printing)]}
      empty={{ title: '还没有学校', hint: '先在“学校”里建立学校名册。' }}
    />
  )
}

const rosterStates = Object.entries(rosterLabels).map(([value, label]) => ({ value, label }))

const columns: ListColumn<ListedRoster>[] = [
  { key: 'name', title: '学校', render: (one) => one.schoolName },
  { key: 'stage', title: '学段', render: (one) => one.stage, wideOnly: true },
  {
    key: 'roster',
    title: '填报',
    render: (one) => (
      <>
        <StateTag label={rosterLabels[one.roster]} tone={rosterTone[one.roster]} />
        {one.leftOutReason && <span className="quiet"> {one.leftOutReason}</span>}
      </>
    ),
  },
  {
    key: 'people',
    title: '人数',
    render: (one) =>
      one.teachers + one.classes === 0 ? '—' : `教师 ${one.teachers}；${one.classes} 个班，学生 ${one.pupils}`,
  },
  {
    key: 'sample',
    title: '编码',
    render: (one) =>
      audiences
        .filter((audience) => one.sample[audience] > 0)
        .map((audience) => `${audienceLabels[audience]} ${one.sample[audience]}`)
        .join('，') || '—',
  },
]

const confirmedColumn: ListColumn<ListedRoster> = {
  key: 'confirmed',
  title: '确认',
  wideOnly: true,
  render: (one: ListedRoster) =>
    one.confirmedAt ? `${one.confirmedByName ?? ''} ${showTime(one.confirmedAt).replace(/^\d+年/, '')}` : '—',
}

const kitColumn = (survey: Survey, printing: boolean): ListColumn<ListedRoster> => ({
  key: 'kit',
  title: '纸条',
  sort: true,
  render: (one: ListedRoster) =>
    one.roster === 'leftOut' ? '—' : <Kit survey={survey} row={one} printing={printing} />,
})

/** Whom to remind, with words to paste into the group of the schools' clerks. */
function Missing({ survey }: { survey: Survey }) {
  const all = useAllRosters(survey.id)
  return (
    <Section title="催报" note="没有填报和没有确认的学校。各校的待办里已经有这一项。">
      <Loaded query={all} rows={2}>
        {(rows) => {
          const none = rows.filter((one) => one.roster === 'none').map((one) => one.schoolName)
          const draft = rows.filter((one) => one.roster === 'draft').map((one) => one.schoolName)
          if (none.length + draft.length === 0) return <p>各校都已确认，可以冻结。</p>
          const text = [
            `【${survey.title}】请尽快报齐教师人数和各班人数，由书记在系统里确认。`,
            ...(none.length > 0 ? [`还没有填报：${none.join('、')}。`] : []),
            ...(draft.length > 0 ? [`已填报，待书记确认：${draft.join('、')}。`] : []),
          ].join('\n')
          return <CopyText text={text} label="复制催报文字" />
        }}
      </Loaded>
    </Section>
  )
}

function Kit({ survey, row, printing }: { survey: Survey; row: ListedRoster; printing: boolean }) {
  const queries = useQueryClient()
  const again = row.kitPrintings > 0
  const run = async (reason: string) => {
    try {
      saveKit(await printKit(survey.id, row.schoolId, reason))
    } finally {
      // Even a printing that broke off has made the earlier slips worthless, which the list must show.
      await readAnew(queries, houseKeys.lists)
    }
  }
  return (
    <div className="poll-kit">
      {row.kitPrintedAt && (
        <span className="quiet">
          {showTime(row.kitPrintedAt).replace(/^\d+年/, '')}
          {row.kitPrintings > 1 && `，第 ${row.kitPrintings} 次`}
        </span>
      )}
      {!row.kitPrintedAt && again && <StateTag label="没有印成，请重印" tone="bad" />}
      {printing &&
        (again ? (
          <Act
            name={row.schoolId}
            label="重印"
            size="small"
            ask={{ label: '重印的理由', hint: '以前印的纸条里没有用过的编码随之作废，请收回旧纸条。' }}
            done="新纸条已下载"
            run={run}
          />
        ) : (
          <Act label="打印纸条" size="small" done="纸条已下载" run={run} />
        ))}
      {!printing && !row.kitPrintedAt && !again && <Link to={`/surveys/${survey.id}`}>先制发编码</Link>}
    </div>
  )
}
