import { Agent } from "undici";
import { drain } from "../core/server/body";
import { serviceRootHeader } from "../core/server/service-root";
import type { FetchApp } from "../core/types";
import { forward } from "../storage/forward";
import type { DeclaredSite } from "./site";
import type { SiteRunner } from "./site-runner";

/** The platform's front end ends a request after this long. */
const timeLimit = 230_000;

const kept = new Set([serviceRootHeader, "request-id", "client-request-id", "expect"]);

/** Connections to the apps behind all fronts. */
export function createFrontAgent(): Agent {
  return new Agent({ connections: 128, headersTimeout: timeLimit, bodyTimeout: timeLimit });
}

/** The address of a site: TLS ends here, the running app answers; a request waits while the app starts. */
export function createSiteFront(
  agent: Agent,
  runner: SiteRunner,
  declared: () => DeclaredSite | undefined,
): FetchApp {
  return {
    fetch: async (request) => {
      const site = declared();
      const app = site === undefined || site.stopped ? undefined : await runner.app();
      if (app === undefined) {
        await drain(request);
        if (site === undefined) return page(404, "404 Web Site not found.");
        if (site.stopped) return page(403, "Error 403 - This web app is stopped.");
        return page(503, runner.problem === undefined ? unpublished : unavailable);
      }
      const url = new URL(request.url);
      try {
        return await forward(request, `${app.origin}${url.pathname}${url.search}`, {
          agent,
          without: kept,
          headers: { "x-forwarded-proto": "https", "x-forwarded-host": url.host },
        });
      } catch {
        return page(502, "The app ended before it answered.");
      }
    },
  };
}

const unpublished = "Function host is not running: nothing was published to this app yet.";
const unavailable = "Function host is not running.";

function page(status: number, text: string): Response {
  return new Response(text, { status, headers: { "content-type": "text/plain" } });
}
