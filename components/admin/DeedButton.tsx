import { Button } from "../ui/Button.tsx";
import { useLive } from "../ui/live.ts";
import type { AdminDeed, Scene } from "./scene.ts";

interface DeedButtonProps {
  scene: Scene;
  deed: AdminDeed;
  /** Stands alone and has room for the whole words. */
  long?: boolean;
  testId: string;
}

/** Opens the question before something is done; its name says to whom or what. */
export function DeedButton({ scene: { t, ask }, deed, long = false, testId }: DeedButtonProps) {
  const live = useLive();
  return (
    <Button
      look="quiet"
      class={long ? "" : "text-sm"}
      pending={!live.value}
      testId={testId}
      onClick={() => ask(deed)}
    >
      {t(long ? `admin.do_${deed.kind}_long` : `admin.do_${deed.kind}`)}
      <span class="sr-only">: {deed.name}</span>
    </Button>
  );
}
