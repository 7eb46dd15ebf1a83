import { useState } from 'react'
import type { ApplicationDetail } from '#contract/application/application.ts'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { showTime } from '#console/house/Timeline.tsx'
import { DossierView } from './DossierView.tsx'
import { useDossier } from '../queries.ts'

/** Everything that reviewers will read: as it would be frozen now, as it was frozen, and as it was before a return. */
export function WholeDossier({ application }: { application: ApplicationDetail }) {
  const [version, setVersion] = useState<number>()
  const dossier = useDossier(application.id, true, version)
  return (
    <Loaded query={dossier}>
      {(data) => (
        <Section
          title={data.frozen ? '提交的全部材料' : '将要提交的全部材料'}
          note={
            data.frozen
              ? '评审专家看到的就是这些，提交以后没有再变。'
              : '评审专家将看到的就是这些：提交时原样固定。请书记逐项看过再提交。'
          }
        >
          {data.versions.length > 0 && (
            <p className="dossier-foot">
              {data.versions.map((one) => (
                <button
                  key={one.version}
                  type="button"
                  className="button"
                  aria-pressed={version === one.version}
                  onClick={() => setVersion(version === one.version ? undefined : one.version)}
                >
                  {showTime(one.submittedAt)}提交的一版
                </button>
              ))}
            </p>
          )}
          {version !== undefined && (
            <div className="notice">
              <p>
                这是以前提交过的一版，后来退回或撤回：
                {data.versions.find((one) => one.version === version)?.returned || '没有写理由'}
              </p>
            </div>
          )}
          {data.text === null ? <p className="quiet">{data.lacks}</p> : <DossierView text={data.text} />}
          {data.digest && (
            <p className="quiet">
              内容摘要（SHA-256）<code className="digest">{data.digest}</code>
            </p>
          )}
        </Section>
      )}
    </Loaded>
  )
}
