/** Murmur's worker, as far as the shop's knows it: its own types are those of a place without a page. */
declare module "@murmur/worker" {
  export interface Env {
    SECRET_WRITE_KEY: string;
  }

  interface Execution {
    waitUntil(work: Promise<unknown>): void;
    passThroughOnException(): void;
  }

  const worker: {
    fetch(request: Request, env: Env, execution: Execution): Response | Promise<Response>;
  };
  export default worker;
}
