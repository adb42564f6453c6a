/** A recursive-descent parser of `$filter`: `or` binds weakest, then `and`, then `not`. */
import { badQuery } from "../errors";
import type { Comparison, Filter, Path, StringTest } from "./filter-syntax";
import { type Literal, type Token, tokenize } from "./filter-tokens";

const comparisons: ReadonlySet<string> = new Set(["eq", "ne", "gt", "ge", "lt", "le"]);
const tests: ReadonlySet<string> = new Set(["startswith", "endswith", "contains"]);
/** Graph refuses longer chains; the limit also bounds the depth of recursion. */
const maximumTokens = 400;

/** Throws 400 BadRequest when the text is no filter. */
export function parseFilter(text: string): Filter {
  return new FilterParser(text).parse();
}

const isComparison = (word: string): word is Comparison => comparisons.has(word);
const isTest = (word: string): word is StringTest => tests.has(word);

class FilterParser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(private readonly text: string) {
    this.tokens = tokenize(text);
    if (this.tokens.length > maximumTokens) {
      throw badQuery("Invalid filter clause: The filter has too many child clauses.");
    }
  }

  parse(): Filter {
    const filter = this.or();
    if (this.next < this.tokens.length) throw this.syntaxError();
    return filter;
  }

  private or(): Filter {
    let left = this.and();
    while (this.takeName("or")) left = { kind: "or", left, right: this.and() };
    return left;
  }

  private and(): Filter {
    let left = this.unary();
    while (this.takeName("and")) left = { kind: "and", left, right: this.unary() };
    return left;
  }

  private unary(): Filter {
    if (this.takeName("not")) return { kind: "not", inner: this.unary() };
    if (this.takeMark("(")) {
      const inner = this.or();
      this.expectMark(")");
      return inner;
    }
    return this.predicate();
  }

  private predicate(): Filter {
    const first = this.expectName();
    const test = first.toLowerCase();
    if (isTest(test) && this.takeMark("(")) return this.stringTest(test);
    const path = [first];
    while (this.takeMark("/")) {
      const step = this.expectName();
      if ((step === "any" || step === "all") && this.takeMark("(")) return this.lambda(step, path);
      path.push(step);
    }
    const count = path.length > 1 && path.at(-1) === "$count";
    return this.comparison(count ? path.slice(0, -1) : path, count);
  }

  private stringTest(test: StringTest): Filter {
    const path = this.path();
    this.expectMark(",");
    const value = this.literal();
    if (typeof value !== "string") throw this.syntaxError();
    this.expectMark(")");
    // `startswith(…) eq true` is the same test written out.
    if (!this.takeName("eq")) return { kind: "test", test, path, value };
    const filter: Filter = { kind: "test", test, path, value };
    const wanted = this.literal();
    if (typeof wanted !== "boolean") throw this.syntaxError();
    return wanted ? filter : { kind: "not", inner: filter };
  }

  private lambda(kind: "any" | "all", path: Path): Filter {
    if (this.takeMark(")")) return { kind, path, variable: null, inner: null };
    const variable = this.expectName();
    this.expectMark(":");
    const inner = this.or();
    this.expectMark(")");
    return { kind, path, variable, inner };
  }

  private comparison(path: Path, count: boolean): Filter {
    if (!count && this.takeName("in")) {
      this.expectMark("(");
      const values = [this.literal()];
      while (this.takeMark(",")) values.push(this.literal());
      this.expectMark(")");
      return { kind: "in", path, values };
    }
    const operator = this.expectName();
    if (!isComparison(operator)) throw this.syntaxError(-1);
    return { kind: "compare", path, count, operator, value: this.literal() };
  }

  private path(): Path {
    const path = [this.expectName()];
    while (this.takeMark("/")) path.push(this.expectName());
    return path;
  }

  private literal(): Literal {
    const token = this.tokens[this.next];
    if (token?.kind !== "literal") throw this.syntaxError();
    this.next += 1;
    return token.value;
  }

  private expectName(): string {
    const token = this.tokens[this.next];
    if (token?.kind !== "name") throw this.syntaxError();
    this.next += 1;
    return token.text;
  }

  private takeName(word: string): boolean {
    const token = this.tokens[this.next];
    const found = token?.kind === "name" && token.text === word;
    if (found) this.next += 1;
    return found;
  }

  private expectMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.syntaxError();
  }

  private takeMark(mark: string): boolean {
    const token = this.tokens[this.next];
    const found = token?.kind === "mark" && token.text === mark;
    if (found) this.next += 1;
    return found;
  }

  private syntaxError(offset = 0): Error {
    const position = this.tokens[this.next + offset]?.position ?? this.text.length;
    return badQuery(`Invalid filter clause: Syntax error at position ${position} in '${this.text}'.`);
  }
}
