import { COMMANDS, findCommand, usage } from './commands.ts'
import { explain } from './explain.ts'
import { Misuse } from './misuse.ts'
import { nearest } from './nearest.ts'
import { parse, refuseOthers } from './options.ts'
import { connect, readSettings } from './settings.ts'
import { languageOf, textsIn } from './texts.ts'
import { VERSION } from './version.ts'

export type Surroundings = {
  environment: Record<string, string | undefined>
  signal: AbortSignal
  writeOut: (text: string) => void
  writeErr: (text: string) => void
}

const INTERRUPTED = 130

/** Does what the arguments say; gives back the exit code. Whatever is written, the secret key is not in it. */
export async function run(
  args: string[],
  { environment, signal, writeOut, writeErr }: Surroundings,
): Promise<number> {
  const language = languageOf(environment)
  const texts = textsIn(language)
  let secretKey: string | undefined
  let url = ''
  let name = ''
  const hide = (text: string) => (secretKey === undefined ? text : text.replaceAll(secretKey, 'sk_…'))
  const print = (line: string) => writeOut(`${hide(line)}\n`)
  // A key may stand where none belongs.
  const note = (line: string) => writeErr(`${hide(line).replace(/\bsk_[\w-]{8,}/g, 'sk_…')}\n`)
  try {
    const { values, positionals } = parse(args)
    if (values.version === true) {
      print(VERSION)
      return 0
    }
    if (positionals.length === 0) {
      const asked = values.help === true || args.length === 0
      ;(asked ? print : note)(usage())
      return asked ? 0 : 2
    }
    const found = findCommand(positionals)
    if (found === undefined) {
      const meant = nearest(positionals.slice(0, 2).join(' '), Object.keys(COMMANDS)) ?? nearest(positionals[0]!, Object.keys(COMMANDS)) // prettier-ignore
      const or = meant === undefined ? '' : ` ${texts.orCommand(meant)}`
      throw new Misuse(`${texts.unknownCommand(positionals.join(' '))}${or}`)
    }
    const { command, rest } = found
    if (values.help === true) {
      print(command.help)
      return 0
    }
    name = `${found.name} `
    refuseOthers(values, command.options, found.name)
    const [least, most] = command.words ?? [0, 0]
    if (rest.length < least || rest.length > most) throw new Misuse(command.help.split('\n')[0])
    const settings = readSettings(values, environment, texts)
    ;({ url, secretKey } = settings)
    if (values.key !== undefined) note(texts.keyVisible())
    const tapline = connect(settings, language)
    const printJson = (value: unknown) => print(JSON.stringify(value))
    await command.run({ ...settings, tapline, words: rest, values, texts, signal, print, printJson, note })
    return 0
  } catch (error) {
    if (signal.aborted) return INTERRUPTED
    if (error instanceof Misuse) {
      note(`${error.message}\n${texts.seeHelp(name)}`)
      return 2
    }
    note(
      explain(error, url, texts) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    return 1
  }
}
