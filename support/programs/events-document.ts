/** docs/events.md: each field of each event with what judges it, or why nothing does. Text only. */
import { isJudged, saidOf } from '../readers/event-claims.ts';
import { EVENT_FIELDS } from '../readers/event-fields.ts';
import { documentTable } from './document-table.ts';

export function eventsDocument(): string {
  const rows = EVENT_FIELDS.map(([event, field]): [string, string] => {
    const [says = ''] = saidOf(event, field);
    return [`\`${event}${field === undefined ? '' : `.${field}`}\``, isJudged(event, field) ? says : `– ${says}`];
  });
  const judged = EVENT_FIELDS.filter(([event, field]) => isJudged(event, field)).length;
  return `# What events tell

Written by \`npm run events-docs\`, held by a test. Every field of every event of the asset manager, pools and tokens, with the check that names a wrong one, or with
the reason why there is none (–): ${judged} of ${rows.length} are judged. A field is held against who acted, what stood before the act, the protocol's formulas, the proven payment, or
the event that opened the record; never against the event itself.

${documentTable(['field', 'judged by'], rows)}
`;
}
