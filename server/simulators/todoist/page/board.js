import { markdownBlocks, markdownInline } from './markdown.js'

const WORDS = {
  en: {
    title: 'Todoist simulator',
    project: 'Project',
    me: 'You are',
    newAgent: 'New agent',
    newAgentHint: 'The name of a person who joins this project',
    weather: 'What goes wrong',
    webhooksLost: 'Events are lost',
    webhooksLostHint: 'Webhooks tell nobody; polling still sees everything',
    outage: 'Todoist is down',
    outageHint: 'Every call is cut off, no event leaves',
    down: 'Todoist is down: nothing reaches it and nothing leaves it',
    unheard: 'Events are lost: only polling sees what happens here',
    noContact: 'The simulator does not answer',
    board: 'Board',
    empty: 'Nothing here',
    noSection: 'No section',
    finished: 'Completed',
    addTask: 'Add task',
    addSection: 'Add section',
    renameSection: 'Rename section',
    deleteSection: 'Delete section',
    deleteSectionHint: (count) => `Its tasks go with it: ${count}`,
    sectionActions: 'Actions with the section',
    rename: 'Rename',
    remove: 'Delete',
    add: 'Add',
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    complete: 'Complete',
    reopen: 'Reopen',
    renameTask: 'Rename task',
    deleteTask: 'Delete task',
    assignee: 'Assignee',
    nobody: 'Nobody',
    section: 'Section',
    priority: 'Priority',
    priorities: { 4: 'P1 · urgent', 3: 'P2 · high', 2: 'P3 · medium', 1: 'P4 · usual' },
    labels: 'Labels',
    labelsHint: 'with, commas',
    comments: 'Comments',
    noComments: 'No comments yet',
    comment: 'Comment',
    commentAs: (name) => `Comment as ${name}`,
    send: 'Send',
    attach: 'Attach a file',
    detach: 'Take the file away',
    edit: 'Edit',
    editComment: 'Edit comment',
    deleteComment: 'Delete comment',
    pending: 'uploading…',
    noProject: 'There is no project yet. The product makes its board when it is connected.',
    makeProject: 'New project',
    you: 'you',
  },
  ru: {
    title: 'Симулятор Todoist',
    project: 'Проект',
    me: 'Вы',
    newAgent: 'Новый агент',
    newAgentHint: 'Имя человека, который войдёт в этот проект',
    weather: 'Что идёт не так',
    webhooksLost: 'События теряются',
    webhooksLostHint: 'Вебхуки никому не сообщают, опрос видит всё',
    outage: 'Todoist не работает',
    outageHint: 'Любой вызов обрывается, события не уходят',
    down: 'Todoist не работает: ничего не доходит и ничего не уходит',
    unheard: 'События теряются: происходящее видит только опрос',
    noContact: 'Симулятор не отвечает',
    board: 'Доска',
    empty: 'Здесь пусто',
    noSection: 'Без раздела',
    finished: 'Выполнено',
    addTask: 'Добавить задачу',
    addSection: 'Добавить раздел',
    renameSection: 'Переименовать раздел',
    deleteSection: 'Удалить раздел',
    deleteSectionHint: (count) => `Вместе с задачами: ${count}`,
    sectionActions: 'Действия с разделом',
    rename: 'Переименовать',
    remove: 'Удалить',
    add: 'Добавить',
    save: 'Сохранить',
    cancel: 'Отмена',
    close: 'Закрыть',
    complete: 'Выполнить',
    reopen: 'Вернуть',
    renameTask: 'Переименовать задачу',
    deleteTask: 'Удалить задачу',
    assignee: 'Исполнитель',
    nobody: 'Никто',
    section: 'Раздел',
    priority: 'Приоритет',
    priorities: { 4: 'P1 · срочно', 3: 'P2 · высокий', 2: 'P3 · средний', 1: 'P4 · обычный' },
    labels: 'Метки',
    labelsHint: 'через запятую',
    comments: 'Комментарии',
    noComments: 'Комментариев пока нет',
    comment: 'Комментарий',
    commentAs: (name) => `Комментарий от имени: ${name}`,
    send: 'Отправить',
    attach: 'Приложить файл',
    detach: 'Убрать файл',
    edit: 'Изменить',
    editComment: 'Изменить комментарий',
    deleteComment: 'Удалить комментарий',
    pending: 'загружается…',
    noProject: 'Проекта пока нет. Продукт сам построит доску, когда его подключат.',
    makeProject: 'Новый проект',
    you: 'вы',
  },
}

