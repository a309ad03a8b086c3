interface FaceProps {
  /** Where the eyes look: towards the other tile. Without a look they are closed. */
  look?: "left" | "right";
  tile: string;
  skin: string;
  shirt: string;
  features: string;
}

function Face({ look, tile, skin, shirt, features }: FaceProps) {
  const shift = { left: "translate(-14 -4)", right: "translate(14 5)", none: "" }[look ?? "none"];
  return (
    <>
      <rect width="300" height="236" rx="44" class={tile} />
      <path d="M62 236a88 70 0 0 1 176 0Z" class={shirt} />
      <circle cx="150" cy="112" r="62" class={skin} />
      <g class={features} transform={shift}>
        {look === undefined ? <ClosedEyes /> : <OpenEyes />}
      </g>
    </>
  );
}

function OpenEyes() {
  return (
    <>
      <circle cx="130" cy="102" r="6.5" class="fill-current" />
      <circle cx="172" cy="102" r="6.5" class="fill-current" />
      <path d="M134 128q17 18 34 0" class={LINE} stroke-width="7" stroke-linecap="round" />
    </>
  );
}

function ClosedEyes() {
  return (
    <>
      <path d="M119 102q11 9 22 0" class={LINE} stroke-width="6" stroke-linecap="round" />
      <path d="M159 102q11 9 22 0" class={LINE} stroke-width="6" stroke-linecap="round" />
      <path d="M141 134h18" class={LINE} stroke-width="7" stroke-linecap="round" />
    </>
  );
}

const LINE = "fill-none stroke-current";

/** A window with nobody awake in it: the pages that could not be shown. */
export function AsleepFace({ class: classes = "" }: { class?: string }) {
  return (
    <svg viewBox="0 0 300 236" class={classes} aria-hidden="true">
      <Face
        tile="fill-warm"
        skin="fill-[#f3d9bd]"
        shirt="fill-[#16201c]"
        features="text-[#16201c]"
      />
    </svg>
  );
}

/** Two windows, two people, looking at each other. */
export function Faces({ class: classes = "" }: { class?: string }) {
  return (
    <svg viewBox="0 0 590 420" class={classes} aria-hidden="true">
      <g transform="rotate(-5 190 150) translate(28 30)">
        <Face
          look="right"
          tile="fill-accent"
          skin="fill-[#f3d9bd]"
          shirt="fill-[#f0c08f]"
          features="text-[#16201c]"
        />
      </g>
      <g transform="rotate(4 410 280) translate(262 158)">
        <Face
          look="left"
          tile="fill-warm"
          skin="fill-[#8c5a3c]"
          shirt="fill-[#0a4433]"
          features="text-[#fdf3e7]"
        />
      </g>
      <g class="fill-none stroke-accent" stroke-width="9" stroke-linecap="round">
        <path d="M392 62q26 18 34 50" />
        <path d="M420 30q42 28 54 82" opacity="0.55" />
      </g>
      <g class="fill-none stroke-warm" stroke-width="9" stroke-linecap="round">
        <path d="M196 358q-30 -14 -42 -44" />
        <path d="M172 392q-46 -20 -62 -72" opacity="0.55" />
      </g>
    </svg>
  );
}
