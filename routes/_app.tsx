import type { ComponentChildren } from "preact";
import "../assets/app.css";
import { type FirstScript as FirstScriptProps, renderedDocument } from "./_page.tsx";

/** Before the styles, which it would have to wait for otherwise. */
function FirstScript({ text, userId }: FirstScriptProps) {
  // deno-lint-ignore house/no-inner-html -- made by the build; as a child it would be escaped
  return <script data-user-id={userId} dangerouslySetInnerHTML={{ __html: text }} />;
}

export default function App({ children }: { children?: ComponentChildren }) {
  const { locale, firstScript } = renderedDocument();
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        {firstScript !== null && <FirstScript {...firstScript} />}
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta
          key="light"
          name="theme-color"
          media="(prefers-color-scheme: light)"
          content="#f6f4ee"
        />
        <meta
          key="dark"
          name="theme-color"
          media="(prefers-color-scheme: dark)"
          content="#0f1513"
        />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      </head>
      <body>{children}</body>
    </html>
  );
}
