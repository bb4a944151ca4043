import { EventEmitter, on } from 'node:events';
import type { Events, SensegraphEvent } from '../../ports/stores.ts';

/** Events within this process. */
export class ProcessEvents implements Events {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  publish(event: SensegraphEvent): void {
    this.#emitter.emit('event', event);
  }

  async *subscribe(signal: AbortSignal): AsyncIterable<SensegraphEvent> {
    try {
      for await (const [event] of on(this.#emitter, 'event', { signal })) yield event as SensegraphEvent;
    } catch (error) {
      // The listener went away: an end, not a failure.
      if (!signal.aborted) throw error;
    }
  }
}

/** Each tenant's events within this process. */
export class EventsOfTenants {
  readonly #events = new Map<string, ProcessEvents>();

  of(tenant: string): ProcessEvents {
    let events = this.#events.get(tenant);
    if (!events) {
      events = new ProcessEvents();
      this.#events.set(tenant, events);
    }
    return events;
  }
}
