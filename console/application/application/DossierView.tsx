import { type ReactNode, useMemo } from 'react'
import { Facts } from '#console/house/Facts.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { YearFactsView } from '#console/application/summary/YearFactsView.tsx'
import { diagnosisAreas, type DiagnosisArea } from '#domain/plan/completeness.ts'
import { type Pillar, pillarLabels } from '#domain/base/pillar.ts'
import { type DossierParts, readDossier } from './dossier.ts'
import { type DossierPart, partId } from './evidence.ts'
import './dossier.css'

/** The frozen dossier, in the order in which a reviewer reads: what is claimed, what proves it, what it rests on. */
export function DossierView({ text }: { text: string }) {
  const dossier = useMemo(() => readDossier(text), [text])
  if (!dossier) return <p>申报材料的格式无法识别，请联系区教育局。</p>
  const { brand, plan, summary, year } = dossier
  return (
    <div className="dossier">
      <Part title="亮点说明" open>
        <p className="long">{dossier.highlights || '未填写'}</p>
      </Part>
      <Part part="entries" title={`佐证台账（${dossier.entries.length} 条）`} open>
        {dossier.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Part>
      {brand && (
        <Part part="brand" title={`品牌：${brand.name ?? ''}`}>
          <Facts
            items={[
              { label: '类别', value: brand.category },
              { label: '口号', value: brand.slogan },
              { label: '理念', value: brand.concept, wide: true },
              { label: '内涵', value: brand.connotation, wide: true },
              { label: '本地资源', value: brand.localResources.join('、'), wide: true },
            ]}
          />
        </Part>
      )}
      {dossier.argumentations.length > 0 && (
        <Part part="argued" title={`品牌论证（${dossier.argumentations.length} 次）`}>
          {dossier.argumentations.map((one) => (
            <Facts
              key={`${one.heldOn} ${one.opinions}`}
              items={[
                { label: '时间', value: showDate(one.heldOn) },
                { label: '参加人员', value: one.participants },
                { label: '意见', value: one.opinions, wide: true },
                { label: '结论', value: one.outcome, wide: true },
              ]}
            />
          ))}
        </Part>
      )}
      {plan && <Plan plan={plan} />}
      {year && (
        <Part part="year" title="全年台账、任务与承诺">
          <YearFactsView facts={year} stage={dossier.school?.stage ?? ''} />
        </Part>
      )}
      {summary && (
        <Part part="summary" title="年度总结">
          <Facts
            items={[
              { label: '主要成效', value: summary.achievements, wide: true },
              { label: '存在问题', value: summary.problems, wide: true },
              { label: '下一步打算', value: summary.nextSteps, wide: true },
            ]}
          />
        </Part>
      )}
    </div>
  )
}

function Part(props: { part?: DossierPart; title: string; open?: boolean; children: ReactNode }) {
  return (
    <details {...(props.part ? { id: partId(props.part) } : {})} className="dossier-part" open={props.open ?? false}>
      <summary>
        <h2>{props.title}</h2>
      </summary>
      {props.children}
    </details>
  )
}

function Plan({ plan }: { plan: NonNullable<DossierParts['plan']> }) {
  return (
    <Part part="plan" title="创建方案">
      <Facts
        items={[
          ...Object.entries(plan.diagnosis).flatMap(([area, said]) => {
            const label = diagnosisAreas[area as DiagnosisArea] ?? area
            return [
              { label: `${label}·亮点`, value: said.highlights, wide: true },
              { label: `${label}·薄弱环节`, value: said.weakPoints, wide: true },
            ]
          }),
          { label: '切入点', value: plan.entryPoint, wide: true },
          { label: '目标', value: plan.goals, wide: true },
          { label: '承诺', value: plan.commitment, wide: true },
        ]}
      />
      {plan.comments.length > 0 && <p className="quiet">收到并答复的意见：</p>}
      <ul className="plain-list">
        {plan.comments.map((comment) => (
          <li key={comment.content}>
            {comment.content}　答复：{comment.answer}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Entry({ entry }: { entry: DossierParts['entries'][number] }) {
  const facts = [showDate(entry.happenedOn), pillarLabels[entry.pillar as Pillar], entry.form, entry.place]
  return (
    <article className="dossier-entry">
      <h2>{entry.title}</h2>
      <p className="quiet">{facts.filter(Boolean).join('，')}</p>
      {entry.content && <p className="long">{entry.content}</p>}
      {entry.files.length > 0 && (
        <ul className="dossier-files">
          {entry.files.map((file) => (
            <li key={file.id}>
              <a href={`/api/files/${file.id}`} download>
                {['jpg', 'png', 'webp'].includes(file.kind) && (
                  <img src={`/api/files/${file.id}/thumbnail?size=320`} alt="" loading="lazy" />
                )}
                {file.name}
              </a>
              {file.caption && <span className="quiet">{file.caption}</span>}
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}
