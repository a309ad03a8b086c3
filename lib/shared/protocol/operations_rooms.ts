/** Rooms (video-api.ru.md, "Комнаты"). */
import { z } from "zod";
import { EXAMPLE_ROOM } from "./operations_examples.ts";
import { answer, body, done, type Operation, ROOM_ERRORS } from "./operations_model.ts";
import { ROOM_CODE } from "./operations_parameters.ts";
import { CreateRoom, RoomListQuery, UpdateRoom, VideoRoom } from "./rooms.ts";

export const ROOM_OPERATIONS: readonly Operation[] = [
  {
    id: "createRoom",
    group: "Rooms",
    method: "POST",
    path: "/video/rooms",
    summary: "Create a room",
    details: "Only `room_name` is required. Who creates a room is its host.",
    who: "user",
    body: body(CreateRoom, {
      room_name: "Моя комната",
      room_description: "Описание комнаты",
      is_private: false,
      max_participants: 50,
      recording_enabled: true,
      waiting_room_enabled: false,
    }),
    answers: [
      answer(201, { description: "The new room", schema: VideoRoom, example: EXAMPLE_ROOM }),
    ],
    errors: ["TOO_MANY_REQUESTS"],
  },
  {
    id: "listRooms",
    group: "Rooms",
    method: "GET",
    path: "/video/rooms",
    summary: "List rooms, newest first",
    details: "Rooms that have not ended: those you made or joined, and everybody's that are not " +
      "private.",
    who: "user",
    query: { schema: RoomListQuery, example: { limit: 20, offset: 0, is_private: false } },
    answers: [
      answer(200, {
        description: "One page of rooms",
        schema: z.array(VideoRoom),
        example: [EXAMPLE_ROOM],
      }),
    ],
  },
  {
    id: "getRoom",
    group: "Rooms",
    method: "GET",
    path: "/video/rooms/{room_code}",
    summary: "Look at a room",
    who: "person",
    params: { room_code: ROOM_CODE },
    answers: [answer(200, { description: "The room", schema: VideoRoom, example: EXAMPLE_ROOM })],
    errors: ROOM_ERRORS,
  },
  {
    id: "updateRoom",
    group: "Rooms",
    method: "PATCH",
    path: "/video/rooms/{room_code}",
    summary: "Change a room",
    details: "Any subset of the fields. Everybody in the room is told.",
    who: "lead",
    params: { room_code: ROOM_CODE },
    body: body(UpdateRoom, { room_name: "Новое название", max_participants: 10 }),
    answers: [
      answer(200, {
        description: "The room as it is now",
        schema: VideoRoom,
        example: { ...EXAMPLE_ROOM, room_name: "Новое название", max_participants: 10 },
      }),
    ],
    errors: [...ROOM_ERRORS, "CONFLICT"],
  },
  {
    id: "endRoom",
    group: "Rooms",
    method: "DELETE",
    path: "/video/rooms/{room_code}",
    summary: "End a room for everybody",
    details: "Whoever is in it is sent away. From now on the room answers 410.",
    who: "host",
    params: { room_code: ROOM_CODE },
    answers: [done("Ended")],
    errors: [...ROOM_ERRORS, "CONFLICT"],
  },
];
