/** A directory role that every tenant has (Microsoft page "Microsoft Entra built-in roles"). */
export interface BuiltInRole {
  readonly displayName: string;
  readonly templateId: string;
  readonly description: string;
}
