/** What the pack reads of the stack's settings. The program refuses bad ones; here a bad one merely does not count. */
import { z } from "zod";
import { asWritten } from "../../components/permissions/engine-date";
import {
  acknowledgementSchema,
  isExpired,
} from "../../components/permissions/planning/acknowledgement-schema";
import type { Acknowledgement } from "../../components/permissions/settings";
import { slugOf } from "../../components/permissions/slug";
import type { Finding } from "./outcome";
import type { StackSettings } from "./rule";

const shared = z.looseObject({ owners: z.array(z.string()).optional() });
const entries = z.array(shared.extend({ name: z.string().trim(), sourceGroup: z.string().optional() }));
const groups = z.record(z.string(), shared);

/**
 * Reads the settings.
 * @param setting text of a setting below `entra-connectors:`; structured ones are JSON
 */
export function readStackSettings(
  stack: string,
  setting: (key: string) => string | undefined,
  now: number,
): StackSettings {
  const read = <T>(key: string, schema: z.ZodType<T>): T | undefined => {
    const result = schema.safeParse(fromJson(setting(key)));
    return result.success ? result.data : undefined;
  };
  const moment = Math.max(now, Date.parse(asWritten(setting("asOf") ?? "")) || now);
  const defaults = read("defaults", shared);
  const sourceGroups = read("sourceGroups", groups) ?? {};
  const connectors = read("connectors", entries)?.map(({ name, owners, sourceGroup = "" }) => {
    const inherited = sourceGroups[sourceGroup]?.owners ?? defaults?.owners ?? [];
    return [slugOf(name), { name, owners: (owners ?? inherited).map((id) => id.toLowerCase()) }] as const;
  });
  return {
    stack,
    moment,
    connectors: connectors && new Map(connectors),
    ...readAcknowledgements(fromJson(setting("acknowledgements")) ?? [], moment),
  };
}

function fromJson(text: string | undefined): unknown {
  try {
    if (text === undefined) return undefined;
    return JSON.parse(text, (_key, value) => (typeof value === "string" ? asWritten(value) : value));
  } catch {
    return undefined;
  }
}

function readAcknowledgements(
  raw: unknown,
  moment: number,
): Pick<StackSettings, "acknowledgements" | "acknowledgementProblems"> {
  if (!Array.isArray(raw)) {
    const problem = { culprit: "acknowledgements", message: "acknowledgements is no list." };
    return { acknowledgements: [], acknowledgementProblems: [problem] };
  }
  const acknowledgements: Acknowledgement[] = [];
  const acknowledgementProblems: Finding[] = [];
  raw.forEach((item: unknown, index) => {
    const refuse = (message: string) =>
      acknowledgementProblems.push({ culprit: `acknowledgement ${index + 1}`, message });
    const result = acknowledgementSchema.safeParse(item);
    if (!result.success) {
      const [issue] = result.error.issues;
      const place = [`acknowledgements[${index}]`, ...(issue?.path ?? [])].join(".");
      refuse(`${place}: ${issue?.message ?? "can't be read."}`);
    } else if (isExpired(result.data.expires, moment)) {
      const { rule, connector, expires } = result.data;
      refuse(`acknowledgements[${index}] (${rule}, ${connector}) expired on ${expires.slice(0, 10)}.`);
    } else {
      const { finding, ...rest } = result.data;
      acknowledgements.push(finding === undefined ? rest : { ...rest, finding });
    }
  });
  return { acknowledgements, acknowledgementProblems };
}
