/** How long a browser keeps its user. Chrome keeps no cookie longer than 400 days. */
export const BROWSER_TOKEN_SECONDS = 400 * 24 * 60 * 60;
