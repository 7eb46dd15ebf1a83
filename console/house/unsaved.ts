/** The forms that stand open: a button beside one asks here before it acts on what is written in it. */
export interface OpenForm {
  unsaved(): boolean
  /** It changes what stands already; otherwise it makes something new, which the button does not act on. */
  edits: boolean
  /** Saves; answers whether it is saved. What stood against it stands at the form then. */
  save(): Promise<boolean>
}

const forms = new Set<OpenForm>()

/** Until the returned function is called. */
export function standOpen(form: OpenForm): () => void {
  forms.add(form)
  return () => forms.delete(form)
}

export const unsavedForms = (): OpenForm[] => [...forms].filter((form) => form.unsaved())
