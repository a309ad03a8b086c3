import { Faces } from "../components/home/Faces.tsx";
import { LanguageSwitch } from "../components/ui/LanguageSwitch.tsx";
import { TopBar } from "../components/ui/TopBar.tsx";
import GuestEntry from "../islands/GuestEntry.tsx";
import Home from "../islands/Home.tsx";
import SignIn from "../islands/SignIn.tsx";
import type { RouteContext } from "../lib/server/http/api.ts";
import { PageCall, publicUser } from "../lib/server/http/page.ts";
import { messagesFor, translate } from "../lib/shared/i18n/translate.ts";
import {
  GUEST_ENTRY_NAMESPACES,
  HOME_NAMESPACES,
  type PageData,
  SIGN_IN_NAMESPACES,
} from "../lib/shared/page_props.ts";
import type { PublicUser } from "../lib/shared/protocol/auth.ts";
import type { VideoRoom } from "../lib/shared/protocol/rooms.ts";
import { Page } from "./_page.tsx";

interface Data extends PageData {
  /** Null: nobody signed in. Guests count as nobody here: their room is all they have. */
  user: PublicUser | null;
  rooms: VideoRoom[];
  hasRecordings: boolean;
}

export const handlers = {
  async GET(context: RouteContext): Promise<{ data: Data }> {
    const call = new PageCall(context);
    const visitor = await call.visitor();
    if (visitor?.kind !== "user") {
      return { data: { ...call.data, user: null, rooms: [], hasRecordings: false } };
    }
    const [rooms, recordings] = await Promise.all([
      call.myRooms(visitor),
      call.recordings(visitor, 1),
    ]);
    const hasRecordings = recordings.length > 0;
    return { data: { ...call.data, user: publicUser(visitor), rooms, hasRecordings } };
  },
};

export default function HomePage({ data }: { data: Data }) {
  const { locale, path, user, rooms, hasRecordings } = data;
  return (
    <Page locale={locale} title={translate(locale, "home.page_title")}>
      <div class="mx-auto flex min-h-dvh max-w-6xl flex-col">
        <TopBar name={translate(locale, "common.app_name")}>
          <LanguageSwitch
            locale={locale}
            path={path}
            name={translate(locale, "common.other_language")}
          />
        </TopBar>
        {user === null
          ? <Welcome locale={locale} />
          : (
            <main class="safe-x safe-bottom w-full pt-6 sm:pt-10">
              <Home
                locale={locale}
                messages={messagesFor(locale, ...HOME_NAMESPACES)}
                user={user}
                rooms={rooms}
                hasRecordings={hasRecordings}
              />
            </main>
          )}
      </div>
      <GuestEntry locale={locale} messages={messagesFor(locale, ...GUEST_ENTRY_NAMESPACES)} />
    </Page>
  );
}

/** What this is, and the door. */
function Welcome({ locale }: Pick<Data, "locale">) {
  return (
    <main class="safe-x safe-bottom grid grow items-center gap-10 pt-6 lg:grid-cols-[1fr_25rem] lg:gap-20 lg:pt-0">
      <section class="flex flex-col gap-5 lg:self-center">
        <Faces class="mb-4 -ml-4 hidden w-full max-w-[min(36rem,60vh)] lg:block" />
        <h1 class="text-4xl font-bold tracking-tight sm:text-5xl lg:text-6xl">
          {translate(locale, "home.headline")}
        </h1>
        <p class="max-w-xl text-lg text-muted">{translate(locale, "home.statement")}</p>
      </section>
      <section class="rounded-3xl bg-surface p-6 sm:p-8">
        <h2 class="mb-6 text-2xl font-bold tracking-tight">{translate(locale, "login.title")}</h2>
        <SignIn locale={locale} messages={messagesFor(locale, ...SIGN_IN_NAMESPACES)} next="/" />
        <p class="mt-6 border-t border-line pt-5 text-sm text-muted">
          {translate(locale, "home.guest_note")}
        </p>
      </section>
    </main>
  );
}
