import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { logDirectory } from "../../../infra/local/paths";

/** The full log of one run. The engine masks secrets in what it prints, and only that is written. */
export interface RunLog {
  readonly path: string;
  write(text: string): void;
  close(): Promise<void>;
}

/** Opens a log in the local logs folder, named by command and time. */
export function openLog(command: string): RunLog {
  mkdirSync(logDirectory(), { recursive: true });
  const time = new Date().toISOString().replace(/[:.]/g, "-");
  const path = join(logDirectory(), `${command}-${time}.log`);
  const stream = createWriteStream(path, { mode: 0o600 });
  // A full disk must not break a deployment off.
  stream.on("error", () => undefined);
  return {
    path,
    write: (text) => {
      stream.write(text);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
