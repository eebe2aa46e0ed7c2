// The account's setting for a visitor's history.

/**
 * Whether a visitor's history outlives the tab [M 40].
 *
 * - `remember`: the messenger's keys are in `localStorage`, and other tabs of the site share them.
 * - `forget`: the keys of the integration are in `sessionStorage`, so each tab has its own visitor [M 65].
 */
export type FakeHistory = 'remember' | 'forget';
