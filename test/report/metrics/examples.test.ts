import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { metricDefinitions, type MetricDefinition } from '../../../src/report/metrics/definitions.js';
import { outcomes } from '../../../src/domain/progress/outcome.js';

const definitions: Readonly<Record<string, MetricDefinition>> = metricDefinitions;
/** Added by the scrape, and to every metric of a file. */
const everywhere = ['job', 'instance', 'name'];

/** What an expression asks for: the metrics, and the labels it names. Throws for what is no PromQL. */
function askedBy(expression: string): { metrics: string[]; labels: string[]; outcomes: string[] } {
  // What Grafana puts in before it asks.
  const text = expression.replaceAll('$__rate_interval', '5m').replaceAll('$name', '.*');
  const asked = { metrics: [] as string[], labels: [] as string[], outcomes: [] as string[] };
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      const piece = text.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
      if (type.name === 'Identifier') asked.metrics.push(piece);
      if (type.name === 'LabelName') asked.labels.push(piece);
      const outcome = /^outcome=~?"(.*)"$/.exec(piece.replaceAll(' ', ''))?.[1];
      if (outcome !== undefined && /Matcher$/.test(type.name)) asked.outcomes.push(...outcome.split('|'));
    },
  });
  return asked;
}

/** Everything in an expression is exported. */
function expectExported(expression: string): void {
  const asked = askedBy(expression);
  expect(asked.metrics.length).toBeGreaterThan(0);
  const labels = new Set(everywhere);
  for (const metric of asked.metrics) {
    const base = metric.replace(/_(?:bucket|sum|count)$/, '');
    const name = definitions[base]?.kind === 'histogram' ? base : metric;
    expect(Object.keys(definitions)).toContain(name);
    for (const label of definitions[name]?.labels ?? []) labels.add(label);
    if (metric.endsWith('_bucket')) labels.add('le');
  }
  for (const label of asked.labels) expect([...labels]).toContain(label);
  for (const outcome of asked.outcomes) expect(outcomes).toContain(outcome);
}

describe('what examples are tried with', () => {
  it('finds what is not exported, and what is no PromQL', () => {
    expect(() => expectExported('fleet_migrate_targets{name="x"}')).not.toThrow();
    expect(() => expectExported('fleet_migrate_target')).toThrow();
    expect(() => expectExported('fleet_migrate_targets{site="x"}')).toThrow();
    expect(() => expectExported('fleet_migrate_targets_bucket')).toThrow();
    expect(() => expectExported('fleet_migrate_targets_by_outcome{outcome=~"done|fialed"}')).toThrow();
    expect(() => expectExported('sum by (name (fleet_migrate_targets)')).toThrow(/no PromQL/);
  });
});

interface Panel {
  id: number;
  type: string;
  title: string;
  description: string;
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig: { defaults: { unit?: string } };
  targets: { expr: string; refId: string; datasource: { uid: string } }[];
}

interface Dashboard {
  title: string;
  uid: string;
  schemaVersion: number;
  panels: Panel[];
  templating: { list: { name: string; query: string | { query: string } }[] };
  annotations: { list: { expr: string }[] };
}

describe('the dashboard for Grafana', () => {
  const file = readFileSync(join('examples', 'grafana', 'fleet-migrate.json'), 'utf8');
  const { panels, ...dashboard } = JSON.parse(file) as Dashboard;

  it('is one that Grafana takes without a question', () => {
    expect(dashboard).toMatchObject({ title: 'fleet-migrate', uid: 'fleet-migrate', schemaVersion: 41 });
    // Exported for sharing it would ask for data sources; this one has a list to choose from.
    expect(dashboard).not.toHaveProperty('__inputs');
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'name']);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  it.each(panels.map((panel) => [panel.title, panel] as const))('%s asks for what is exported', (_, panel) => {
    expect(panel.description).toMatch(/\.$/);
    expect(panel.fieldConfig.defaults.unit).toMatch(/^(?:s|short|none|reqps|Bps)$/);
    expect(panel.targets.length).toBeGreaterThan(0);
    for (const { expr, datasource } of panel.targets) {
      expectExported(expr);
      expect(datasource.uid).toBe('${datasource}');
      // A unit that says what is counted.
      if (/_seconds/.test(expr) && panel.title !== 'Under way') expect(panel.fieldConfig.defaults.unit).toBe('s');
      if (/_bytes/.test(expr)) expect(panel.fieldConfig.defaults.unit).toBe('Bps');
    }
  });

  it('shows every metric but those that others stand for', () => {
    const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => askedBy(expr).metrics));
    for (const { expr } of dashboard.annotations.list) shown.push(...askedBy(expr).metrics);
    const missing = Object.keys(definitions).filter((name) => !shown.some((one) => one.startsWith(name)));
    expect(missing).toEqual([
      'fleet_migrate_run_end_timestamp_seconds',
      'fleet_migrate_run_interrupted',
      'fleet_migrate_run_stopped_itself',
    ]);
  });

  it('asks for its jobs and its marks in the same names', () => {
    const jobs = dashboard.templating.list[1]?.query as { query: string };
    expect(jobs.query).toBe('label_values(fleet_migrate_run_info, name)');
    for (const { expr } of dashboard.annotations.list) expectExported(expr);
  });
});

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

describe('the alerts for Prometheus', () => {
  const file = readFileSync(join('examples', 'prometheus', 'fleet-migrate.rules.yaml'), 'utf8');
  const { groups } = parse(file) as { groups: { name: string; rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for what is exported', (_, rule) => {
    expectExported(rule.expr);
    expect(['warning', 'critical']).toContain(rule.labels.severity);
    for (const [, label = ''] of JSON.stringify(rule.annotations).matchAll(/\$labels\.(\w+)/g))
      expect(everywhere).toContain(label);
    expect(rule.annotations.description).toMatch(/\.$/);
  });

  it('are about a night that did not end well, none that did, and phones not seen again', () => {
    expect(rules.map(({ alert }) => alert)).toEqual([
      'FleetMigrateNightNotWell',
      'FleetMigrateNoSuccess',
      'FleetMigrateNeverSuccessful',
      'FleetMigrateManyUnverified',
      'FleetMigrateStuck',
    ]);
  });
});
