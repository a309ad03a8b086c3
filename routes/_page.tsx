import { Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import type { Locale } from "../lib/shared/i18n/locale.ts";

/**
 * Language of the document that is being rendered. Fresh gives the app shell nothing but its
 * children; page and shell are rendered one right after the other without a pause in between, so
 * the page leaves its language here.
 */
let renderedLocale: Locale = "en";

export function documentLocale(): Locale {
  return renderedLocale;
}

interface PageProps {
  locale: Locale;
  title: string;
  children: ComponentChildren;
}

/** The frame of every page: language and title of the document. */
export function Page({ locale, title, children }: PageProps) {
  renderedLocale = locale;
  return (
    <>
      <Head>
        <title>{title}</title>
      </Head>
      {children}
    </>
  );
}
