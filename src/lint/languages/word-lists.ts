/**
 * What the rules know of a language’s words. A word may be written with its endings, `глав(а|ы|е)`; several stand in one string,
 * with blanks between them.
 */
export interface WordLists {
  /** Stand behind their number and never without it; as they are written, without a full stop: `kg`, `руб`. */
  readonly units: string
  /** Nouns that say how much: they are tied to a year-like number, too, and to one behind a name. */
  readonly counted: string
  /** What follows a year and belongs to it. */
  readonly eras: string
  /** Stand before the number that is their name: `chapter`, `глава`. */
  readonly labels: string
  /** The same, with a full stop behind them: `fig`, `табл`. */
  readonly labelAbbreviations: string
  /** Names that go with a number, also at the beginning of a sentence, where every word has a capital. */
  readonly products: string
  readonly months: string
  /** Words that no number counts and that name nothing: prepositions, pronouns, verbs such as “is”. */
  readonly functionWords: string
  /** Stand before a name, with a full stop behind them: `Mr`, `проф`. */
  readonly titles: string
  /** Words of one letter: between two of them a dash is a dash, and no minus. */
  readonly letters: string
  /** What the preset `book` ties to the next word. */
  readonly proclitics: string
  /** Single capital letters behind them are no initials: `витамин С.` */
  readonly lettered: string
}
