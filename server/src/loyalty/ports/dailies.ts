/** How far a task of each day has come in a project: by which local day, from which, and after which customer it goes on. */
export type Daily = { day: number; from: number; cursor: string | null }

export type Dailies = {
  find(projectId: string, task: string): Promise<Daily | undefined>
  put(projectId: string, task: string, daily: Daily): Promise<void>
}
