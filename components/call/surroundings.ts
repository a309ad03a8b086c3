import { useEffect } from "preact/hooks";
import type { CallCommands } from "../../lib/client/call/call_state.ts";
import type { Surroundings } from "./ControlBar.tsx";

/** Ctrl or ⌘ with D and E, as people know them from other calls. */
export function useShortcuts(commands: CallCommands): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      // By position, so that the shortcuts work with a Russian keyboard too.
      if (event.code === "KeyD") commands.toggleMicrophone();
      else if (event.code === "KeyE") commands.toggleCamera();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [commands]);
}

export function lookAround(): Surroundings {
  return {
    canShareScreen: navigator.mediaDevices !== undefined &&
      "getDisplayMedia" in navigator.mediaDevices,
    modifier: /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘" : "Ctrl",
  };
}
