/** The 64 signs of verification codes, by number; changing one changes what people compare. */
import type { Catalog } from "../../../lib/shared/i18n/translate.ts";

interface Sign {
  readonly picture: string;
  readonly name: keyof Catalog["emoji"];
}

const LIST = `🐶 dog 🐱 cat 🦁 lion 🐮 cow 🐷 pig 🐰 rabbit 🐻 bear 🐸 frog
🐵 monkey 🐔 chicken 🐧 penguin 🦉 owl 🐟 fish 🐳 whale 🐙 octopus 🐢 turtle
🐌 snail 🐝 bee 🦋 butterfly 🐘 elephant 🌻 sunflower 🌲 fir 🌵 cactus 🍄 mushroom
🍎 apple 🍌 banana 🍇 grapes 🍋 lemon 🍍 pineapple 🥕 carrot 🌽 corn 🍞 bread
🧀 cheese 🥚 egg 🍕 pizza 🎂 cake 🍦 ice_cream ☕ coffee 🌙 moon 🌞 sun
⭐ star 🌈 rainbow 🔥 fire ⛄ snowman ☔ umbrella 🔑 key 🔔 bell 📕 book
✂️ scissors 🔨 hammer ⏰ clock 👓 glasses 🎩 hat 👑 crown 🎸 guitar 🥁 drum
⚽ ball 🎲 dice 🎈 balloon 🎁 gift 🏠 house 🚗 car 🚲 bicycle 🚀 rocket`;

export const SIGNS: readonly Sign[] = [...LIST.matchAll(/(\S+) ([a-z_]+)/g)]
  .map(([, picture = "", name = ""]) => ({ picture, name: name as Sign["name"] }));
