import { Input } from 'antd'
import { useState } from 'react'

/**
 * What a list is searched for. The box follows the address when that changes by other means (the conditions are cleared, the back key),
 * but never takes away what somebody has typed in the meantime.
 */
export function SearchBox(props: { value: string; placeholder: string; onSearch: (text: string) => void }) {
  const { value } = props
  const [text, setText] = useState(value)
  const [followed, setFollowed] = useState(value)
  if (value !== followed) {
    setFollowed(value)
    if (text.trim() === followed) setText(value)
  }
  return (
    <form
      role="search"
      className="list-search"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSearch(text.trim())
      }}
    >
      <Input
        aria-label={props.placeholder}
        placeholder={props.placeholder}
        value={text}
        allowClear
        onChange={(event) => {
          setText(event.target.value)
          if (event.target.value === '') props.onSearch('')
        }}
      />
      <button type="submit" className="button">
        查找
      </button>
    </form>
  )
}
