import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { GivenPageSettings, PageSettings } from '../../domain/page-settings.ts'
import type { KeptSettings } from '../../keep-settings.ts'

type Shown = components['schemas']['PageSettings']
type Operations = 'getPageSettings' | 'putPageSettings'

export function pageSettingsHandlers(
  settings: KeptSettings<GivenPageSettings, PageSettings>,
): Pick<Handlers, Operations> {
  return {
    getPageSettings: async ({ caller: { projectId } }) => ({
      status: 200,
      body: (await settings.of(projectId)) as Shown,
    }),

    putPageSettings: async ({ caller: { projectId }, body }) => {
      const put = await settings.put(projectId, body)
      return isRefusal(put) ? put : { status: 200, body: put as Shown }
    },
  }
}
