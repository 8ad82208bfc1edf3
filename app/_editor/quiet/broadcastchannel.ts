// In place of lib0/broadcastchannel: a text is shared through the forum and never between the tabs of a phone,
// which may be somebody else's tab by now (drafting.md 9).
const nothing = () => {};
export const subscribe = nothing;
export const unsubscribe = nothing;
export const publish = nothing;
