import type { ComponentChildren } from "preact";
import { Logo } from "../ui/Logo.tsx";

interface LobbyFrameProps {
  roomName: string;
  testId: string;
  preview: ComponentChildren;
  children: ComponentChildren;
}

/** Name of the room above; the preview beside what there is to do, or above it on phones. */
export function LobbyFrame({ roomName, testId, preview, children }: LobbyFrameProps) {
  return (
    <main
      class="safe-x safe-top safe-bottom mx-auto flex h-dvh max-w-7xl flex-col gap-4 overflow-y-auto"
      data-testid={testId}
    >
      <header class="flex min-h-11 items-center gap-3">
        <Logo class="size-8 shrink-0" />
        <h1 class="truncate text-lg font-bold tracking-tight">{roomName}</h1>
      </header>
      <div class="flex min-h-0 grow flex-col gap-4 landscape:flex-row landscape:gap-6 lg:landscape:items-center lg:landscape:gap-14 lg:landscape:pb-11">
        {preview}
        <div class="flex flex-col gap-4 landscape:w-1/2 landscape:overflow-y-auto landscape:p-1 lg:landscape:w-96 lg:landscape:shrink-0">
          {children}
        </div>
      </div>
    </main>
  );
}
