/** What Todoist publishes about usage and sizes. */
export const LIMITS = {
  activeTasks: 300,
  sections: 20,
  projects: 300,
  collaborators: 5,
  labels: 500,
  labelsOfTask: 100,
  title: 500,
  description: 16_383,
  comment: 15_000,
  sectionName: 2048,
  projectName: 120,
  labelName: 128,
  commands: 100,
  page: 200,
  attachmentBytes: { free: 5 * 1024 * 1024, paid: 100 * 1024 * 1024 },
}
