import { statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { realPathBelow } from '../../core/files.ts'
import type { Requests } from '../client/protocol.ts'
import type { Editor } from '../fixes/editor.ts'
import type { SourceFixes } from '../fixes/fix-page.ts'
import { isRefusal, type RequestRefusal } from '../fixes/refusal.ts'
import type { Authorizer } from './authorize.ts'
import { readBody } from './read-body.ts'
import type { ServedFile } from './served-site.ts'

type ActionName = keyof Requests

/** What an action answers, as JSON. */
export type ActionResult = RequestRefusal | Readonly<Record<string, number | string>>

export interface ActionContext {
  readonly authorizer: Authorizer
  readonly fixes: SourceFixes
  readonly editor: Editor | undefined
  /** Absolute. */
  readonly root: string
  /** The page at an address, as it is now. Undefined when no page can have it. */
  pageAt(address: string): Promise<{ readonly path: string; readonly reading: ServedFile } | undefined>
}

export const isAction = (name: string): name is ActionName => Object.hasOwn(actions, name)

/** Does what a page asks for, or says why not. Nothing is looked at before it is known who asks. */
export async function act(
  name: ActionName,
  request: IncomingMessage,
  context: ActionContext,
): Promise<ActionResult> {
  const stranger = context.authorizer.refuseOrigin(request)
  if (stranger) return stranger
  const body = await readBody(request)
  if (isRefusal(body)) return body
  const { page: address } = body.fields
  const page = typeof address === 'string' ? await context.pageAt(address) : undefined
  if (!page) return { status: 400, sentence: 'The request names no page.' }
  const unknown = context.authorizer.refuseToken(request, page.path)
  if (unknown) return unknown
  return actions[name](body.fields, page.reading, context)
}

type Action = (
  fields: Readonly<Record<string, unknown>>,
  page: ServedFile,
  context: ActionContext,
) => ActionResult | Promise<ActionResult>

const actions: Readonly<Record<ActionName, Action>> = {
  fix({ source, version, fixes: ids }, { review }, { fixes }) {
    const isGood =
      typeof source === 'string' &&
      typeof version === 'string' &&
      Array.isArray(ids) &&
      ids.every(id => typeof id === 'string')
    if (!isGood) return { status: 400, sentence: 'The request does not say what to fix.' }
    const current = review?.()
    if (!current) return { status: 403, sentence: 'This page has no source that could be fixed.' }
    return fixes.fix(current, { source, version, fixes: ids })
  },
  undo(_, { review }, { fixes }) {
    const { path } = review?.()?.source ?? {}
    if (path === undefined) return { status: 403, sentence: 'This page has no source.' }
    return fixes.undo(path)
  },
  async open({ file, line = 1, column = 1 }, { diagnostics }, { editor, root }): Promise<ActionResult> {
    if (typeof file !== 'string' || !isCount(line) || !isCount(column))
      return { status: 400, sentence: 'The request names no place.' }
    if (editor?.kind !== 'program')
      return { status: 403, sentence: 'No editor is known; name one with --editor or EDITOR.' }
    const isReported = diagnostics().some(each => each.file?.path === file)
    if (!isReported) return { status: 403, sentence: 'Nothing on this page is about that file.' }
    const path = fileBelow(root, file)
    if (path === undefined) return { status: 403, sentence: 'That is no file of the site.' }
    const failure = await editor.open(path, line, column)
    return failure === undefined
      ? { opened: file }
      : { status: 500, sentence: `The editor does not start: ${failure}` }
  },
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** The file, absolute, when it really is one and below the root. */
function fileBelow(root: string, file: string): string | undefined {
  const path = join(root, file)
  const real = realPathBelow(root, path)
  return real !== undefined && statSync(real, { throwIfNoEntry: false })?.isFile() ? path : undefined
}
