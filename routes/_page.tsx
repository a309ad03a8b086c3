import { Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import type { Locale } from "../lib/shared/i18n/locale.ts";

interface RenderedDocument {
  locale: Locale;
  firstScript: FirstScript | null;
}

/** Runs before anything else of the page, also before its styles are there. */
export interface FirstScript {
  text: string;
  userId: number;
}

/**
 * The document that is being rendered. Fresh gives the app shell nothing but its children; page and
 * shell are rendered one right after the other without a pause in between, so the page leaves what
 * the shell must know here.
 */
let rendered: RenderedDocument = { locale: "en", firstScript: null };

export function renderedDocument(): RenderedDocument {
  return rendered;
}

interface PageProps {
  locale: Locale;
  title: string;
  firstScript?: FirstScript | null;
  children: ComponentChildren;
}

/** The frame of every page: language and title of the document. */
export function Page({ locale, title, firstScript = null, children }: PageProps) {
  rendered = { locale, firstScript };
  return (
    <>
      <Head>
        <title>{title}</title>
      </Head>
      {children}
    </>
  );
}
