import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { SupportSettings } from '../../domain/support-settings.ts'
import type { KeptSupportSettings } from '../../keep-support-settings.ts'

type Shown = components['schemas']['SupportSettings']

export function settingsHandlers(
  settings: KeptSupportSettings,
): Pick<Handlers, 'getSupportSettings' | 'putSupportSettings'> {
  return {
    getSupportSettings: async ({ caller: { projectId } }) => ({
      status: 200,
      body: present(await settings.of(projectId)),
    }),
    putSupportSettings: async ({ caller: { projectId }, body }) => {
      const kept = await settings.put(projectId, body)
      return isRefusal(kept) ? kept : { status: 200, body: present(kept) }
    },
  }
}

function present({ topics, notePrefixes, answers, ...settings }: SupportSettings): Shown {
  return { ...settings, topics: [...topics], notePrefixes: [...notePrefixes], answers: [...answers] }
}
