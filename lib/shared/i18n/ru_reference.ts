/** Русские слова вокруг справочника API; сам справочник на английском. */
import type { Catalog } from "./translate.ts";

export const reference: Catalog["reference"] = {
  page_title: "Справочник API",
  title: "Справочник API",
  intro:
    "Всё, что умеет веб-приложение, может и ваша программа. Эта страница построена из тех же " +
    "схем, которыми проверяется каждый запрос. Само описание на английском.",
  for_programs: "Для программ: OpenAPI 3.1",
  contents: "Содержание",
  first_steps: "Первые шаги",
  general: "Для каждого запроса",
  variables: "Имена в примерах",
  copy_code: "Копировать",
  copied: "Скопировано",
  who: "Кому можно",
  who_anyone: "всем",
  who_person: "всем, у кого есть токен, в том числе токен участника",
  who_session: "пользователям и гостям",
  who_user: "тем, кто вошёл по паролю доступа",
  who_lead: "ведущим и модераторам комнаты",
  who_host: "ведущим комнаты",
  who_admin: "администраторам",
  in_path: "В пути",
  in_head: "В заголовках",
  in_query: "После вопросительного знака",
  body: "Тело",
  request: "Запрос",
  answer: "Ответ",
  no_body: "Без тела.",
  other_types: "Также как {types}.",
  errors: "Ошибки",
  required: "обязательно",
  default_value: "по умолчанию",
  list_of: "список",
  schemas: "Схемы",
  limits: "Пределы",
  all_errors: "Все коды ошибок",
  websocket: "WebSocket",
  websocket_intro:
    "Войдите в комнату и откройте её `ws_url`. В браузере его открывают cookie входа " +
    "на сервер и в комнату; остальные клиенты предлагают два подпротокола: `videocall.v1` и " +
    "`bearer.<session_token>`. Сообщения в JSON: `{type, data, to, id}` вверх, " +
    "`{type, data, from, seq}` вниз. Первым приходит `room_state`, а перед дверью `waiting_state`.",
  commands: "Команды, вверх",
  events: "События, вниз",
  refusals: "Отказы до открытия",
  close_codes: "Коды закрытия",
  come_back: "возвращайтесь",
  stay_away: "сами не возвращайтесь",
};
