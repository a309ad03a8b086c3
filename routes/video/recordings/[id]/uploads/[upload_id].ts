import { api } from "../../../../../lib/server/http/api.ts";
import { uploadMethods } from "../../../../../lib/server/http/tus.ts";

export const handlers = api(...uploadMethods);
