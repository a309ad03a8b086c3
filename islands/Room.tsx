import { batch, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { Call } from "../components/call/Call.tsx";
import { CallEnded } from "../components/call/CallEnded.tsx";
import type { ShareDialog, ShareLink } from "../components/call/ShareDialog.tsx";
import { Lobby } from "../components/lobby/Lobby.tsx";
import type { RoomWords } from "../components/room_words.ts";
import { generateGuestLink } from "../lib/client/api/api_client.ts";
import { type CallSession, startCall } from "../lib/client/call/call_session.ts";
import { LocalMedia } from "../lib/client/media/local_media.ts";
import type { QrPicture } from "../lib/client/util/qr_code.ts";
import { forgetStay, recallStay, rememberStay } from "../lib/client/util/stay.ts";
import { keepAwake } from "../lib/client/util/wake_lock.ts";
import { can } from "../lib/shared/domain/permissions.ts";
import { createTranslator } from "../lib/shared/i18n/translator.ts";
import type { RoomPageProps } from "../lib/shared/page_props.ts";

/** Lobby, call and what comes after it: one visit to a room. */
export default function Room(props: RoomPageProps) {
  const visit = useSignal(0);
  return (
    <Visit
      key={visit.value}
      {...props}
      again={visit.value > 0}
      onReturn={() => visit.value++}
    />
  );
}

interface VisitProps extends RoomPageProps {
  /** Straight into the call: the person has seen the lobby. */
  again: boolean;
  onReturn: () => void;
}

function Visit({ locale, messages, room, user, again, onReturn }: VisitProps) {
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const media = useMemo(() => new LocalMedia(), []);
  const call = useSignal<CallSession | null>(null);
  const userName = useSignal(user.user_name);
  const join = (name: string) => {
    rememberStay(room.room_code, name);
    batch(() => {
      userName.value = name;
      call.value = startCall({ roomCode: room.room_code, userName: name, media });
    });
  };
  useLayoutEffect(() => {
    void media.start();
    const resumed = recallStay(room.room_code);
    if (again || resumed !== null) join(resumed ?? userName.peek());
    return () => {
      call.peek()?.dispose();
      media.dispose();
    };
  }, []);
  useSignalEffect(() => {
    if (call.value === null || call.value.state.end.value === null) return;
    forgetStay(room.room_code);
    // The camera's light goes out with the call.
    media.dispose();
  });
  const person = { id: user.user_id, name: userName.value };
  if (call.value === null) {
    return <Lobby t={t} media={media} roomName={room.room_name} person={person} onJoin={join} />;
  }
  const end = call.value.state.end.value;
  if (end !== null) {
    const signInPath = `/login?next=/video/room/${room.room_code}`;
    return <CallEnded t={t} end={end} signInPath={signInPath} onRejoin={onReturn} />;
  }
  return <RunningCall t={t} room={room} person={person} call={call.value} media={media} />;
}

interface RunningCallProps {
  t: RoomWords;
  room: RoomPageProps["room"];
  person: { id: number; name: string };
  call: CallSession;
  media: LocalMedia;
}

function RunningCall({ t, room, person, call, media }: RunningCallProps) {
  const { state, commands } = call;
  const sharing = useSharing(room, call);
  const surroundings = useMemo(lookAround, []);
  useShortcuts(commands);
  useEffect(keepAwake, []);
  const Dialog = sharing.dialog.value;
  return (
    <Call
      t={t}
      roomName={room.room_name}
      person={person}
      state={state}
      commands={commands}
      media={media}
      surroundings={surroundings}
      onInvite={sharing.open}
    >
      {Dialog !== null && (
        <Dialog
          t={t}
          roomName={room.room_name}
          link={sharing.link.value}
          qrCode={sharing.qrCode.value}
          onClose={sharing.close}
        />
      )}
    </Call>
  );
}

/** The share dialog and its QR code load when somebody asks for them. */
function useSharing(room: RoomPageProps["room"], { state }: CallSession) {
  const dialog = useSignal<ComponentType<Parameters<typeof ShareDialog>[0]> | null>(null);
  const link = useSignal<ShareLink | null>(null);
  const qrCode = useSignal<QrPicture | null>(null);
  const makeLink = async () => {
    const mayInvite = can(state.self.peek()?.role ?? null, "invite_guests");
    const answer = mayInvite ? await generateGuestLink(room.room_code) : null;
    link.value = answer?.ok
      ? { url: answer.value.guest_url, forGuests: true }
      : { url: room.room_url, forGuests: false };
    const { drawQrCode } = await import("../lib/client/util/qr_code.ts");
    qrCode.value = drawQrCode(link.value.url);
  };
  const open = async () => {
    link.value = qrCode.value = null;
    void makeLink();
    dialog.value = (await import("../components/call/ShareDialog.tsx")).ShareDialog;
  };
  return { dialog, link, qrCode, open: () => void open(), close: () => dialog.value = null };
}

/** Ctrl or ⌘ with D and E, as people know them from other calls. */
function useShortcuts(commands: CallSession["commands"]): void {
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

function lookAround() {
  return {
    canShareScreen: navigator.mediaDevices !== undefined &&
      "getDisplayMedia" in navigator.mediaDevices,
    modifier: /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘" : "Ctrl",
  } as const;
}
