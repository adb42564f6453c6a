/** Every stream of the collector. */
import type { StreamName } from "../model/stream-names";
import { groups } from "./groups";
import type { Stream } from "./stream";
import { users } from "./users";

export const streams: Readonly<Partial<Record<StreamName, Stream>>> = { users, groups };
