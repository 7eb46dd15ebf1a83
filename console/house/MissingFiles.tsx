import { Button, Modal } from 'antd'

/** Asked before something is filed without a file that did not arrive. */
export function MissingFiles(props: {
  open: boolean
  count: number
  saveLabel: string
  onRetry: () => void
  onWithout: () => void
  onCancel: () => void
}) {
  return (
    <Modal
      open={props.open}
      title={`有 ${props.count} 个文件没有传上`}
      onCancel={props.onCancel}
      footer={[
        <Button key="back" onClick={props.onCancel}>
          取消
        </Button>,
        <Button key="without" onClick={props.onWithout}>
          不带这些文件，直接{props.saveLabel}
        </Button>,
        <Button key="retry" type="primary" onClick={props.onRetry}>
          再传一次
        </Button>,
      ]}
    >
      <p>没有传上的文件不会和这份内容一起保存。可以再传一次，传完再{props.saveLabel}。</p>
    </Modal>
  )
}
