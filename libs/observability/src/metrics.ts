import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The measurements of this process, in the form that Prometheus reads. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'tillgate_http_request_seconds',
    help: 'Time from the request to its answer, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request({ method, route, status, ms }: { method: string; route: string; status: number; ms: number }): void {
    this.requests.observe({ method, route, status: String(status) }, ms / 1000);
  }
}
