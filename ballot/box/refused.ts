/** The box says no; the message is for people and says what to do. The server knows it by its name, also over HTTP. */
export function refused(message: string): Error {
  const error = new Error(message)
  error.name = 'BoxRefused'
  return error
}

export const isRefused = (error: unknown): error is Error => error instanceof Error && error.name === 'BoxRefused'

/** The box cannot work as it is; the message names the file and is for whoever runs the machine. */
export function boxBroken(message: string, cause?: unknown): Error {
  const error = new Error(message, { cause })
  error.name = 'BoxBroken'
  return error
}

/** The keys of a survey that has not been counted are away: no code can be read, nothing can be counted until they are back. */
export const keysMissing = (): Error =>
  refused(
    '票箱里这次测评的密钥不见了，现在不能制发编码、答题和计票。请管理员按备份把密钥文件夹（ballot-keys）放回原处，再试一次。',
  )
