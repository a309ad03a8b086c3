import { batch, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { Call } from "../components/call/Call.tsx";
import { CallEnded } from "../components/call/CallEnded.tsx";
import { PartFailed } from "../components/call/PartFailed.tsx";
import {
  loadChatPanel,
  loadPeoplePanel,
  loadPersonMenu,
  loadQuality,
  loadVerification,
} from "../components/call/parts.ts";
import { lookAround, useShortcuts } from "../components/call/surroundings.ts";
import { Lobby } from "../components/lobby/Lobby.tsx";
import { Opening } from "../components/lobby/Opening.tsx";
import { WaitingScreen } from "../components/lobby/WaitingScreen.tsx";
import type { RoomWords } from "../components/room_words.ts";
import { type CallSession, startCall } from "../lib/client/call/call_session.ts";
import { takeHeadStart } from "../lib/client/call/head_start.ts";
import type { Entrance } from "../lib/client/call/joining.ts";
import { lazyDesk } from "../lib/client/call/lazy_desk.ts";
import type { Sharing } from "../lib/client/call/sharing.ts";
import { takeRoomSecret } from "../lib/client/e2ee/room_secret.ts";
import { LocalMedia } from "../lib/client/media/local_media.ts";
import { Part } from "../lib/client/util/part.ts";
import { forgetStay, recallStay, rememberStay } from "../lib/client/util/stay.ts";
import { keepAwake } from "../lib/client/util/wake_lock.ts";
import { can } from "../lib/shared/domain/permissions.ts";
import type { Locale } from "../lib/shared/i18n/locale.ts";
import { createTranslator } from "../lib/shared/i18n/translator.ts";
import type { RoomPageProps } from "../lib/shared/page_props.ts";

/** Lobby, waiting room, call and what comes after it: one visit to a room. */
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

function Visit({ locale, messages, room, user, returning, again, onReturn }: VisitProps) {
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const stay = useStay({ room, user, returning, again });
  const { media, call, opening, userName, join, stopWaiting } = stay;
  const person = { id: user.user_id, name: userName.value };
  if (opening.value) return <Opening t={t} />;
  if (call.value === null) {
    return <Lobby t={t} media={media} roomName={room.room_name} person={person} onJoin={join} />;
  }
  const { end, door } = call.value.state;
  if (end.value !== null) {
    return (
      <CallEnded
        t={t}
        end={end.value}
        isGuest={user.is_guest}
        signInPath={`/login?next=/video/room/${room.room_code}`}
        onRejoin={onReturn}
      />
    );
  }
  if (door.value !== null) {
    return (
      <WaitingScreen t={t} media={media} door={door.value} person={person} onLeave={stopWaiting} />
    );
  }
  return (
    <RunningCall
      t={t}
      locale={locale}
      room={room}
      person={person}
      call={call.value}
      media={media}
    />
  );
}

type StayProps = Pick<VisitProps, "room" | "user" | "returning" | "again">;

/** From the lobby to the end of one call: the devices, and the call once there is one. */
function useStay({ room, user, returning, again }: StayProps) {
  const media = useMemo(() => new LocalMedia(), []);
  const call = useSignal<CallSession | null>(null);
  const opening = useSignal(returning);
  const userName = useSignal(user.user_name);
  const join = (name: string, entrance: Entrance | null = null) => {
    rememberStay(room.room_code, name);
    batch(() => {
      userName.value = name;
      call.value = startCall({ roomCode: room.room_code, userName: name, media, entrance });
    });
  };
  const stopWaiting = () => {
    forgetStay(room.room_code);
    const session = call.peek();
    // Before it ends: the devices go on for the lobby.
    call.value = null;
    session?.leave();
  };
  useLayoutEffect(() => {
    const headStart = takeHeadStart();
    const entrance = headStart?.takeEntrance() ?? null;
    void media.start(headStart?.capture);
    takeRoomSecret(room.room_code);
    const resumed = entrance?.userName ?? recallStay(room.room_code);
    opening.value = false;
    if (again || resumed !== null) join(resumed ?? userName.peek(), entrance);
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
  return { media, call, opening, userName, join, stopWaiting };
}

interface RunningCallProps extends Pick<RoomPageProps, "locale" | "room"> {
  t: RoomWords;
  person: { id: number; name: string };
  call: CallSession;
  media: LocalMedia;
}

function RunningCall(props: RunningCallProps) {
  const { t, room, person, call, media } = props;
  const { state, commands } = call;
  const parts = useParts(props.locale, room, call);
  const surroundings = useMemo(lookAround, []);
  useShortcuts(commands);
  useSignalEffect(() => {
    if (state.phase.value === "connected") parts.chat.warm();
  });
  useEffect(keepAwake, []);
  return (
    <Call
      t={t}
      roomName={state.room.value?.room_name ?? room.room_name}
      person={person}
      state={state}
      commands={commands}
      media={media}
      surroundings={surroundings}
      onInvite={() => parts.share.open()}
      peopleShown={parts.people.shown.value !== null}
      onPeople={() => (parts.chat.close(), parts.people.toggle())}
      chatShown={parts.chat.shown.value !== null}
      onChat={() => (parts.people.close(), parts.chat.toggle())}
      onPerson={parts.openPerson}
      onQuality={() => parts.quality.open()}
      onProtection={parts.openVerification}
    >
      <OpenParts {...props} parts={parts} />
    </Call>
  );
}

type Parts = ReturnType<typeof useParts>;

/** Whatever somebody has opened; all of it has come on demand. */
function OpenParts(props: RunningCallProps & { parts: Parts }) {
  const { t, person, call, parts } = props;
  const { state, moderation } = call;
  const { people, chat, menu, settings, bans, end } = parts;
  const [Panel, Menu, Chat] = [people.shown.value, menu.shown.value, chat.shown.value];
  return (
    <>
      {Panel && (
        <Panel
          t={t}
          state={state}
          moderation={moderation}
          name={person.name}
          doors={{
            person: parts.openPerson,
            protection: parts.openVerification,
            settings: () => settings.open(),
            bans: () => bans.open(),
            end: () => end.open(),
            close: () => people.close(),
          }}
        />
      )}
      {Chat && (
        <Chat
          t={t}
          locale={props.locale}
          state={state}
          commands={call.chat}
          onClose={() => chat.close()}
        />
      )}
      {Menu && parts.chosen.value && (
        <Menu
          t={t}
          state={state}
          moderation={moderation}
          {...parts.chosen.value}
          onClose={() => menu.close()}
        />
      )}
      <OpenDialogs {...props} />
      {parts.failed.value && (
        <PartFailed
          t={t}
          onReload={() => location.reload()}
          onClose={() => parts.failed.value = false}
        />
      )}
    </>
  );
}

function OpenDialogs({ t, locale, call, parts }: RunningCallProps & { parts: Parts }) {
  const { share, settings, bans, end, quality, verification } = parts;
  const [Share, Settings] = [share.shown.value, settings.shown.value];
  const [Quality, Verification] = [quality.shown.value, verification.shown.value];
  const [Bans, End] = [bans.shown.value, end.shown.value];
  const room = call.state.room.value;
  return (
    <>
      {Share && (
        <Share.Dialog
          t={t}
          locale={locale}
          roomName={room?.room_name ?? ""}
          sharing={Share.sharing}
          desk={Share.desk}
          onClose={() => share.close()}
        />
      )}
      {Settings && room && (
        <Settings.Dialog
          t={t}
          room={room}
          desk={Settings.desk}
          onClose={() => settings.close()}
        />
      )}
      {Verification && (
        <Verification.Dialog
          t={t}
          words={Verification.words}
          state={call.state}
          required={call.protection.required}
          commands={call.protection}
          participantId={parts.inspected.value}
          onClose={() => verification.close()}
        />
      )}
      {Quality && (
        <Quality.Dialog
          t={t}
          words={Quality.words}
          state={call.state}
          onClose={() => quality.close()}
        />
      )}
      {Bans && <Bans.Dialog t={t} locale={locale} desk={Bans.desk} onClose={() => bans.close()} />}
      {End && <End.Dialog t={t} desk={End.desk} onClose={() => end.close()} />}
    </>
  );
}

/** What is not needed to talk, each with its module. */
function useParts(locale: Locale, room: RoomPageProps["room"], { state }: CallSession) {
  const failed = useSignal(false);
  const inspected = useSignal<number | null>(null);
  const chosen = useSignal<{ participantId: number; anchor: DOMRect } | null>(null);
  return useMemo(() => {
    const part = <Loaded,>(load: () => Promise<Loaded>) =>
      new Part(load, () => failed.value = true);
    const desk = lazyDesk(room.room_code);
    let sharing: Sharing | undefined;
    const menu = part(loadPersonMenu);
    const verification = part(() => loadVerification(locale));
    return {
      failed,
      chosen,
      menu,
      inspected,
      verification,
      openVerification: (participantId: number | null) => {
        inspected.value = participantId;
        verification.open();
      },
      openPerson: (participantId: number, anchor: DOMRect) => {
        chosen.value = { participantId, anchor };
        menu.open();
      },
      people: part(loadPeoplePanel),
      chat: part(loadChatPanel),
      quality: part(() => loadQuality(locale)),
      share: part(async () => {
        const { ShareDialog } = await import("../components/call/ShareDialog.tsx");
        const module = await import("../lib/client/call/sharing.ts");
        sharing ??= new module.Sharing(room, await desk());
        void sharing.show({ mayInvite: can(state.self.peek()?.role ?? null, "invite_guests") });
        return { Dialog: ShareDialog, sharing, desk: await desk() };
      }),
      settings: part(async () => ({
        Dialog: (await import("../components/call/people/RoomSettings.tsx")).RoomSettings,
        desk: await desk(),
      })),
      bans: part(async () => {
        const { BanList } = await import("../components/call/people/BanList.tsx");
        const clerk = await desk();
        void clerk.loadBans();
        return { Dialog: BanList, desk: clerk };
      }),
      end: part(async () => ({
        Dialog: (await import("../components/call/people/EndDialog.tsx")).EndDialog,
        desk: await desk(),
      })),
    };
  }, []);
}
