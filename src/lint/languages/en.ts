import type { WordLists } from './word-lists.ts'

/** English. Lists are read without regard to capitals, but for units, products and months. */
export const english: WordLists = {
  units: `
    kg g mg µg μg lb lbs oz km m cm mm nm µm μm mi ft yd ha ml dl
    s ms ns µs μs min sec hr hrs h Hz kHz MHz GHz THz bit bits byte bytes kB KB MB GB TB PB KiB MiB GiB TiB
    kbps Mbps Gbps bps W kW MW V kV mV mA mAh Wh kWh kJ kcal cal Pa kPa hPa bar
    px pt em rem ch vh vw dpi ppi fps rpm mph km/h km² m² cm² m³ cm³ mol am pm AM PM
    USD EUR GBP CHF RUB JPY CAD AUD BTC ETH Mio Mrd
  `,
  counted: `
    people persons men women children adults boys girls years months weeks days nights hours
    minutes seconds milliseconds microseconds nanoseconds decades centuries times miles feet inches yards acres
    metres meters kilomet(res|ers) centimet(res|ers) millimet(res|ers) lit(res|ers) gallons
    grams kilograms pounds ounces tons tonnes degrees percent percentage dollars euros cents pence francs
    rubles roubles thousand(s|) million(s|) billion(s|) trillion(s|) dozen(s|) hundred(s|) pixels points words letters characters
    pages files lines items users visitors views votes requests messages copies pieces books articles posts commits
    bytes kilobytes megabytes gigabytes terabytes megapixels volts watts calories
  `,
  eras: 'BC AD BCE CE',
  labels: `
    chapter(s|) section(s|) subsection(s|) part(s|) volume(s|) book page(s|) figure(s|) table(s|) listing(s|) plate(s|) diagram(s|)
    appendix exhibit(s|) equation(s|) example(s|) exercise(s|) theorem(s|) lemma(s|) question(s|) problem(s|) answer(s|) lesson(s|) unit
    step(s|) phase(s|) stage(s|) level(s|) tier(s|) round(s|) version(s|) release(s|) revision(s|) edition(s|) build(s|)
    line(s|) column(s|) row(s|) item(s|) rule(s|) tip(s|) fact(s|) law(s|) principle(s|) point note(s|) footnote(s|) article(s|) paragraph(s|) clause(s|) verse(s|)
    episode(s|) season(s|) act(s|) scene(s|) issue(s|) number(s|) option(s|) case(s|) type(s|) class grade(s|) group(s|) day(s|) week(s|)
    room(s|) gate(s|) platform(s|) track(s|) route(s|) highway(s|) flight(s|) port(s|) error(s|) status code layer(s|) slide(s|)
    ticket(s|) bug(s|) task(s|) test(s|) team(s|) player(s|) formula(s|) formulae algorithm(s|) figure(s|) exception(s|) signal(s|)
  `,
  labelAbbreviations: `
    p pp fig(s|) vol(s|) ch chap(s|) sec sect eq(s|) no nos art(s|) app par para ex ed ver rev tab l ll col cols bk pt pts
    jan feb mar apr jun jul aug sep sept oct nov dec
  `,
  products: `
    Python Windows Node Node.js Java JavaScript TypeScript ECMAScript Ruby Rails Perl Go Rust Swift Kotlin Scala Angular React Vue Ember Svelte jQuery
    Bootstrap Tailwind Webpack Rollup Vite Django Flask Laravel Symfony Drupal WordPress Joomla Jekyll Hugo Ubuntu Debian Fedora
    Chrome Firefox Safari Edge Opera Internet Explorer Photoshop Office Android iOS iPadOS macOS iPhone iPad Pixel Galaxy Xbox PlayStation
    Postgres PostgreSQL MySQL Redis Lua Unicode Web Apollo Boeing Airbus Formula Mac OS
  `,
  months: 'January February March April May June July August September October November December',
  functionWords: `
    a an the and or nor but so yet for of to in on at by with from as into onto upon over under above below between among through during
    before after since until till about against around across along behind beside besides beyond down up off out near per than then that this
    these those there here where when while which who whom whose what why how if unless because although though whether not no never
    is are was were be been being am has have had having do does did done doing will would shall should can could may might must
    i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself itself himself herself themselves
    now today tomorrow yesterday again also too only just even still already always often sometimes ever once maybe perhaps instead
    however therefore thus hence otherwise anyway etc i.e e.g vs via plus minus
    came comes come went goes go got gets get makes make made takes take took gives gave seems seem means says say said
    let both each every either neither any some all such same other another more most less least
    using without within like unlike except despite apart rather quite very well almost nearly exactly approximately roughly
    ago later earlier onward onwards respectively itself followed according
    monday tuesday wednesday thursday friday saturday sunday
    one two three four five six seven eight nine ten first second third last next top best
  `,
  titles: 'Mr Mrs Ms Mx Dr Prof St Rev Hon Gen Col Capt Lt Sgt Sen Rep Gov Pres Messrs Mme Mlle',
  letters: 'a A I O',
  proclitics: 'a an I O',
  lettered:
    'vitamin part plan appendix section type class group grade option hepatitis figure table example case step team point',
}
