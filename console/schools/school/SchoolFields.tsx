import { Form, Input, Select } from 'antd'
import type { Reply } from '#console/api.ts'
import { NumberField } from '#console/house/NumberField.tsx'
import { Line } from '#console/house/texts.tsx'
import type { readDivisions } from '#contract/schools/organization.ts'
import { ownerships, partyKinds, stages } from '#domain/schools/listColumns.ts'

const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** What the office keeps of a school, new or known. */
export function SchoolFields({ divisions }: { divisions: Reply<typeof readDivisions> }) {
  return (
    <>
      <Form.Item name="name" label="学校名称" rules={[{ required: true, whitespace: true, max: 60 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="stage" label="学段" rules={[{ required: true }]}>
        <Select options={options(stages)} />
      </Form.Item>
      <Form.Item name="ownership" label="办学性质" rules={[{ required: true }]}>
        <Select options={options(ownerships)} />
      </Form.Item>
      <Form.Item name="zoneId" label="片区" rules={[{ required: true }]}>
        <Select options={divisions.zones.map(({ id: value, name: label }) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="groupId" label="教育集团" rules={[{ required: false }]}>
        <Select allowClear options={divisions.groups.map(({ id: value, name: label }) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="code" label="学校标识码" rules={[{ required: false }]}>
        <Line most={10} label="学校标识码" inputMode="numeric" />
      </Form.Item>
      <Form.Item name="partyKind" label="党组织类型" rules={[{ required: true }]}>
        <Select options={options(partyKinds)} />
      </Form.Item>
      <Form.Item
        name="secretaryName"
        label="党组织书记"
        rules={[{ required: false }, { max: 30 }]}
        extra="空缺时留空；没有单独党组织的填党建指导员"
      >
        <Input />
      </Form.Item>
      <Form.Item
        name="sortOrder"
        label="排序号"
        rules={[{ required: false }]}
        extra="各处名单先按排序号排列；不填的排在后面，按校名拼音"
      >
        <NumberField label="排序号" min={1} max={100_000} />
      </Form.Item>
    </>
  )
}
