import { z } from "zod";

/** An RFC 3339 date and time with its zone. */
export const date = z.iso.datetime({
  offset: true,
  message: "must be an RFC 3339 date and time, such as 2027-01-31T00:00:00Z",
});
