/** Which connectors and streams a request means. */
import { z } from "zod";
import type { CollectorSettings } from "../model/settings";
import { type StreamName, streamNames } from "../model/stream-names";

export const selectionSchema = z.strictObject({
  /** Slugs; default all of the app. */
  connectors: z.array(z.string().regex(/^[a-z0-9][a-z0-9-]*$/)).optional(),
  /** Default all of each connector. */
  streams: z.array(z.enum(streamNames)).optional(),
});

export type Selection = z.output<typeof selectionSchema>;

export interface Selected {
  readonly connector: string;
  readonly stream: StreamName;
}

/** The served streams that are meant. @returns also the names that the app doesn't serve */
export function select(
  { connectors }: CollectorSettings,
  selection: Selection,
): { readonly selected: readonly Selected[]; readonly unknown: readonly string[] } {
  const slugs = connectors.map(({ slug }) => slug);
  const selected = connectors
    .filter(({ slug }) => selection.connectors?.includes(slug) ?? true)
    .flatMap(({ slug, streams }) =>
      streams
        .filter((stream) => selection.streams?.includes(stream) ?? true)
        .map((stream) => ({ connector: slug, stream })),
    );
  return { selected, unknown: (selection.connectors ?? []).filter((slug) => !slugs.includes(slug)) };
}
