import type { ReactNode } from 'react'
import './RowList.css'

/** Things of a kind below each other: each row has its title and words, and beside them what is due or can be done. */
export function RowList(props: { steps?: boolean; children: ReactNode }) {
  const List = props.steps ? 'ol' : 'ul'
  return <List className="row-list">{props.children}</List>
}
