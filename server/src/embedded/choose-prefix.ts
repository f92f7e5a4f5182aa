import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findExecutable } from './find-executable.ts'

const run = promisify(execFile)

export type Prefix = { readonly words: readonly string[]; readonly uid: number }

/** nobody: the one user without rights that every Linux has, so that none has to be made. */
const NOBODY = 65534

/**
 * The words to put before a command so that it dies with this process and, for root, so that Postgres agrees to
 * run: the first choice with which `probe` really runs here.
 */
export async function choosePrefix(settings: {
  probe: readonly string[]
  deathSignal: 'SIGINT' | 'SIGTERM'
  refusesRoot: boolean
  searchPath: string
}): Promise<Prefix> {
  const failures: string[] = []
  for (const prefix of choices(settings)) {
    const [file = '', ...args] = [...prefix.words, ...settings.probe]
    try {
      await run(file, args, { env: { LC_ALL: 'C', PATH: settings.searchPath }, timeout: 10_000 })
      return prefix
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string }
      const reason = (stderr?.trim() || message).split('\n').at(-1) ?? ''
      failures.push(`${prefix.words[0] ?? 'directly'} (uid ${prefix.uid}): ${reason}`)
    }
  }
  const tried =
    failures.length === 0 ? 'neither unshare nor setpriv is on the search path' : failures.join('; ')
  throw new Error(`${settings.probe[0]} does not run: ${tried}`)
}

function choices(settings: {
  deathSignal: string
  refusesRoot: boolean
  searchPath: string
}): readonly Prefix[] {
  const uid = process.getuid?.() ?? -1
  const setpriv = findExecutable(['setpriv'], settings.searchPath)
  const unshare = findExecutable(['unshare'], settings.searchPath)
  const dieWithUs = ['--pdeathsig', settings.deathSignal, '--']
  const dying = setpriv === undefined ? [] : [{ words: [setpriv, ...dieWithUs], uid }]
  if (uid !== 0 || !settings.refusesRoot) return [...dying, { words: [], uid }]

  // Inside a user namespace root looks like nobody and its files with it: a home of mode 0700 stays reachable.
  // No --fork: every link of the chain execs the next, so the pid and the parent stay ours (pdeathsig needs both).
  const namespace = [unshare ?? '', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']
  const inNamespace =
    unshare === undefined
      ? []
      : [...dying.map(({ words }) => ({ words: [...namespace, ...words], uid })), { words: namespace, uid }]
  const drop = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const dropped = setpriv === undefined ? [] : [{ words: [setpriv, ...drop, ...dieWithUs], uid: NOBODY }]
  return [...inNamespace, ...dropped]
}
