import { useSignal } from "@preact/signals";
import { Check, Lock, type LucideIcon, ShieldAlert, ShieldCheck } from "lucide-preact";
import type {
  CallState,
  Protection,
  ProtectionCommands,
  ProtectionFailure,
  RemotePerson,
} from "../../../lib/client/call/call_state.ts";
import type { Translate } from "../../../lib/shared/i18n/translator.ts";
import type { RoomWords } from "../../room_words.ts";
import { Button } from "../../ui/Button.tsx";
import { Sheet } from "../../ui/Sheet.tsx";
import { type CallProtection, callProtection, wordsKeyOf } from "../protection_words.ts";
import { CodeCheck } from "./CodeCheck.tsx";

/** Words that came with this view. */
export type VerificationWords = Translate<"verification" | "emoji">;

interface VerificationSheetProps {
  t: RoomWords;
  words: VerificationWords;
  state: CallState;
  /** The room demands encryption. */
  required: boolean;
  commands: ProtectionCommands;
  /** Whose code is shown at first. */
  participantId: number | null;
  onClose: () => void;
}

/** How the call is protected, person by person, and how to make sure of it. Loaded on demand. */
export function VerificationSheet(props: VerificationSheetProps) {
  const { t, words, state, required, onClose } = props;
  const open = useSignal(props.participantId);
  const now = callProtection(state.others.value);
  return (
    <Sheet
      title={words("verification.title")}
      closeLabel={t("common.close")}
      testId="verification"
      class="md:w-120"
      onClose={onClose}
    >
      <Summary words={words} now={now} />
      <p class="mt-2 text-sm text-muted" data-testid="verification-demand">
        {words(required ? "verification.required" : "verification.optional")}
      </p>
      <ul class="mt-4 flex flex-col gap-1" aria-label={words("verification.people")}>
        {state.others.value.map((person) => (
          <Person
            key={person.id}
            {...props}
            person={person}
            open={open.value === person.id}
            onToggle={() => open.value = open.value === person.id ? null : person.id}
          />
        ))}
      </ul>
    </Sheet>
  );
}

function Summary({ words, now }: { words: VerificationWords; now: CallProtection }) {
  const isBad = now === "failed" || now === "partly" || now === "left_out";
  const state = now === "agreeing" ? "encrypted" : now;
  const Sign = isBad ? ShieldAlert : now === "verified" ? ShieldCheck : Lock;
  return (
    <p class="flex items-start gap-2.5" role="status" data-testid="verification-state">
      <Sign class={`mt-0.5 size-5 shrink-0 ${isBad ? "text-danger" : "text-accent"}`} />
      {words(`verification.state_${state}`)}
    </p>
  );
}

interface PersonProps extends Omit<VerificationSheetProps, "participantId" | "onClose"> {
  person: RemotePerson;
  open: boolean;
  onToggle: () => void;
}

function Person({ t, words, commands, person, open, onToggle }: PersonProps) {
  const { user_name: name } = person.participant.value;
  const protection = person.protection.value;
  const { Sign, colour } = signOf(protection);
  return (
    <li
      class="rounded-xl bg-ink/5 px-3 py-2"
      data-testid="verification-person"
      data-participant-id={person.id}
      data-protection={protection.kind}
    >
      <div class="flex min-h-11 items-center gap-3">
        <Sign class={`size-5 shrink-0 ${colour}`} aria-hidden="true" />
        <p class="min-w-0 grow leading-tight">
          <span class="block truncate font-medium">{name}</span>
          <span class="block text-sm text-muted">{t(wordsKeyOf(protection))}</span>
        </p>
        {protection.kind === "encrypted" && (
          <button
            type="button"
            class="min-h-11 shrink-0 rounded-xl px-3 text-sm font-semibold text-accent hover:bg-ink/8"
            aria-expanded={open}
            data-testid="compare-code"
            onClick={onToggle}
          >
            {words("verification.compare")}
          </button>
        )}
      </div>
      <Explanation words={words} name={name} protection={protection} />
      {protection.kind === "failed" && (
        <Button
          look="quiet"
          class="my-1"
          testId="encryption-retry"
          onClick={() => commands.retry(person.id)}
        >
          {words("verification.retry")}
        </Button>
      )}
      {protection.kind === "encrypted" && open && (
        <CodeCheck
          words={words}
          name={name}
          code={protection.code}
          onSame={() => {
            commands.compare(person.id);
            onToggle();
          }}
          onDifferent={() => commands.reportMismatch(person.id)}
        />
      )}
    </li>
  );
}

interface ExplanationProps {
  words: VerificationWords;
  name: string;
  protection: Protection;
}

/** What the few words beside the name leave open. */
function Explanation({ words, name, protection }: ExplanationProps) {
  switch (protection.kind) {
    case "transport":
    case "refused":
      return <p class="text-sm">{words(`verification.lacking_${protection.lacking}`, { name })}</p>;
    case "failed":
      return <p class="text-sm">{words(reasonKey(protection.reason), { name })}</p>;
    case "encrypted":
      if (!protection.peerCompared || protection.verified === "link") return null;
      return (
        <p class="flex items-center gap-1.5 text-sm" data-testid="they-compared">
          <Check class="size-4 shrink-0 text-accent" aria-hidden="true" />
          {words("verification.they_compared", { name })}
        </p>
      );
    default:
      return null;
  }
}

function reasonKey(reason: ProtectionFailure) {
  switch (reason) {
    case "code":
    case "bypassed":
    case "unreadable":
    case "timeout":
      return `verification.reason_${reason}` as const;
    default:
      return "verification.reason_keys";
  }
}

function signOf(protection: Protection): { Sign: LucideIcon; colour: string } {
  switch (protection.kind) {
    case "encrypted":
      return { Sign: protection.verified === null ? Lock : ShieldCheck, colour: "text-accent" };
    case "agreeing":
      return { Sign: Lock, colour: "text-muted" };
    default:
      return { Sign: ShieldAlert, colour: "text-danger" };
  }
}
