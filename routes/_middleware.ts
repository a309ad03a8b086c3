import { isApiPath } from "../lib/server/http/errors.ts";
import { switchLanguage } from "../lib/server/http/page.ts";

interface Context {
  req: Request;
  next: () => Promise<Response>;
}

/** The language switch works on every page. */
export default function middleware({ req, next }: Context): Response | Promise<Response> {
  const isPage = !isApiPath(new URL(req.url).pathname);
  return (isPage ? switchLanguage(req) : null) ?? next();
}
