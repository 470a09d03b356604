import { describe, expect, it } from '@jest/globals';
import { blocksOf } from '../../scripts/docs/pictures/blocks.js';
import { pagesWithSamples } from '../../scripts/docs/pictures/pages.js';
import { failure } from '../../src/domain/failures/failure-codes.js';
import { type MetricDefinition, metricDefinitions } from '../../src/report/metrics/definitions.js';
import { notifyBody } from '../../src/report/notify/notify-body.js';
import { slackMessage } from '../../src/report/notify/slack.js';
import { teamsMessage } from '../../src/report/notify/teams.js';
import { samplePhone, sampleReport } from '../report/support/sample.js';
import { textOf } from './support/repository.js';

const page = textOf('docs/monitoring.md');

describe('the page about monitoring', () => {
  it('lists the metrics as they are exported', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `fleet_migrate_'));
    expect(rows).toEqual(
      Object.entries<MetricDefinition>(metricDefinitions).map(([name, { kind, labels, help }]) =>
        ['', `\`${name}\``, kind, labels.map((label) => `\`${label}\``).join(', '), help, ''].join(' | ').trim(),
      ),
    );
  });

  it('shows messages as they are sent', () => {
    const phones = [
      samplePhone({ outcome: 'done', touched: true }),
      samplePhone({ outcome: 'failed', touched: true, failure: failure('upgrade-failed', 'x') }),
    ];
    const night = sampleReport(phones);
    const summary = '     1  done\n     1  failed\n';
    const shown = [...page.matchAll(/<!-- message: (\w+) -->\n\n```json\n([^]*?)\n```/g)];
    const messages = { slack: slackMessage, teams: teamsMessage, webhook: notifyBody };
    expect(shown.map(([, name]) => name)).toEqual(Object.keys(messages));
    // Nothing else keeps JSON up to date that stands in the docs.
    const blocks = pagesWithSamples.flatMap((one) => blocksOf(textOf(one)));
    expect(blocks.filter(({ language }) => language === 'json')).toHaveLength(shown.length);
    for (const [, name, text = ''] of shown)
      expect(JSON.parse(text)).toEqual(
        JSON.parse(JSON.stringify(messages[name as keyof typeof messages](night, summary))),
      );
  });
});
