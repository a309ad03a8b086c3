import { useSignal } from "@preact/signals";
import { Film } from "lucide-preact";
import { useMemo } from "preact/hooks";
import type { HomeWords } from "../components/home_words.ts";
import { CreateRoomForm, type NewRoom } from "../components/home/CreateRoomForm.tsx";
import { JoinByCode } from "../components/home/JoinByCode.tsx";
import { RoomList } from "../components/home/RoomList.tsx";
import { Button, buttonClass } from "../components/ui/Button.tsx";
import { useLive } from "../components/ui/live.ts";
import { createRoom, logout } from "../lib/client/api/api_client.ts";
import { createRoomSecret } from "../lib/client/e2ee/room_secret.ts";
import { createTranslator, errorText } from "../lib/shared/i18n/translator.ts";
import type { HomePageProps } from "../lib/shared/page_props.ts";

async function signOut(): Promise<void> {
  await logout();
  location.assign("/");
}

/** What somebody signed in can do: open a room, join one, return to their own. */
export default function Home(props: HomePageProps) {
  const { locale, messages, user, rooms, hasRecordings } = props;
  const t = useMemo(() => createTranslator(locale, messages), [locale, messages]);
  const live = useLive();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const create = async (room: NewRoom) => {
    busy.value = true;
    problem.value = null;
    const answer = await createRoom(room);
    if (answer.ok) {
      const { room_code } = answer.value;
      // As the person wished, whatever the server made of it.
      createRoomSecret(room_code, { encryptionRequired: room.e2ee_required });
      return location.assign(`/video/room/${room_code}`);
    }
    problem.value = errorText(t, answer.error);
    busy.value = false;
  };
  return (
    <>
      <div class="flex items-start justify-between gap-4">
        <h1 class="text-3xl font-bold tracking-tight break-words sm:text-4xl">
          {t("home.greeting", { name: user.user_name })}
        </h1>
        <Button
          look="bare"
          class="-mr-4 shrink-0 text-sm text-muted"
          pending={!live.value}
          testId="sign-out"
          onClick={signOut}
        >
          {t("home.sign_out")}
        </Button>
      </div>
      <div class="mt-8 grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <section class="rounded-3xl bg-surface p-5 sm:p-7">
          <h2 class="mb-5 text-xl font-bold">{t("home.create_title")}</h2>
          <CreateRoomForm t={t} busy={busy.value} problem={problem.value} onSubmit={create} />
        </section>
        <section class="rounded-3xl bg-accent-soft p-5 sm:p-7">
          <h2 class="mb-5 text-xl font-bold">{t("home.join_title")}</h2>
          <JoinByCode t={t} onJoin={(path) => location.assign(path)} />
        </section>
      </div>
      <MyRooms t={t} rooms={rooms} hasRecordings={hasRecordings} />
    </>
  );
}

type MyRoomsProps = Pick<HomePageProps, "rooms" | "hasRecordings"> & { t: HomeWords };

function MyRooms({ t, rooms, hasRecordings }: MyRoomsProps) {
  return (
    <section class="mt-12">
      <div class="mb-4 flex items-center justify-between gap-4">
        <h2 class="text-xl font-bold">{t("home.my_rooms")}</h2>
        {hasRecordings && (
          <a
            href="/recordings"
            class={buttonClass("bare", "-mr-4 shrink-0 text-sm")}
            data-testid="recordings-link"
          >
            <Film class="size-4.5" aria-hidden="true" />
            {t("home.recordings")}
          </a>
        )}
      </div>
      <RoomList t={t} rooms={rooms} />
    </section>
  );
}
