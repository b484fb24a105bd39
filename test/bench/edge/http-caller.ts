import { Agent, request } from "node:http";

/** What a call was answered, and how long it took, ms. */
export interface Called {
  text: string;
  time: number;
}

/** Calls one server over connections that stay open. Leaner than fetch: the caller shares the machine with what it measures. */
export class HttpCaller {
  readonly #agent: Agent;
  readonly #url: string;

  constructor(url: string, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#url = url;
  }

  /** Posts a body; throws where the answer is no success. */
  post(path: string, body: string): Promise<Called> {
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const headers = {
        "content-type": "text/plain;charset=UTF-8",
        "content-length": Buffer.byteLength(body),
      };
      const call = request(this.#url + path, { agent: this.#agent, method: "POST", headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve({ text, time: performance.now() - begun });
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  /** Gets a page; `first` is when the first bytes of its body came, ms. Throws where the answer is no success. */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<Called & { first: number }> {
    const begun = performance.now();
    return new Promise((resolve, reject) => {
      const call = request(this.#url + path, { agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        let first: number | undefined;
        response.on("data", (chunk: Buffer) => {
          first ??= performance.now() - begun;
          chunks.push(chunk);
        });
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode === 200)
            resolve({ text, time: performance.now() - begun, first: first ?? 0 });
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      });
      call.on("error", reject);
      call.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
