/**
 * Set by the page of a room while somebody is in the call, on that page's path only: loaded again,
 * the page goes on with the call, and the server does not draw the lobby for an instant first.
 */
export const STAY_COOKIE = "vc_stay";
