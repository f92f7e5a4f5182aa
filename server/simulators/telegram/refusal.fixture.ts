import { GrammyError } from 'grammy'

/** What a call was refused with; a call that was not refused fails the test. */
export async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof GrammyError)) throw new Error(`Expected a refusal, got ${String(error)}`)
  const { error_code: code, description, parameters } = error
  return Object.keys(parameters).length > 0 ? { code, description, parameters } : { code, description }
}
