import type { ReactNode } from 'react'

export interface Attached {
  fileId: string
  name: string
  kind: string
  caption?: string
}

const pictures = ['jpg', 'png', 'webp']

/** Files that hang on a record: pictures as small pictures, everything else as its kind; each is saved by a press. */
export function Attachments(props: { files: readonly Attached[] }): ReactNode {
  return (
    <ul className="evidence">
      {props.files.map((file) => (
        <li key={file.fileId}>
          <a href={`/api/files/${file.fileId}`} download>
            {pictures.includes(file.kind) ? (
              <img src={`/api/files/${file.fileId}/thumbnail`} alt="" loading="lazy" />
            ) : (
              <span className="evidence-file">{file.kind.toUpperCase()}</span>
            )}
            {file.name}
          </a>
          {file.caption && <p className="quiet">{file.caption}</p>}
        </li>
      ))}
    </ul>
  )
}
