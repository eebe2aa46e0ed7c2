// Types that make the compiler's message about a wrong name of a command or an event useful. They do not exist at run time.

/** The compiler's message contains this type if a name looks like a documented one: `Name` is the documented name. */
export interface DidYouMean<Name extends string> {
  /** The documented name. */
  readonly didYouMean: Name;
}

/**
 * The compiler's message contains this type if a name is not documented. `Hint` says how to call it nevertheless, and
 * `Known` lists the documented names.
 */
export interface NotDocumented<Hint extends string, Known extends string> {
  /** How to use a name that is not documented. */
  readonly notDocumented: Hint;
  /** The documented names. */
  readonly known: Known;
}

/**
 * What a name must be besides itself: anything if it is one of `Known`, or if nothing is known, because the scope is wrong,
 * too. Otherwise a type that no text has, and whose own name tells what to do.
 */
export type NameCheck<Typed extends string, Known extends string, Hint extends string> = [Typed] extends [Known]
  ? unknown
  : [Known] extends [never]
    ? unknown
    : [Nearest<Typed, Known>] extends [never]
      ? NotDocumented<Hint, Known>
      : DidYouMean<Nearest<Typed, Known>>;

/** The names with the same letters, or else those with the same start. */
type Nearest<Typed extends string, Known extends string> = [WithSameLetters<Typed, Known>] extends [never]
  ? WithSameStart<Typed, Known>
  : WithSameLetters<Typed, Known>;

/** Letters that are swapped, doubled or missing once leave the set of letters as it is. So does a wrong case. */
type WithSameLetters<Typed extends string, Known extends string> = Known extends unknown
  ? [Letters<Typed>, Letters<Known>] extends [Letters<Known>, Letters<Typed>]
    ? Known
    : never
  : never;

type Letters<Text extends string, Found = never> = Text extends `${infer Letter}${infer Rest}`
  ? Letters<Rest, Found | Lowercase<Letter>>
  : Found;

/** The first three letters are the same. Or the first two, and the other letters are in both names. */
type WithSameStart<Typed extends string, Known extends string> = Known extends unknown
  ? Start<Typed> extends Start<Known>
    ? ThirdLetter<Typed> extends ThirdLetter<Known>
      ? Known
      : [Letters<Typed>] extends [Letters<Known>]
        ? Known
        : never
    : never
  : never;

/** The first two letters, or an array that no other type extends if there are fewer. */
type Start<Text extends string> =
  Lowercase<Text> extends `${infer First}${infer Second}${string}` ? `${First}${Second}` : [Text];

/** The third letter, or an array that no other type extends if there is none. */
type ThirdLetter<Text extends string> =
  Lowercase<Text> extends `${infer _First}${infer _Second}${infer Third}${string}` ? Third : [Text];
