import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Form, Select } from 'antd'
import { Line, LongText } from '#console/house/texts.tsx'
import { useDeferredValue } from 'react'
import { useNavigate } from 'react-router'
import { call, type StoredFile } from '#console/api.ts'
import { Draft } from '#console/house/Draft.tsx'
import type { Held } from '#console/house/useDraft.ts'
import { FileField } from '#console/house/FileField.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page } from '#console/house/Page.tsx'
import { useHolds } from '#console/me.ts'
import { saveBrand } from '#contract/brand/brand.ts'
import { useOwnSchool } from './brand.ts'
import { type BrandView, useBrand } from './queries.ts'
import { recordOf } from '#domain/base/record.ts'
import { quoted } from '#domain/base/text.ts'
import { type BrandText, brandTextKeys, brandTexts } from '#domain/brand/brandContent.ts'
import { useSimilarBrands } from './queries.ts'

interface Values extends Record<BrandText, string> {
  category: string | null
  localResources: string[]
  logo: StoredFile[]
  renameReason?: string
}

const usualResources = ['红旗渠精神', '岳飞精神', '焦裕禄精神', '甲骨文文化', '校史', '本地革命史']

export default function EditBrandPage() {
  const schoolId = useOwnSchool()
  const brand = useBrand(schoolId)
  return (
    <Page
      title={brand.data?.brand ? '修改品牌' : '建立品牌'}
      crumbs={[{ label: '党建文化品牌', to: '/brand' }]}
      width="text"
    >
      <Loaded query={brand} rows={8}>
        {(view) => <BrandForm view={view} />}
      </Loaded>
    </Page>
  )
}

function BrandForm({ view }: { view: BrandView }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { brand, schoolId } = view
  const initial: Partial<Values> = brand
    ? { ...brand, renameReason: '', logo: brand.logo ? [brand.logo] : [] }
    : { localResources: [], logo: [] }

  async function save(values: Values, _form: unknown, { seen }: Held) {
    const { logo = [], ...words } = values
    await call(saveBrand, {
      params: { id: schoolId },
      body: {
        ...recordOf(brandTextKeys, (key) => words[key] ?? ''),
        category: words.category ?? null,
        localResources: words.localResources ?? [],
        logoFileId: logo[0]?.id ?? null,
        version: brand ? Number(seen) : 0,
        renameReason: words.renameReason ?? '',
      },
    })
    await readAnew(queries)
    void navigate('/brand')
  }

  return (
    <Draft<Values>
      name={`brand:${schoolId}`}
      initial={initial}
      seen={brand ? String(brand.version) : undefined}
      onSave={save}
      saveLabel="保存品牌"
    >
      <Form.Item
        name="name"
        label="品牌名称"
        rules={[{ required: true }]}
        extra={`最多 ${brandTexts.name} 个字，一听就记得住。`}
      >
        <Line most={brandTexts.name} label="品牌名称" />
      </Form.Item>
      {brand?.publishedAt && <Renaming from={brand.name} />}
      <Form.Item name="category" required label="品牌类别">
        <Select allowClear options={view.categories.map((label) => ({ value: label, label }))} />
      </Form.Item>
      <Form.Item name="concept" required label="品牌理念" extra="一两句话说清这个品牌信什么、为谁做什么。">
        <LongText most={brandTexts.concept} label="品牌理念" rows={3} />
      </Form.Item>
      <Near />
      <Form.Item name="connotation" required label="品牌内涵" extra="名称的含义、从哪里来、包含哪些方面。">
        <LongText most={brandTexts.connotation} label="品牌内涵" rows={7} />
      </Form.Item>
      <Form.Item name="slogan" label="口号">
        <Line most={brandTexts.slogan} label="口号" />
      </Form.Item>
      <Form.Item name="localResources" label="本地资源" extra="可以选，也可以自己写，写完按回车。">
        <Select mode="tags" maxCount={12} options={usualResources.map((label) => ({ value: label, label }))} />
      </Form.Item>
      <Form.Item name="logo" label="标识">
        <FileField accept="image/jpeg,image/png,image/webp" max={1} hint="图片，jpg、png 或 webp。" />
      </Form.Item>
    </Draft>
  )
}

/** A published brand is renamed by the secretary, with a reason that the office and the public can see. */
function Renaming(props: { from: string }) {
  const form = Form.useFormInstance<Values>()
  const isSecretary = useHolds('secretary')
  const name = (Form.useWatch('name', form) ?? props.from).trim()
  if (name === props.from) return null
  if (!isSecretary)
    return (
      <div className="notice notice-warn" role="status">
        <p>品牌已经公布，改名须由书记办理。其他内容可以照常修改：请先把名称改回{quoted(props.from)}。</p>
      </div>
    )
  return (
    <Form.Item
      name="renameReason"
      label="改名的理由"
      rules={[{ required: true, whitespace: true, max: 200 }]}
      extra={`局党工委办会收到提醒；门户会写明原名${quoted(props.from)}；已颁发的证书仍是原名。`}
    >
      <LongText most={200} label="改名的理由" rows={2} />
    </Form.Item>
  )
}

/** Says as one types that another school is already near (G3): a warning, never a bar. */
function Near() {
  const form = Form.useFormInstance<Values>()
  const name = useDeferredValue((Form.useWatch('name', form) ?? '').trim())
  const concept = useDeferredValue((Form.useWatch('concept', form) ?? '').trim())
  const near = useSimilarBrands(name, concept)
  if (!near.data || (near.data.items.length === 0 && !near.data.draftNear)) return null
  return (
    <div className="notice notice-warn" role="status">
      <p className="notice-title">和别的学校相近</p>
      <ul>
        {near.data.items.map((one) => (
          <li key={one.schoolName + one.name}>
            {one.schoolName}
            {quoted(one.name)}
          </li>
        ))}
        {near.data.draftNear && <li>有学校正在起草的品牌与此相近，尚未公布；可以向区教育局了解。</li>}
      </ul>
      <p>百花齐放，各有特色：请想一想怎样区别开来。不影响保存。</p>
    </div>
  )
}
