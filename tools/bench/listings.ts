import type { Dice } from './dice.ts'

const javascript = (dice: Dice) => `\`\`\`js
import { readFile } from 'node:fs/promises'

export async function load(path, limit = ${1 + dice.below(90)}) {
  const text = await readFile(path, 'utf8')
  const lines = text.split('\\n').slice(0, limit)
  return lines.map((line, i) => \`\${i + 1}: \${line.trim()}\`) // numbered
}

const result = await load('./notes-${1 + dice.below(999)}.txt')
console.log(result.length > ${1 + dice.below(20)} ? 'long' : 'short')
\`\`\``

const shell = (dice: Dice) => `\`\`\`bash
#!/bin/sh
set -eu
for f in src/pages/*.md; do
  size=$(wc -c < "$f")
  if [ "$size" -gt ${1 + dice.below(9000)} ]; then
    echo "too big: $f ($size bytes)" >&2
  fi
done
grep -rn 'TODO' src | sort | head -n ${1 + dice.below(50)} > todo.txt
\`\`\``

const python = (dice: Dice) => `\`\`\`python
from dataclasses import dataclass

@dataclass
class Page:
    title: str
    words: int = ${1 + dice.below(500)}

    def minutes(self) -> float:
        """Reading time, roughly."""
        return round(self.words / ${181 + dice.below(60)}, 1)

print(Page("quoin").minutes())
\`\`\``

const css = (dice: Dice) => `\`\`\`css
:root {
  --measure: ${51 + dice.below(25)}ch;
  --leading: 1.${1 + dice.below(9)};
}
article > p + p {
  margin-top: 0;
  text-indent: 1.${1 + dice.below(9)}em; /* classic */
}
@media print {
  nav { display: none; }
}
\`\`\``

/** Fenced code, in languages that every program can highlight. */
export const listings = [javascript, shell, python, css]
