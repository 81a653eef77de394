import type { Dice } from './dice.ts'

/** What the posts of one language are made of. */
export interface Vocabulary {
  readonly subjects: readonly string[]
  readonly verbs: readonly string[]
  readonly objects: readonly string[]
  readonly circumstances: readonly string[]
  /** Between two clauses; straight quotes and double hyphens are there for a typography pass to mend. */
  readonly conjunctions: readonly string[]
  readonly headings: readonly string[]
  readonly sayings: readonly string[]
  /** A sentence with a link, and one with code and strong emphasis. */
  linked(dice: Dice): string
  emphatic(dice: Dice): string
}

const phrases = (list: string): readonly string[] => list.trim().split(/\s*[|\n]\s*/)

const english: Vocabulary = {
  subjects: phrases(`
    The compiler | A small keyboard | My old laptop | The layout engine | Every reader | The printing press
    A careful editor | The browser | This experiment | A static site | The type designer | An open protocol
    The author | A quiet room | The second draft | A plain text file | The build script | Our server
    The font loader | A good hyphenation dictionary`),
  verbs: phrases(`
    explains | breaks | rewrites | measures | ignores | replaces | survives | needs | remembers | prints
    renders | simplifies | postpones | keeps | delivers | hides | repeats | describes | compares | collects`),
  objects: phrases(`
    the first paragraph | a long list of links | the margin notes | an odd number of pages
    the whole history of punctuation | a dozen configuration files | the network request | all of the quotes
    the narrow column | its own output | a forgotten draft | the baseline grid | the apostrophe in "don't"
    most of the whitespace | an encrypted message | the cover image | the user's expectations
    a table of contents | three kinds of dashes | the last word on the line`),
  circumstances: phrases(`
    in a matter of minutes | for no obvious reason | as it was in 1984 | on a rainy day | without any plugins
    at the end of the line | after a short pause | by the light of a terminal | and nobody notices
    to the great surprise of its users | because it is easier that way | if you let it
    with 2 spaces of indentation | in 9 cases out of 10 | when the cache is cold | before the first coffee
    through a very small window | despite the documentation | against all advice | from scratch`),
  conjunctions: [' -- ', ', and ', '; ', ', but ', ': ', ', -- which is why '],
  headings: phrases(`
    A short history | What went wrong | How it works | Measuring the page | On dashes and quotes
    The second attempt | Details that matter | Keyboard and paper | Notes for later | Reading the logs
    Why not "just" a script? | Conclusions`),
  sayings: phrases(`
    Simplicity is the final achievement | A "short" line is a kind line
    Nobody reads -- people scan | The page is a machine for reading`),
  linked: dice => `See [note number ${dice.below(10_000)}](${noteAddress(dice)}).`,
  emphatic: dice => `The command \`npm run build-${dice.below(99)}\` helps **sometimes**.`,
}

const russian: Vocabulary = {
  subjects: phrases(`
    Компилятор | Маленькая клавиатура | Мой старый ноутбук | Движок вёрстки | Каждый читатель
    Печатный станок | Внимательный редактор | Браузер | Этот эксперимент | Статический сайт
    Шрифтовой дизайнер | Открытый протокол | Автор заметки | Тихая комната | Второй черновик
    Обычный текстовый файл | Сценарий сборки | Наш сервер | Загрузчик шрифтов | Хороший словарь переносов`),
  verbs: phrases(`
    объясняет | ломает | переписывает | измеряет | не замечает | заменяет | переживает | хранит | вспоминает
    печатает | рисует | упрощает | откладывает | собирает | отдаёт | прячет | повторяет | описывает
    сравнивает | показывает`),
  objects: phrases(`
    первый абзац | длинный список ссылок | заметки на полях | нечётное число страниц
    всю историю пунктуации | десяток файлов настроек | сетевой запрос | все кавычки в тексте | узкую колонку
    собственный результат | забытый черновик | модульную сетку | слово "нечет" в кавычках
    почти все пробелы | зашифрованное сообщение | картинку на обложке | ожидания пользователя
    оглавление книги | три вида тире | последнее слово в строке`),
  circumstances: phrases(`
    за пару минут | без видимой причины | как это было в 1984 году | в дождливый день | и не требует плагинов
    в конце строки | после короткой паузы | при свете терминала | но никто этого не видит | к удивлению всех
    потому что так проще | если ему не мешать | с отступом в 2 пробела | в 9 случаях из 10 | пока кэш пуст
    до первой чашки кофе | через очень узкое окно | вопреки документации | а не наоборот | с нуля`),
  conjunctions: [' -- ', ', и ', '; ', ', но ', ': ', ', -- вот почему '],
  headings: phrases(`
    Краткая история | Что пошло не так | Как это устроено | Измеряем страницу | О тире и кавычках
    Вторая попытка | Важные мелочи | Клавиатура и бумага | Заметки на будущее | Читаем журналы
    Почему не "просто" скрипт? | Выводы`),
  sayings: phrases(`
    Простота -- это последнее достижение | "Короткая" строка -- это добрая строка
    Никто не читает -- все просматривают | Страница -- это машина для чтения`),
  linked: dice => `Подробности есть в [заметке номер ${dice.below(10_000)}](${noteAddress(dice)}).`,
  emphatic: dice => `Команда \`npm run build-${dice.below(99)}\` помогает **не всегда**.`,
}

const noteAddress = (dice: Dice) => `https://example.org/notes/${dice.below(10_000)}/?q=${dice.below(99)}`

export const vocabularies = { en: english, ru: russian }
