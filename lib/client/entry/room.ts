/** The first script of a room's page, written into it by the server. */
import { HeadStart } from "../call/head_start.ts";

globalThis.headStart = new HeadStart(Number(document.currentScript?.dataset.userId));