const query = new URLSearchParams(location.search)
// Whoever shows the page beside others may choose, and choose again.
const wanted = query.get('lang')
const language = Object.hasOwn(WORDS, wanted ?? '')
  ? wanted
  : /^(ru|uk|be|kk)/i.test(navigator.language)
    ? 'ru'
    : 'en'
const words = WORDS[language]
const $ = (id) => document.getElementById(id)
const card = $('card')
const REST_MS = 120

let state = null
let chosen = query.get('project') ?? ''
let me = localStorage.getItem('me') ?? ''
/** Who is to speak as soon as it is known that they share the board. */
let wished = ''
let open = query.get('task') ?? ''
const shown = {}
let isLoading = false
let isStale = false
let dragged = ''
let attachment = null

document.documentElement.lang = language
document.title = words.title
for (const node of document.querySelectorAll('[data-t]')) node.textContent = words[node.dataset.t]
for (const node of document.querySelectorAll('[data-label]')) {
  node.setAttribute('aria-label', words[node.dataset.label])
  if (node.tagName === 'BUTTON') node.title = words[node.dataset.label]
}
for (const node of document.querySelectorAll('[data-placeholder]'))
  node.placeholder = words[node.dataset.placeholder]

function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

function button(className, label, onClick, ...children) {
  const node = element('button', className, ...children)
  node.type = 'button'
  if (label) node.title = label
  if (label && children.length !== 1) node.setAttribute('aria-label', label)
  node.addEventListener('click', onClick)
  return node
}

const nameOf = (uid) => state?.users.find((user) => user.uid === uid)?.name ?? uid

function avatar(uid) {
  const parts = nameOf(uid).trim().split(/\s+/)
  const initials = [parts[0], parts[1]].map((part) => (part ? [...part][0] : '')).join('')
  const hue = [...uid].reduce((sum, digit) => sum + Number(digit), 0) % 7
  const node = element('span', `avatar hue${hue}`, initials.toUpperCase())
  node.title = nameOf(uid)
  return node
}

function when(timestamp) {
  const date = new Date(timestamp)
  const isToday = date.toDateString() === new Date().toDateString()
  const time = date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return isToday ? time : `${date.toLocaleDateString(language, { day: 'numeric', month: 'short' })}, ${time}`
}

// ---- talking to the simulator

