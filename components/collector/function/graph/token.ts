/** The access token of a reader: renewed ahead of its end by one request at a time. */
import type { AccessToken, TokenCredential } from "@azure/identity";
import { signInFailure } from "../sign-in/failure";
import { GraphError } from "./errors";
import type { Timing } from "./timing";

/** A credential that keeps tokens and can be told to forget them, because the service refuses what it keeps. */
export interface ForgettingCredential extends TokenCredential {
  forget?(): void;
}

/** Tokens are replaced this long before they end: longer than a clock may be wrong, for tokens that live an hour. */
const ahead = 10 * 60_000;
/** A token that is not older than this is not replaced for its age alone, whatever its end says. */
const young = 2 * 60_000;

interface Kept {
  readonly token: string;
  readonly gotAt: number;
  readonly endsAt: number;
}

export class TokenSource {
  private kept: Kept | undefined;
  private pending: Promise<Kept> | undefined;

  constructor(
    private readonly credential: ForgettingCredential,
    private readonly scope: string,
    private readonly timing: Timing,
  ) {}

  /** A token that should still be valid. */
  async token(signal: AbortSignal): Promise<string> {
    const { kept } = this;
    if (kept !== undefined && !this.isDue(kept)) return kept.token;
    return (await this.renew(signal)).token;
  }

  /** A token other than the refused one; undefined when the credential has no other. */
  async tokenInsteadOf(refused: string, signal: AbortSignal): Promise<string | undefined> {
    if (this.kept?.token === refused) {
      this.kept = undefined;
      this.credential.forget?.();
    }
    const token = await this.token(signal);
    return token === refused ? undefined : token;
  }

  private isDue({ gotAt, endsAt }: Kept): boolean {
    const now = this.timing.now();
    if (now - gotAt < young) return false;
    return now >= endsAt - Math.min(ahead, (endsAt - gotAt) / 2);
  }

  private async renew(signal: AbortSignal): Promise<Kept> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    const token = await this.pending;
    signal.throwIfAborted();
    return token;
  }

  private async fetch(): Promise<Kept> {
    const answer = await this.ask();
    const kept = {
      token: answer.token,
      gotAt: this.timing.now(),
      endsAt: answer.expiresOnTimestamp,
    };
    this.kept = kept;
    return kept;
  }

  /** @throws GraphError of kind `sign-in`, or `service` when another attempt may do */
  private async ask(): Promise<AccessToken> {
    try {
      const answer = await this.credential.getToken(this.scope);
      if (answer !== null) return answer;
    } catch (error) {
      throw signInFailure(error);
    }
    throw new GraphError("sign-in", "The credential gave no token. Check how the application signs in.");
  }
}
