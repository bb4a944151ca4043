/** Where the time of a question goes, by watching the ports. */
export class Stopwatch {
  #spent = new Map<string, number>();
  #underWay = 0;
  #waitingSince = 0;
  #waited = 0;

  /** The same port; the milliseconds that calls of it take are counted under `name` and the method's. */
  watch<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key): unknown => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => this.#time(`${name}.${String(key)}`, () => value.apply(target, given));
      },
    });
  }

  /** Milliseconds since the last time by call, and those in which none was under way (our own work). Calls at one time count each. */
  take(total: number): Record<string, number> {
    const result = { ...Object.fromEntries(this.#spent), own: total - this.#waited };
    this.#spent = new Map();
    this.#waited = 0;
    return result;
  }

  #time(name: string, call: () => unknown): unknown {
    const started = performance.now();
    const result = call();
    if (!(result instanceof Promise)) return result;
    if (this.#underWay++ === 0) this.#waitingSince = started;
    return result.finally(() => {
      const ended = performance.now();
      this.#spent.set(name, (this.#spent.get(name) ?? 0) + ended - started);
      if (--this.#underWay === 0) this.#waited += ended - this.#waitingSince;
    });
  }
}
