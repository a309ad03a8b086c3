/** The tables of environment variables, and `env.example`. */
import { configTable, type ENV_NAMES } from "../../lib/server/config.ts";
import { code, table } from "./markdown.ts";

type Name = (typeof ENV_NAMES)[number];

/** What somebody who tries the product out may want to set, in Russian. */
const ESSENTIAL: Readonly<Partial<Record<Name, readonly [meaning: string, byDefault: string]>>> = {
  PORT: ["Порт сервера.", "8000"],
  HOST: ["Адрес, на котором сервер слушает.", "0.0.0.0"],
  DATA_DIR: ["Каталог с базой данных и секретами.", "./data"],
  ACCESS_PASSWORD: [
    "Пароль, по которому входят люди, не короче 8 символов.",
    "создаётся при первом запуске и печатается один раз",
  ],
  PUBLIC_URL: [
    "Адрес, по которому сервер открывают люди, например https://call.example.com; из него составляются ссылки.",
    "берётся из каждого запроса",
  ],
  SSL_CERT_PATH: [
    "Цепочка сертификатов TLS (PEM). Вместе с SSL_KEY_PATH сервер сам работает по HTTPS.",
    "нет",
  ],
  SSL_KEY_PATH: ["Закрытый ключ TLS (PEM).", "нет"],
  WEBRTC_STUN_SERVERS: [
    "Серверы STUN через запятую, например stun:stun.example.com:3478.",
    "нет",
  ],
  WEBRTC_TURN_SERVERS: [
    "Серверы TURN через запятую, например turn:turn.example.com:3478.",
    "нет",
  ],
  WEBRTC_TURN_SECRET: [
    "Общий с сервером TURN секрет (coturn: static-auth-secret) для временных паролей.",
    "нет",
  ],
  TRUSTED_PROXIES: [
    "Обратные прокси, чьим заголовкам X-Forwarded-* можно верить: адреса или сети.",
    "нет",
  ],
  DEFAULT_LOCALE: [
    "Язык для тех, чей браузер не просит ни английского, ни русского: en или ru.",
    "en",
  ],
};

const shownDefault = (text: string) => text === "" ? "none" : text;

/** Every variable. */
export function configuration(): string {
  return table(
    ["Variable", "Default", "Meaning"],
    configTable().map((row) => [code(row.name), shownDefault(row.default), row.description]),
  );
}

/** The variables one meets first. */
export function essentialConfiguration(): string {
  return table(
    ["Variable", "Default", "Meaning"],
    configTable().filter(({ name }) => Object.hasOwn(ESSENTIAL, name))
      .map((row) => [code(row.name), shownDefault(row.default), row.description]),
  );
}

export function essentialConfigurationInRussian(): string {
  const rows = Object.entries(ESSENTIAL).map(([name, [meaning, byDefault]]) => [
    code(name),
    byDefault,
    meaning,
  ]);
  return table(["Переменная", "По умолчанию", "Что значит"], rows);
}

/** `env.example`: everything commented out, so that a copy changes nothing. */
export function envExample(): string {
  const entries = configTable().map(({ name, default: usual, description }) => {
    const isLiteral = /^[\w./:-]*$/.test(usual) && !/^none$|DATA_DIR/.test(usual);
    const remark = isLiteral ? "" : ` Default: ${usual}.`;
    return `# ${description}${remark}\n#${name}=${isLiteral ? usual : ""}\n`;
  });
  return `# Copy to .env and uncomment what you change. Written by \`deno task docs\`.\n\n${
    entries.join("\n")
  }`;
}
