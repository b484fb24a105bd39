/** Brings a batch to the worker, as the platform's queues do, and tells what came of it. */
export default {
  async fetch(request, { MURMUR }) {
    const { queue, messages } = await request.json();
    const batch = messages.map(({ id, timestamp, attempts, format, body }) => {
      const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
      const carried =
        format === "json"
          ? { body: JSON.parse(new TextDecoder().decode(bytes)) }
          : { serializedBody: bytes.buffer };
      return { id, timestamp: new Date(timestamp), attempts, ...carried };
    });
    const { outcome, explicitAcks, retryMessages } = await MURMUR.queue(queue, batch);
    return Response.json({ outcome, explicitAcks, retryMessages });
  },
};
