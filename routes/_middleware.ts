import { isApiPath } from "../lib/server/http/errors.ts";
import { withCookies } from "../lib/server/http/api.ts";
import { keepingSignedIn, switchLanguage } from "../lib/server/http/page.ts";

interface Context {
  req: Request;
  next: () => Promise<Response>;
}

/** The language switch works on every page, and opening pages keeps people signed in. */
export default async function middleware({ req, next }: Context): Promise<Response> {
  if (isApiPath(new URL(req.url).pathname)) return await next();
  const switched = switchLanguage(req);
  if (switched !== null) return switched;
  const [response, cookies] = await Promise.all([next(), keepingSignedIn(req)]);
  return withCookies(response, cookies);
}
