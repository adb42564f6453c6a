import { z } from "zod";

/** An X.500 distinguished name such as `CN=ConductorOne`. */
export const subject = z
  .string()
  .regex(
    /^(?:CN|OU|O|L|ST|C|DC|E)=[^,=]+(?:, *(?:CN|OU|O|L|ST|C|DC|E)=[^,=]+)*$/,
    "must be a distinguished name, such as CN=ConductorOne",
  );
