import { notFound } from "../../lib/server/http/api.ts";

export const handlers = notFound;
