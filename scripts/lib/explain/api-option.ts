import type { ApiName } from "../../../components/permissions/catalogue/apis";

/** Short words for the APIs on the command line. */
const words = {
  graph: "graph",
  exchange: "exchangeOnline",
  "exchange-protection": "exchangeOnlineProtection",
  management: "office365Management",
  sharepoint: "sharePointOnline",
} as const satisfies Readonly<Record<string, ApiName>>;

type ApiWord = keyof typeof words;

/** What `--api` takes. */
export const apiChoices = Object.keys(words) as readonly ApiWord[];

/** The API that a word of `--api` stands for. */
export function apiNamed(word: ApiWord | undefined): ApiName | undefined {
  return word === undefined ? undefined : words[word];
}
