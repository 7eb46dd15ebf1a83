import type { UploadRefusal } from '#domain/records/upload.ts'

/** Ends the judging of a file with the reason. */
export class Refused extends Error {
  readonly code: UploadRefusal
  constructor(code: UploadRefusal) {
    super(code)
    this.code = code
  }
}
