/** Credentials of applications as far as they may be stored: ids and dates, never a key, a secret or a part of one. */
import { z } from "zod";
import { part, text } from "./shape";

export const passwordCredentials = z
  .array(part({ keyId: text, displayName: text, startDateTime: text, endDateTime: text }))
  .nullish();

export const keyCredentials = z
  .array(
    part({ keyId: text, displayName: text, type: text, usage: text, startDateTime: text, endDateTime: text }),
  )
  .nullish();
