import type { JsonSchema, Kind } from '../../core/value-kinds.ts'
import type { Path } from './yaml-document.ts'

/** Text, a number or a flag. */
export interface ScalarKind extends Kind {
  /** What is wrong with this very value, where that is more than `expected`: completes "it must be …" too. */
  readonly narrow?: (value: unknown) => string | undefined
}

export interface Field {
  readonly kind: StructureKind
  readonly isOptional: boolean
  /** For editors. */
  readonly description?: string | undefined
}

/** A mapping with these keys and no other; `T` is what it holds once it is accepted. */
export interface RecordKind<T> {
  readonly expected: string
  readonly fields: { readonly [K in keyof T]-?: Field }
}

/** A `RecordKind` of whatever type. */
interface AnyRecordKind {
  readonly expected: string
  readonly fields: Readonly<Record<string, Field>>
}

interface ListKind {
  readonly expected: string
  readonly items: StructureKind
}

/** One of several records, told apart by the value of their key `type`. */
interface VariantKind {
  readonly expected: string
  readonly variants: Readonly<Record<string, AnyRecordKind>>
}

/** A word or a record: which of them is meant is plain from what is written. */
interface WordOrRecordKind {
  readonly expected: string
  readonly word: ScalarKind
  readonly record: AnyRecordKind
}

export type StructureKind = ScalarKind | AnyRecordKind | ListKind | VariantKind | WordOrRecordKind

/** What is wrong at one place. */
export type Issue =
  | { readonly path: Path; readonly what: 'missing' | 'value'; readonly expected: string }
  | { readonly path: Path; readonly what: 'unknown-key'; readonly known: readonly string[] }

export const required = (kind: StructureKind, description?: string): Field => ({
  kind,
  isOptional: false,
  description,
})

export const optional = (kind: StructureKind, description?: string): Field => ({
  kind,
  isOptional: true,
  description,
})

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Everything that is wrong with a value: first what its fields are, in the order of the kind, then strange keys. */
export function findIssues(kind: StructureKind, value: unknown, path: Path = []): readonly Issue[] {
  const refused = (expected = kind.expected): readonly Issue[] => [{ path, what: 'value', expected }]
  if ('accepts' in kind) return kind.accepts(value) ? [] : refused(kind.narrow?.(value))
  if ('items' in kind) {
    if (!Array.isArray(value)) return refused()
    return value.flatMap((item, n) => findIssues(kind.items, item, [...path, n]))
  }
  if ('word' in kind) {
    if (isRecord(value)) return findIssues(kind.record, value, path)
    return kind.word.accepts(value) ? [] : refused(kind.word.narrow?.(value))
  }
  if (!isRecord(value)) return refused()
  if ('variants' in kind) {
    const { type } = value
    if (typeof type === 'string' && Object.hasOwn(kind.variants, type)) {
      return findIssues(kind.variants[type]!, value, path)
    }
    const what = type === undefined ? 'missing' : 'value'
    return [{ path: [...path, 'type'], what, expected: kind.expected }]
  }
  const known = Object.keys(kind.fields)
  return [
    ...Object.entries(kind.fields).flatMap(([key, field]): readonly Issue[] => {
      const inner = Object.hasOwn(value, key) ? value[key] : undefined
      if (inner !== undefined) return findIssues(field.kind, inner, [...path, key])
      return field.isOptional
        ? []
        : [{ path: [...path, key], what: 'missing', expected: field.kind.expected }]
    }),
    ...Object.keys(value)
      .filter(key => !known.includes(key))
      .map((key): Issue => ({ path: [...path, key], what: 'unknown-key', known })),
  ]
}

/** The same for editors. */
export function toJsonSchema(kind: StructureKind): JsonSchema {
  if ('accepts' in kind) return kind.jsonSchema
  if ('items' in kind) return { type: 'array', items: toJsonSchema(kind.items) }
  if ('word' in kind) return { oneOf: [toJsonSchema(kind.word), toJsonSchema(kind.record)] }
  if ('variants' in kind) return { oneOf: Object.values(kind.variants).map(toJsonSchema) }
  const fields = Object.entries(kind.fields)
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([key, { kind: inner, description }]) => [
        key,
        { ...(description !== undefined && { description }), ...toJsonSchema(inner) },
      ]),
    ),
    required: fields.filter(([, { isOptional }]) => !isOptional).map(([key]) => key),
    additionalProperties: false,
  }
}
