/** What each participant says of its own devices (video-api.ru.md, "Управление аудио/видео"). */
import { z } from "zod";

/** Data of `mute-audio` and `mute-video`: `muted: true` switches the device off. */
export const Mute = z.object({ muted: z.boolean() });
export type Mute = z.infer<typeof Mute>;

export const RaiseHand = z.object({ raised: z.boolean() });
export type RaiseHand = z.infer<typeof RaiseHand>;
