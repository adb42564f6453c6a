/**
 * An event of the Exchange feed. Microsoft page "Office 365 Management Activity API schema": the common schema and the
 * Exchange mailbox schema.
 */
import { utcOf } from "./clock";
import { textOf } from "./problems";

/** What is the same of all events, and the event as it came. */
export interface ExchangeEvent {
  readonly id: string;
  /** ISO date-time, UTC. */
  readonly at: string;
  readonly operation: string;
  readonly userId: string | null;
  readonly clientIp: string | null;
  readonly result: string | null;
  readonly raw: object;
}

/** @returns the event, or what is wrong with it */
export function exchangeEvent(value: unknown): ExchangeEvent | string {
  const raw = typeof value === "string" ? jsonOf(value) : value;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return "it is no object";
  const id = textOf(raw, "Id");
  if (id === undefined) return "Id is missing";
  const at = utcOf(textOf(raw, "CreationTime"));
  if (at === undefined) return "CreationTime is no date-time";
  const operation = textOf(raw, "Operation");
  if (operation === undefined) return "Operation is no text";
  return {
    id,
    at,
    operation,
    userId: textOf(raw, "UserId") ?? null,
    clientIp: textOf(raw, "ClientIPAddress") ?? textOf(raw, "ClientIP") ?? null,
    result: textOf(raw, "ResultStatus") ?? null,
    raw,
  };
}

/** What is stored of an event. */
export function eventData({ id, at, operation, userId, clientIp, result, raw }: ExchangeEvent): object {
  return { at, id, operation, userId, clientIp, result, event: raw };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
