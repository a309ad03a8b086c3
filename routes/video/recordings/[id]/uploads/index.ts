import { api } from "../../../../../lib/server/http/api.ts";
import { uploadsMethods } from "../../../../../lib/server/http/tus.ts";

export const handlers = api(...uploadsMethods);
