import { Button, Form } from 'antd'
import { Complaints } from './Complaints.tsx'
import { Conflicts, inWords } from './Conflicts.tsx'
import { FormDeskContext } from './formDesk.ts'
import { enterGoesOn, markOptional } from './formParts.tsx'
import { MissingFiles } from './MissingFiles.tsx'
import { type DraftProps, useDraft } from './useDraft.ts'
import './Draft.css'

/**
 * A form whose words are not lost: kept in this browser until the server has them, together with what they began from, so that
 * nothing newer is overwritten; files on their way are waited for; a button beside it asks before it acts.
 */
export function Draft<V extends object>(props: DraftProps<V>) {
  const draft = useDraft(props)
  const { form, base, news, complaints, box, submit } = draft
  const saveLabel = props.saveLabel ?? '保存'
  return (
    <FormDeskContext value={news.desk}>
      <div ref={box} onSubmitCapture={submit} onKeyDown={enterGoesOn}>
        <Form
          form={form}
          layout="vertical"
          className="draft"
          noValidate
          initialValues={base.initial}
          onValuesChange={base.remember}
          requiredMark={markOptional}
          validateMessages={{ required: '请填写“${label}”' }}
        >
          <Kept base={base} />
          <Complaints refusal={complaints.refusal} at={complaints.summary} />
          <Conflicts
            conflicts={base.conflicts}
            labelOf={draft.labelOf}
            wordsOf={({ path }, value) => props.wordsOf?.(path[0] ?? '', value) ?? inWords(value, props.names)}
            onChoose={base.choose}
          />
          {props.children}
          <div className="draft-foot">
            <Button type={props.quiet ? 'default' : 'primary'} htmlType="submit" loading={draft.busy}>
              {saveLabel}
            </Button>
            {props.more}
          </div>
          {news.running > 0 && (
            <p className="quiet" role="status">
              还有 {news.running} 个文件在传，传完才会{saveLabel}。
            </p>
          )}
        </Form>
        <MissingFiles
          open={draft.asking}
          count={news.failed()}
          saveLabel={saveLabel}
          onRetry={draft.again}
          onWithout={draft.without}
          onCancel={draft.stay}
        />
      </div>
    </FormDeskContext>
  )
}

/** Where the words in the form come from, when it is not simply what the server has. */
function Kept({ base }: { base: ReturnType<typeof useDraft>['base'] }) {
  return (
    <>
      {base.restored && (
        <p className="restored" role="status">
          已恢复未保存的内容。
          <button type="button" className="link" onClick={base.discard}>
            不要了，用已保存的
          </button>
        </p>
      )}
      {base.taken && base.conflicts.length === 0 && (
        <p className="restored" role="status">
          这份内容刚才在别处存过：别处改的已经放进来，您改的还在。请看过再保存。
        </p>
      )}
    </>
  )
}
