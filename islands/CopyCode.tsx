import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Shows the buttons beside the code of a page, and makes them copy it. Says so afterwards. */
export default function CopyCode({ copied }: { copied: string }) {
  const said = useSignal("");
  useEffect(() => {
    const onClick = async ({ target }: MouseEvent) => {
      const button = target instanceof Element ? target.closest("[data-copy]") : null;
      const code = button?.closest("figure")?.querySelector("code")?.textContent;
      if (!code) return;
      said.value = "";
      // Where the browser forbids it, the code stays there to be selected.
      const done = await navigator.clipboard.writeText(code).then(() => true, () => false);
      if (done) said.value = copied;
    };
    document.documentElement.dataset.copying = "";
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("click", onClick);
      delete document.documentElement.dataset.copying;
    };
  }, []);
  return (
    <p
      role="status"
      class={said.value === ""
        ? "sr-only"
        : "animate-notice fixed bottom-6 left-1/2 -translate-x-1/2 rounded-xl bg-ink px-4 py-2.5 text-sm text-paper"}
      onAnimationEnd={() => said.value = ""}
    >
      {said}
    </p>
  );
}
