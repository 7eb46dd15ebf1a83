/** The box says no; the message is for people and says what to do. The server knows it by its name, also over HTTP. */
export function refused(message: string): Error {
  const error = new Error(message)
  error.name = 'BoxRefused'
  return error
}
