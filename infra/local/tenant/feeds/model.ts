/** What is stored of the feeds: recipes by which events are made when they are read, and events that were planted. */
import type { Entity } from "../core/types";

/** The lists of events of Microsoft Graph. */
export type LogName = "signIns" | "directoryAudits";

/** A number of events between two moments, made from a seed. */
export interface Recipe extends Entity {
  /** From 1; part of the events' ids. */
  readonly number: number;
  readonly feed: LogName | "exchange";
  readonly count: number;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Place of the newest user at that time: events name users that were there. */
  readonly users: number;
  /** Whether events can be seen later than they happened. */
  readonly late: boolean;
}

/** Exchange records in content blobs. */
export interface ContentRecipe extends Recipe {
  readonly feed: "exchange";
  readonly blobs: number;
  /** How many records can't be read as the schema says. */
  readonly malformed: number;
  /** How many records are 10 MB long. */
  readonly huge: number;
}

/** An event that was put in by itself. */
export interface PlantedEvent extends Entity {
  readonly feed: LogName;
  readonly at: number;
  readonly visibleAt: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A content blob that was put in by itself. */
export interface PlantedBlob extends Entity {
  readonly created: number;
  readonly visibleAt: number;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** What can be switched. */
export interface FeedSettings {
  /** Whether Graph offers directoryAudits: not every national cloud does. */
  readonly directoryAudits: boolean;
  /** Milliseconds from the start of a subscription to its first content. */
  readonly firstContentDelay: number;
  /** How many more listings of content are followed by a new blob within the window that was listed. */
  readonly growth: number;
}

export const defaultFeedSettings: FeedSettings = { directoryAudits: true, firstContentDelay: 0, growth: 0 };
