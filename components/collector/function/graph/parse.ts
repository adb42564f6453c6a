/** JSON of a reply. What a gateway writes with an error need not be JSON; what comes with 200 must be. */
import { MalformedReplyError, type RawReply, type Reply } from "./exchange";
import { giveBack } from "./middleware/body-buffers";

/** The reply's bytes are given back: nobody may use them afterwards. */
export function parseReply({ status, headers, bytes }: RawReply): Reply {
  const text = bytes.toString("utf8");
  giveBack(bytes);
  return { status, headers, body: parse(text, status) };
}

/** The body of a good reply. Its bytes are given back. @throws MalformedReplyError */
export function takeParsed(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  giveBack(bytes);
  return parse(text, 200);
}

/** The body of a good reply, or a part of one. @throws MalformedReplyError */
export const parseGood = (bytes: Buffer): unknown => parse(bytes.toString("utf8"), 200);

function parse(text: string, status: number): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    if (status !== 200) return undefined;
    throw new MalformedReplyError("the reply is not JSON, or was cut off", { cause });
  }
}
