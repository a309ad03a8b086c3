import { Button } from "../../ui/Button.tsx";
import { SIGNS } from "./signs.ts";
import type { VerificationWords } from "./VerificationSheet.tsx";

interface CodeCheckProps {
  words: VerificationWords;
  name: string;
  /** 7 numbers from 0 to 63. */
  code: readonly number[];
  onSame: () => void;
  onDifferent: () => void;
}

/** The code with one person, to be compared by eye or voice. */
export function CodeCheck({ words, name, code, onSame, onDifferent }: CodeCheckProps) {
  const signs = code.map((number) => SIGNS[number]).filter((sign) => sign !== undefined);
  return (
    <div class="pb-2">
      <p class="mt-1 text-sm text-muted">{words("verification.how", { name })}</p>
      <ol
        class="my-3 grid grid-cols-4 gap-x-1 gap-y-3 sm:grid-cols-7"
        aria-label={words("verification.code_of", { name })}
        data-testid="verification-code"
        data-code={code.join(" ")}
      >
        {signs.map((sign, place) => (
          <li key={place} class="flex flex-col items-center gap-1 text-center">
            <span class="text-3xl leading-none" aria-hidden="true">{sign.picture}</span>
            <span class="text-xs">{words(`emoji.${sign.name}`)}</span>
          </li>
        ))}
      </ol>
      <div class="flex flex-wrap gap-2">
        <Button class="grow" testId="codes-match" onClick={onSame}>
          {words("verification.same")}
        </Button>
        <Button look="quiet" class="grow" testId="codes-differ" onClick={onDifferent}>
          {words("verification.different")}
        </Button>
      </div>
    </div>
  );
}
