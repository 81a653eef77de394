import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur lsp: a language server, for editors

  imprimatur lsp              speaks the Language Server Protocol on standard input and output

It shows what lint and build would say while you write, sets what is badly set, completes
links and front matter, and keeps links right when a heading is renamed or a page moves.

  --stdio                     as many editors call it; there is no other way
  --help                      this text

A site's configuration, layouts and templates are programs. They are run only when the editor
says that the folder is trusted: initializationOptions { "trusted": true }. Else typography
alone is looked at, with the settings of imprimatur.config.json.
`,
  options: { help: commonOptions.help, stdio: { type: 'boolean' } },
  most: 0,
  run,
}

/** Standard input and output are the protocol's from here on. */
async function run({ version, cwd, pipes, interrupted }: Call): Promise<Outcome> {
  const [{ createConnection }, { serve }] = await Promise.all([
    import('../../editor/protocol.ts'),
    import('../../editor/server.ts'),
  ])
  const { input, output } = pipes()
  const connection = createConnection(input, output)
  serve(connection, { version, cwd })
  await Promise.race([interrupted(), new Promise(resolve => void input.once('close', resolve))])
  connection.dispose()
  // While it is open, the process would wait for more.
  input.destroy()
  return { diagnostics: [] }
}
