import type { ReactNode } from 'react'
import './Attachments.css'

export interface Attached {
  fileId: string
  name: string
  kind: string
  caption?: string
}

const pictures = ['jpg', 'png', 'webp']

/** Files that hang on a record: pictures as small pictures that a press shows large, everything else as its kind, which a press saves. */
export function Attachments(props: { files: readonly Attached[] }): ReactNode {
  return (
    <ul className="evidence">
      {props.files.map((file) => (
        <li key={file.fileId}>
          {pictures.includes(file.kind) ? (
            <>
              <a href={`/api/files/${file.fileId}/thumbnail?size=1280`} target="_blank" rel="noreferrer">
                <img src={`/api/files/${file.fileId}/thumbnail`} alt="" loading="lazy" />
                {file.name}
              </a>
              <a href={`/api/files/${file.fileId}`} download aria-label={`保存原图 ${file.name}`}>
                保存原图
              </a>
            </>
          ) : (
            <a href={`/api/files/${file.fileId}`} download>
              <span className="evidence-file">{file.kind.toUpperCase()}</span>
              {file.name}
            </a>
          )}
          {file.caption && <p className="quiet">{file.caption}</p>}
        </li>
      ))}
    </ul>
  )
}
