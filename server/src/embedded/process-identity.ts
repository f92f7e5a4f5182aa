import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export type ProcessIdentity = { readonly pid: number; readonly startedAt: string }

/**
 * Names one running process and no later one: a pid alone comes back after a reboot and in every restarted
 * container. Undefined when it is gone or a zombie.
 */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt
}

// proc(5): the name may hold spaces and brackets, so the fields are counted from the last one; state is field 3,
// the start in clock ticks since boot is field 22.
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${fields[19]}`
  } catch {
    return undefined
  }
}

function startByPs(pid: number): string | undefined {
  try {
    const env = { LC_ALL: 'C', PATH: '/usr/bin:/bin' }
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      env,
      encoding: 'utf8',
    }).trim()
    const [, state, startedAt] = /^(\S+)\s+(.+)$/.exec(line) ?? []
    return state === undefined || state.startsWith('Z') ? undefined : startedAt
  } catch {
    return undefined
  }
}
