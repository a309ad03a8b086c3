import type { CallState, RemotePerson } from "../../../lib/client/call/call_state.ts";
import type { LinkDetails, QualityView } from "../../../lib/client/quality/quality_view.ts";
import { QUALITY_CHOICES } from "../../../lib/shared/domain/quality_choice.ts";
import type { Translate } from "../../../lib/shared/i18n/translator.ts";
import type { RoomWords } from "../../room_words.ts";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { QualityMark, qualityWords } from "../QualityMark.tsx";
import { LinkNumbers } from "./LinkNumbers.tsx";

/** Words that came with this sheet. */
export type QualityWords = Translate<"quality_sheet">;

interface QualitySheetProps {
  t: RoomWords;
  words: QualityWords;
  state: CallState;
  onClose: () => void;
}

/** What the person wants of the pictures, and how every connection does. Loaded on demand. */
export function QualitySheet({ t, words, state, onClose }: QualitySheetProps) {
  const details = new Map(state.quality.details.value.map((each) => [each.id, each]));
  const others = state.others.value;
  return (
    <Sheet
      title={words("quality_sheet.title")}
      closeLabel={t("common.close")}
      testId="quality-sheet"
      class="md:w-112"
      onClose={onClose}
    >
      <Choices words={words} quality={state.quality} />
      <h3 class="mt-6 font-semibold">{words("quality_sheet.connections")}</h3>
      {others.length === 0
        ? <p class="mt-1 text-sm text-muted">{words("quality_sheet.nobody")}</p>
        : (
          <ul class="mt-1 flex flex-col divide-y divide-line">
            {others.map((person) => (
              <Connection
                key={person.id}
                t={t}
                words={words}
                person={person}
                quality={state.quality}
                details={details.get(person.id)}
              />
            ))}
          </ul>
        )}
    </Sheet>
  );
}

function Choices({ words, quality }: { words: QualityWords; quality: QualityView }) {
  return (
    <fieldset>
      <legend class="font-semibold">{words("quality_sheet.choose")}</legend>
      <p class="text-sm text-muted">{words("quality_sheet.choose_hint")}</p>
      <div class="mt-2 grid gap-x-4 sm:grid-cols-2">
        {QUALITY_CHOICES.map((choice) => (
          <label
            key={choice}
            class="flex min-h-12 cursor-pointer items-center gap-3 rounded-xl px-2 py-1.5 hover:bg-white/5 has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="quality"
              class="size-5 shrink-0 accent-[var(--accent)]"
              value={choice}
              checked={quality.choice.value === choice}
              data-testid={`quality-${choice}`}
              onChange={() => quality.choose(choice)}
            />
            <span>
              <span class="block font-medium">{words(`quality_sheet.choice_${choice}`)}</span>
              <span class="block text-sm text-muted">
                {words(`quality_sheet.choice_${choice}_hint`)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ConnectionProps {
  t: RoomWords;
  words: QualityWords;
  person: RemotePerson;
  quality: QualityView;
  details: LinkDetails | undefined;
}

function Connection({ t, words, person, quality, details }: ConnectionProps) {
  const theirs = quality.person(person.id).value;
  return (
    <li class="py-2" data-testid="quality-person" data-participant-id={person.id}>
      <p class="flex items-center gap-2">
        <span class="min-w-0 truncate font-medium">{person.participant.value.user_name}</span>
        <QualityMark t={t} quality={theirs} />
      </p>
      <p class="text-sm text-muted">
        {theirs.paused ? t("quality.paused_here") : qualityWords(t, theirs)}
      </p>
      {details && (
        <Disclosure title={words("quality_sheet.numbers")} testId="quality-numbers">
          <LinkNumbers words={words} rates={details.rates} protection={person.protection.value} />
        </Disclosure>
      )}
    </li>
  );
}
