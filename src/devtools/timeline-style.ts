// The style of the timeline. Its colors follow the color scheme of the element around it, also where a page sets that itself.
// A page may set the variables.
export const TIMELINE_STYLE = `
  .zendesk-timeline {
    --_ink: var(--timeline-ink, light-dark(#1b212b, #e8ebf0));
    --_soft: var(--timeline-soft, light-dark(#565f6d, #aab2bf));
    --_edge: var(--timeline-edge, light-dark(#757d8a, #7f8897));
    --_paper: var(--timeline-paper, light-dark(#fff, #1d2128));
    --_lane: var(--timeline-lane, light-dark(#f0f2f5, #262b34));
    --_accent: var(--timeline-accent, light-dark(#1f5fbf, #8ab4ff));
    --_good: var(--timeline-good, light-dark(#18774a, #5fd39a));
    --_good-soft: var(--timeline-good-soft, light-dark(#cfeadb, #22493a));
    --_warn: var(--timeline-warn, light-dark(#935c00, #f0b95a));
    --_bad: var(--timeline-bad, light-dark(#b3261e, #ff9088));
    --_asleep: var(--timeline-asleep, light-dark(#8a93a033, #aab2bf33));
  }
  svg.zendesk-timeline { display: block; width: 100%; overflow: hidden; }
  .zendesk-timeline .lane { fill: var(--_lane); }
  .zendesk-timeline .axis { stroke: var(--_edge); }
  .zendesk-timeline .now { stroke: var(--_ink); stroke-width: 2; }
  .zendesk-timeline text { fill: var(--_soft); font: 13px system-ui, sans-serif; }
  .zendesk-timeline .lane-label, .zendesk-timeline .now-label { fill: var(--_ink); font-weight: 600; }
  .zendesk-timeline .tick, .zendesk-timeline .now-label { text-anchor: middle; }
  .zendesk-timeline .request { fill: var(--_accent); }
  .zendesk-timeline .request.open { fill-opacity: 0.5; stroke: var(--_accent); }
  .zendesk-timeline .request.failed, .zendesk-timeline .request.absent { fill: var(--_bad); }
  .zendesk-timeline .request.cancelled { fill: var(--_edge); }
  .zendesk-timeline .token { fill: var(--_good-soft); stroke: var(--_good); }
  .zendesk-timeline .token.over { fill: none; }
  .zendesk-timeline .rest { fill: var(--_edge); }
  .zendesk-timeline .asleep { fill: var(--_asleep); }
  .zendesk-timeline .mark { fill: var(--_accent); stroke: var(--_lane); stroke-width: 1; }
  .zendesk-timeline .mark.line { fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
  .zendesk-timeline .mark.accepted { stroke: var(--_good); }
  .zendesk-timeline .mark.refused, .zendesk-timeline .mark.failed { stroke: var(--_bad); }
  .zendesk-timeline .mark.planned { fill: var(--_warn); }
  .zendesk-timeline .mark.message { fill: var(--_good); }
  .zendesk-timeline .mark.signed-out { fill: var(--_paper); stroke: var(--_ink); stroke-width: 2; }
  ul.zendesk-timeline { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 0; padding: 0; color: var(--_soft);
    font-size: 14px; list-style: none; }
  ul.zendesk-timeline > li { display: inline-flex; align-items: center; gap: 6px; margin: 0; }
`;