async function act(control, input) {
  const response = await fetch(`/control/${control}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  }).catch(() => undefined)
  if (!response) return void say(words.noContact)
  const { error, result } = await response.json()
  if (error) return void say(error)
  await load()
  return result ?? true
}

async function load() {
  if (isLoading) {
    isStale = true
    return
  }
  isLoading = true
  try {
    const response = await fetch(`/control/page?${new URLSearchParams({ project: chosen, task: open })}`)
    state = await response.json()
    show()
  } catch {
    banner(words.noContact)
  }
  isLoading = false
  if (!isStale) return
  isStale = false
  await load()
}

let resting
function changed() {
  resting ??= setTimeout(() => {
    resting = undefined
    if (!dragged) void load()
  }, REST_MS)
}

let toastTimer
function say(text) {
  const toast = $('toast')
  toast.textContent = text
  toast.hidden = false
  // A dialog lies above the page, and so must what is said about it.
  if (card.open) card.append(toast)
  else document.body.append(toast)
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => (toast.hidden = true), 4000)
}

function banner(text) {
  $('offline').textContent = text
  $('offline').hidden = text === ''
}

/** Asks for a text, or for a yes when `value` is undefined. */
function ask({ title, value, hint = '', yes, isDangerous = false }) {
  return new Promise((resolve) => {
    const dialog = $('ask')
    const text = $('ask-text')
    $('ask-title').textContent = title
    $('ask-hint').textContent = hint
    $('ask-hint').hidden = hint === ''
    $('ask-yes').textContent = yes
    $('ask-yes').classList.toggle('danger', isDangerous)
    text.hidden = value === undefined
    text.value = value ?? ''
    dialog.returnValue = ''
    dialog.showModal()
    if (value !== undefined) {
      grow(text)
      text.select()
    }
    dialog.onclose = () => {
      if (dialog.returnValue !== 'yes') return resolve(undefined)
      resolve(value === undefined ? true : text.value.trim() || undefined)
    }
  })
}
$('ask-no').addEventListener('click', () => $('ask').close(''))
$('ask-form').addEventListener('submit', (event) => {
  event.preventDefault()
  $('ask').close('yes')
})

function grow(text) {
  text.style.height = 'auto'
  text.style.height = `${Math.min(text.scrollHeight, 180)}px`
}
for (const id of ['text', 'ask-text']) {
  $(id).addEventListener('input', () => grow($(id)))
  $(id).addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    $(id).form.requestSubmit()
  })
}

// ---- showing

/** Calls `paint` only when what it would paint has changed. */
function once(key, value, paint) {
  const text = JSON.stringify(value)
  if (shown[key] === text) return
  shown[key] = text
  paint()
}

function fill(select, options, value) {
  once(`select ${select.id}`, [options, value], () => {
    select.replaceChildren(
      ...options.map(([key, label]) => {
        const option = element('option', '', label)
        option.value = key
        return option
      }),
    )
    select.value = value
  })
}

function show() {
  const { board, settings } = state
  banner(settings.outage ? words.down : settings.webhooksLost ? words.unheard : '')
  for (const input of document.querySelectorAll('[data-setting]'))
    input.checked = settings[input.dataset.setting]
  chosen = board?.id ?? ''
  const members = board?.people ?? []
  if (wished !== '' && members.includes(wished)) {
    me = wished
    wished = ''
    localStorage.setItem('me', me)
  }
  if (!members.includes(me)) me = members.find((uid) => uid !== board.ownerUid) ?? members[0] ?? ''
  fill(
    $('project'),
    state.projects.map(({ id, name, tasks }) => [id, `${name} · ${tasks}`]),
    chosen,
  )
  fill(
    $('me'),
    members.map((uid) => [uid, nameOf(uid)]),
    me,
  )
  once('board', [board, me, state.users], () => showBoard(board))
  showCard()
}

function showBoard(board) {
  const root = $('board')
  const hasOnlyInbox = state.projects.every(({ isInbox }) => isInbox)
  if (!board || (hasOnlyInbox && board.tasks.length === 0)) {
    const make = button('filled', words.makeProject, makeProject, words.makeProject)
    return root.replaceChildren(element('section', 'nothing', element('p', '', words.noProject), make))
  }
  const places = new Map(
    [...root.querySelectorAll('.cards')].map((node) => [node.dataset.id, node.scrollTop]),
  )
  const sideways = root.scrollLeft
  const loose = board.tasks.filter(({ section_id }) => section_id === null)
  const columns = board.sections.map((section) =>
    column(
      section,
      board.tasks.filter(({ section_id }) => section_id === section.id),
    ),
  )
  if (loose.length > 0 || columns.length === 0)
    columns.unshift(column({ id: '', name: words.noSection }, loose))
  const more = button('add-section', words.addSection, addSection, `+ ${words.addSection}`)
  root.replaceChildren(...columns, element('div', 'last', more, finishedOf(board.finished)))
  for (const node of root.querySelectorAll('.cards')) node.scrollTop = places.get(node.dataset.id) ?? 0
  root.scrollLeft = sideways
}

function column({ id, name }, tasks) {
  const cards = element('div', 'cards', ...tasks.map(cardOf))
  cards.dataset.id = id
  if (tasks.length === 0) cards.append(element('p', 'empty', words.empty))
  const head = element(
    'header',
    'column-head',
    element('h2', '', name),
    element('span', 'count', String(tasks.length)),
  )
  if (id !== '') {
    const menu = element('div', 'menu')
    menu.hidden = true
    menu.append(
      button('', '', () => renameSection(id, name), words.renameSection),
      button('danger', '', () => deleteSection(id, tasks.length), words.deleteSection),
    )
    const more = button(
      'quiet more',
      words.sectionActions,
      (event) => {
        event.stopPropagation()
        const isHidden = menu.hidden
        closeMenus()
        menu.hidden = !isHidden
      },
      '⋯',
    )
    more.setAttribute('aria-label', `${words.sectionActions}: ${name}`)
    head.append(more, menu)
  }
  const node = element('section', 'column', head, cards)
  node.append(button('add-task', words.addTask, () => addTask(id), `+ ${words.addTask}`))
  node.addEventListener('dragover', (event) => {
    if (!dragged) return
    event.preventDefault()
    node.classList.add('over')
  })
  node.addEventListener('dragleave', (event) => {
    if (!node.contains(event.relatedTarget)) node.classList.remove('over')
  })
  node.addEventListener('drop', (event) => {
    event.preventDefault()
    node.classList.remove('over')
    const taskId = dragged
    dragged = ''
    if (taskId) void act('move-task', { taskId, sectionId: id || null, by: me })
  })
  return node
}

function cardOf(task) {
  const check = button(`check p${task.priority}`, words.complete, (event) => {
    event.stopPropagation()
    void act('complete-task', { taskId: task.id, by: me })
  })
  const foot = element('div', 'card-foot')
  for (const label of task.labels) foot.append(element('span', 'label', label))
  if (task.due) foot.append(element('span', 'due', task.due.date.slice(0, 10)))
  if (task.note_count > 0) foot.append(element('span', 'notes', String(task.note_count)))
  if (task.responsible_uid) foot.append(avatar(task.responsible_uid))
  const title = button('card-name', '', () => openCard(task.id), task.content)
  const body = element('div', 'card-text', title)
  const firstLine = task.description.split('\n').find((line) => line.trim() !== '')
  if (firstLine)
    body.append(element('p', 'card-hint', ...markdownInline(firstLine.replace(/^[#>\-*\s]+\s/, ''))))
  if (foot.childNodes.length > 0) body.append(foot)
  const node = element('article', 'card', check, body)
  node.draggable = true
  node.dataset.id = task.id
  node.addEventListener('click', (event) => {
    if (!event.target.closest('button, a')) openCard(task.id)
  })
  node.addEventListener('dragstart', (event) => {
    dragged = task.id
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', task.content)
    node.classList.add('dragged')
  })
  node.addEventListener('dragend', () => {
    dragged = ''
    node.classList.remove('dragged')
    void load()
  })
  return node
}

function finishedOf(tasks) {
  if (tasks.length === 0) return ''
  const rows = tasks.map((task) => {
    const check = button(
      'check done',
      words.reopen,
      () => void act('reopen-task', { taskId: task.id, by: me }),
    )
    return element(
      'div',
      'done-row',
      check,
      button('card-name', '', () => openCard(task.id), task.content),
    )
  })
  const details = element(
    'details',
    'finished',
    element('summary', '', `${words.finished} · ${tasks.length}`),
    ...rows,
  )
  details.open = shown.finishedIsOpen === true
  details.addEventListener('toggle', () => (shown.finishedIsOpen = details.open))
  return details
}

function closeMenus() {
  for (const menu of document.querySelectorAll('.menu')) menu.hidden = true
}
document.addEventListener('click', closeMenus)

// ---- the open card

function openCard(id) {
  if (open !== id) {
    $('text').value = ''
    setAttachment(null)
  }
  open = id
  void load()
}

function showCard() {
  const found = state.open
  if (!found || found.task.id !== open) {
    open = ''
    if (card.open) card.close()
    return
  }
  const { task, comments } = found
  const { board } = state
  once('card head', [task, board.sections, me], () => {
    const check = $('card-check')
    check.className = `check p${task.priority}${task.checked ? ' done' : ''}`
    check.title = task.checked ? words.reopen : words.complete
    check.setAttribute('aria-label', check.title)
    $('card-title').textContent = task.content
    $('card-title').title = words.renameTask
    $('card-title').classList.toggle('done', task.checked)
    const place = board.sections.find(({ id }) => id === task.section_id)?.name ?? words.noSection
    $('card-place').textContent = `${board.name} / ${task.checked ? words.finished : place}`
    $('card-description').replaceChildren(...markdownBlocks(task.description))
    $('card-description').hidden = task.description === ''
    $('text').placeholder = words.commentAs(nameOf(me))
  })
  fill(
    $('card-assignee'),
    [['', words.nobody], ...board.people.map((uid) => [uid, nameOf(uid)])],
    task.responsible_uid ?? '',
  )
  fill(
    $('card-section'),
    [['', words.noSection], ...board.sections.map(({ id, name }) => [id, name])],
    task.section_id ?? '',
  )
  fill(
    $('card-priority'),
    [4, 3, 2, 1].map((priority) => [String(priority), words.priorities[priority]]),
    String(task.priority),
  )
  if (document.activeElement !== $('card-labels')) $('card-labels').value = task.labels.join(', ')
  once('comments', [task.id, comments, me], () => showComments(task, comments))
  if (!card.open) {
    card.showModal()
    // On a phone it would bring up the keyboard before anything was read.
    if (window.matchMedia('(hover: hover)').matches) $('text').focus()
    else card.focus()
    const body = $('card-body')
    body.scrollTop = body.scrollHeight
    $('card-main').scrollTop = $('card-main').scrollHeight
  }
}

function showComments(task, comments) {
  $('comments-title').textContent = `${words.comments} · ${comments.length}`
  const scrollers = [$('card-main'), $('card-body')]
  const wasAtEnd = scrollers.map((node) => node.scrollHeight - node.scrollTop - node.clientHeight < 80)
  const rows = comments.map(commentOf)
  if (rows.length === 0) rows.push(element('p', 'empty', words.noComments))
  $('comments').replaceChildren(...rows)
  scrollers.forEach((node, at) => {
    if (wasAtEnd[at]) node.scrollTop = node.scrollHeight
  })
}

function commentOf(note) {
  const isMine = note.posted_uid === me
  const head = element(
    'header',
    '',
    element('b', '', nameOf(note.posted_uid)),
    ...(isMine ? [element('span', 'you', words.you)] : []),
    element('time', '', when(note.posted_at)),
  )
  if (isMine) {
    const edit = button('', words.editComment, () => editComment(note), words.edit)
    const remove = button('', words.deleteComment, () => deleteComment(note), words.remove)
    head.append(element('span', 'comment-acts', edit, remove))
  }
  const said = element('div', 'words', ...markdownBlocks(note.content))
  const body = element('div', 'comment-body', head, said)
  if (note.file_attachment) body.append(attachmentOf(note.file_attachment))
  const node = element('article', 'comment', avatar(note.posted_uid), body)
  node.dataset.id = note.id
  return node
}

function attachmentOf({ file_name, file_url, file_size, file_type, upload_state }) {
  const size = file_size === undefined ? '' : `${Math.max(1, Math.round(file_size / 1024))} KB`
  const isPending = upload_state === 'pending'
  const link = element(
    'a',
    'file',
    element('b', '', file_name ?? file_url ?? ''),
    element('small', '', isPending ? words.pending : size),
  )
  const [, id] = /\/files\/(\w+)\//.exec(file_url ?? '') ?? []
  if (id && !isPending) {
    link.href = `/control/file?id=${id}`
    link.target = '_blank'
    if (/^image\/(png|jpeg|gif|webp)$/.test(file_type ?? '')) {
      const image = element('img', '')
      image.src = link.href
      image.alt = file_name ?? ''
      link.prepend(image)
      link.classList.add('picture')
    }
  }
  return link
}

// ---- what a person does

async function makeProject() {
  const owner = state.users[0]
  const name = await ask({ title: words.makeProject, value: '', yes: words.add })
  if (name) await act('create-project', { uid: owner.uid, name })
}

async function addSection() {
  const name = await ask({ title: words.addSection, value: '', yes: words.add })
  if (name) await act('create-section', { projectId: chosen, name, by: me })
}

async function renameSection(sectionId, old) {
  const name = await ask({ title: words.renameSection, value: old, yes: words.rename })
  if (name) await act('rename-section', { sectionId, name, by: me })
}

async function deleteSection(sectionId, count) {
  const hint = words.deleteSectionHint(count)
  const isSure = await ask({ title: words.deleteSection, hint, yes: words.remove, isDangerous: true })
  if (isSure) await act('delete-section', { sectionId, by: me })
}

async function addTask(sectionId) {
  const content = await ask({ title: words.addTask, value: '', yes: words.add })
  if (content)
    await act('create-task', { projectId: chosen, content, by: me, ...(sectionId && { sectionId }) })
}

async function editComment(note) {
  const content = await ask({ title: words.editComment, value: note.content, yes: words.save })
  if (content && content !== note.content) await act('edit-comment', { commentId: note.id, content, by: me })
}

async function deleteComment(note) {
  const isSure = await ask({
    title: words.deleteComment,
    hint: note.content.slice(0, 120),
    yes: words.remove,
    isDangerous: true,
  })
  if (isSure) await act('delete-comment', { commentId: note.id, by: me })
}

async function renameTask() {
  const { task } = state.open
  const content = await ask({ title: words.renameTask, value: task.content, yes: words.rename })
  if (content && content !== task.content) await act('rename-task', { taskId: task.id, content, by: me })
}

function setAttachment(file) {
  attachment = file
  $('attached').hidden = file === null
  $('attached-name').textContent = file?.name ?? ''
  $('file').value = ''
}

function asBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new window.FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}

$('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  void post()
})
async function post() {
  const content = $('text').value.trim()
  if (content === '' && !attachment) return
  const file = attachment
  const carried = file && {
    name: file.name,
    type: file.type || 'application/octet-stream',
    base64: await asBase64(file),
  }
  $('send').disabled = true
  const done = await act('add-comment', {
    uid: me,
    taskId: open,
    content,
    ...(carried && { attachment: carried }),
  })
  $('send').disabled = false
  if (!done) return
  $('text').value = ''
  grow($('text'))
  setAttachment(null)
  for (const node of [$('card-main'), $('card-body')]) node.scrollTop = node.scrollHeight
}

$('attach').addEventListener('click', () => $('file').click())
$('file').addEventListener('change', () => setAttachment($('file').files[0] ?? null))
$('detach').addEventListener('click', () => setAttachment(null))
$('card-close').addEventListener('click', () => card.close())
card.addEventListener('click', (event) => {
  if (event.target === card) card.close()
})
card.addEventListener('close', () => {
  open = ''
  void load()
})
$('card-title').addEventListener('click', () => void renameTask())
$('card-title').addEventListener('keydown', (event) => event.key === 'Enter' && void renameTask())
$('card-check').addEventListener('click', () => {
  const { task } = state.open
  void act(task.checked ? 'reopen-task' : 'complete-task', { taskId: task.id, by: me })
})
$('card-delete').addEventListener('click', async () => {
  const { task } = state.open
  const isSure = await ask({
    title: words.deleteTask,
    hint: task.content,
    yes: words.remove,
    isDangerous: true,
  })
  if (isSure) await act('delete-task', { taskId: task.id, by: me })
})
$('card-assignee').addEventListener('change', (event) =>
  act('assign', { taskId: open, uid: event.target.value || null, by: me }),
)
$('card-section').addEventListener('change', (event) =>
  act('move-task', { taskId: open, sectionId: event.target.value || null, by: me }),
)
$('card-priority').addEventListener('change', (event) =>
  act('set-priority', { taskId: open, priority: Number(event.target.value), by: me }),
)
$('card-labels').addEventListener('change', (event) => {
  const labels = event.target.value.split(',').map((label) => label.trim().replace(/^@/, ''))
  return act('set-labels', { taskId: open, labels: labels.filter(Boolean), by: me })
})
$('project').addEventListener('change', (event) => {
  chosen = event.target.value
  void load()
})
$('me').addEventListener('change', (event) => {
  me = event.target.value
  localStorage.setItem('me', me)
  show()
})
$('new-agent').addEventListener('click', async () => {
  const name = await ask({ title: words.newAgent, value: '', hint: words.newAgentHint, yes: words.add })
  if (!name) return
  const created = await act('create-user', { name })
  if (!created || !chosen) return
  await act('share-project', { projectId: chosen, uid: created.uid })
  wished = created.uid
  await load()
})
$('weather').addEventListener('click', () => {
  $('switches').hidden = !$('switches').hidden
  $('weather').setAttribute('aria-expanded', String(!$('switches').hidden))
})
for (const input of document.querySelectorAll('[data-setting]')) {
  input.addEventListener('change', () => act('change-settings', { [input.dataset.setting]: input.checked }))
}

window.addEventListener('message', ({ data }) => {
  if (!Object.hasOwn(WORDS, data?.lang) || data.lang === language) return
  location.replace(`?${new URLSearchParams({ lang: data.lang, project: chosen, task: open })}`)
})
const events = new EventSource('/control/events')
events.onmessage = changed
events.onerror = () => banner(words.noContact)
void load()
