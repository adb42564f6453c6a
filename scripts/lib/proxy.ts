/** The proxy of the machine, for the requests of this process. */

/**
 * Sends what `fetch` requests by HTTPS_PROXY and HTTP_PROXY, but for the hosts of NO_PROXY. The Azure SDK and the engine do
 * so by themselves; Node's own `fetch` does not.
 */
export async function useProxy(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (![env.HTTPS_PROXY, env.https_proxy, env.HTTP_PROXY, env.http_proxy].some(Boolean)) return;
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import("undici");
  setGlobalDispatcher(new EnvHttpProxyAgent());
}
