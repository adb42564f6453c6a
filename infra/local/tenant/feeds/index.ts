/** The tenant's feeds of events: Graph's audit logs and sign-ins, and Exchange's content. */
export { createFeedAdmin, feedKeys, feedLists } from "./admin";
export type { ContentBlob } from "./content";
export { type Feeds, feedsOf } from "./feeds";
export type { LogSource } from "./log";
export type { LogName } from "./model";
export { type Found, type Mark, walk } from "./source";
