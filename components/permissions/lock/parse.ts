import { lockText } from "./canonical";
import { contradictionIn } from "./contradictions";
import {
  EditedLockError,
  LockConflictError,
  LockNotJsonError,
  LockTooLargeError,
  maximumBytes,
  NewerLockFormatError,
} from "./errors";
import { formatVersion, type Lock, lockSchema } from "./schema";

/** How strictly a lock file is read. */
export interface ParseOptions {
  /**
   * True for a state that is compared against and can't be mended any more: other spacing or order is let pass, and
   * permissions that the catalogue no longer knows. What can't be understood is refused all the same.
   */
  readonly past?: boolean;
}

/**
 * Reads a lock file. Line ends may be those of Windows.
 * @throws one of the LockFileErrors, and nothing else whatever the text.
 */
export function parseLock(text: string, file: string, { past = false }: ParseOptions = {}): Lock {
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumBytes) throw new LockTooLargeError(file, bytes);
  const unix = text.replaceAll("\r\n", "\n");
  refuseConflict(unix, file);
  const lock = parseShape(parseJson(unix, file), file);
  const contradiction = contradictionIn(lock, { past });
  if (contradiction !== undefined) throw new EditedLockError(file, contradiction);
  if (!past) refuseOtherForm(lock, unix, file);
  return lock;
}

/** Looked for before JSON is parsed: "unexpected token <" helps nobody. */
function refuseConflict(text: string, file: string): void {
  const line = text.split("\n").findIndex((one) => /^(<{7}|>{7}|\|{7})( |$)|^={7}$/.test(one));
  if (line >= 0) throw new LockConflictError(file, line + 1);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail =
      text.trim() === "" ? "it is empty" : error instanceof Error ? error.message : String(error);
    throw new LockNotJsonError(file, detail.slice(0, 200));
  }
}

function parseShape(raw: unknown, file: string): Lock {
  const version =
    typeof raw === "object" && raw !== null && "formatVersion" in raw ? raw.formatVersion : undefined;
  if (typeof version === "number" && version > formatVersion) {
    throw new NewerLockFormatError(file, version, formatVersion);
  }
  const parsed = lockSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new EditedLockError(file, `${pathText(issue?.path ?? [])} ${issue?.message ?? "is wrong"}.`);
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
  return text === "" ? "the file" : text;
}

function refuseOtherForm(lock: Lock, text: string, file: string): void {
  const canonical = lockText(lock);
  if (canonical === text) return;
  const lines = canonical.split("\n");
  const line = text.split("\n").findIndex((one, index) => one !== lines[index]);
  throw new EditedLockError(
    file,
    `line ${(line < 0 ? lines.length : line) + 1} is not as the command writes it (order, spacing or a repeated key).`,
  );
}
