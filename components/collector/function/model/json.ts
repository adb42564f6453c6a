/** A plain JSON value: what checkpoints and savepoints are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
