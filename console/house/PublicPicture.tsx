import { call } from '#console/api.ts'
import { type PublicPicture as Picture, restorePicture, withholdPicture } from '#contract/records/file.ts'
import { Act } from './Act.tsx'
import { StateTag } from './StateTag.tsx'
import './PublicPicture.css'

/** A picture that everybody can see, with the way to take it down at once, and for the office to bring it back. */
export function PublicPicture({ picture, alt }: { picture: Picture; alt: string }) {
  const params = { id: picture.fileId }
  const { withhold, restore } = picture.moves
  return (
    <figure className="public-picture">
      <img src={`/api/files/${picture.fileId}/thumbnail`} alt={alt} />
      <figcaption>
        {picture.isPublic && <StateTag label="公开显示中" tone="info" />}
        {picture.withheldReason !== null && (
          <>
            <StateTag label="已撤下" tone="quiet" />
            <p className="quiet">理由：{picture.withheldReason}</p>
          </>
        )}
        {withhold.length === 0 && (
          <Act
            name={`withhold:${picture.fileId}`}
            label="撤下图片"
            size="small"
            ask={{ label: '撤下的理由', hint: '公开页面和图片地址立刻看不到；恢复须由局党工委办办理。' }}
            run={(reason) => call(withholdPicture, { params, body: { reason } })}
          />
        )}
        {restore.length === 0 && (
          <Act
            name={`restore:${picture.fileId}`}
            label="恢复公开"
            size="small"
            ask={{ label: '恢复的理由', hint: '图片会重新出现在原来的公开页面上。' }}
            run={(reason) => call(restorePicture, { params, body: { reason } })}
          />
        )}
      </figcaption>
    </figure>
  )
}
