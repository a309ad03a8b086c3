/**
 * Written by `deno task docs` out of the comments in this folder: change those, not this.
 */
// budget: generated
import type { ReferenceTexts } from "./operations_view.ts";

export const TEXTS: ReferenceTexts = {
  "schemas": {
    "Admin": {
      "text": "Answer of `GET /api/admin/me`.",
      "fields": {},
    },
    "AdminBan": {
      "text": "Row of `GET /api/admin/bans`; `DELETE /api/admin/bans/{ban_id}` lifts it: 204.",
      "fields": {},
    },
    "AdminBansQuery": {
      "text": "Query of `GET /api/admin/bans`; newest first.",
      "fields": {
        "q": "In the name of the banned or of the room, or a whole room code.",
      },
    },
    "AdminGuestLink": {
      "text":
        "Row of `GET /api/admin/guest-links`; `DELETE /api/admin/guest-links/{link_id}` revokes: 204.",
      "fields": {
        "user_name": "Suggested to the guest.",
      },
    },
    "AdminGuestLinksQuery": {
      "text": "Query of `GET /api/admin/guest-links`; newest first.",
      "fields": {
        "q": "In the name of the room or of who made the link, or a whole room code.",
      },
    },
    "AdminLogin": {
      "text": "Body of `POST /api/admin/login`.",
      "fields": {},
    },
    "AdminLoginAnswer": {
      "text": "Answer of `POST /api/admin/login`.",
      "fields": {},
    },
    "AdminQualityQuery": {
      "text": "Query of `GET /api/admin/quality`; people with the worst connection first.",
      "fields": {},
    },
    "AdminRoom": {
      "text": "Row of `GET /api/admin/rooms`.",
      "fields": {
        "is_locked": "Nobody new gets in; those who lead, and those who hold a place, do.",
        "participants": "In the room now, the offline grace included.",
        "online": "With an open socket.",
      },
    },
    "AdminRoomDetails": {
      "text": "Answer of `GET /api/admin/rooms/{room_id}`. `DELETE` there ends the room: 204.",
      "fields": {
        "is_locked": "Nobody new gets in; those who lead, and those who hold a place, do.",
        "participants": "In the room now, the offline grace included.",
        "online": "With an open socket.",
      },
    },
    "AdminRoomsQuery": {
      "text": "Query of `GET /api/admin/rooms`; newest first.",
      "fields": {
        "q": "In the name, the description or the code, or a whole room_id.",
        "active": "`true`: not ended, `false`: ended.",
        "occupied": "`true`: somebody is in it now.",
      },
    },
    "AdminUser": {
      "text":
        "Row of `GET /api/admin/users`. `POST /api/admin/users/{user_id}/sign-out` ends its sessions: 204.",
      "fields": {
        "sessions": "Sign-ins that still hold.",
      },
    },
    "AdminUsersQuery": {
      "text": "Query of `GET /api/admin/users`; newest first.",
      "fields": {
        "q": "In the name, or a whole user_id.",
      },
    },
    "LinkQuality": {
      "fields": {
        "loss": "0 to 1.",
      },
    },
    "PageQuery": {
      "text": "Query of lists that have nothing to search for.",
      "fields": {},
    },
    "ParticipantQuality": {
      "text":
        "Row of `GET /api/admin/quality`: the last report of one participant, worst link first.",
      "fields": {},
    },
    "AccessPasswordAnswer": {
      "text": "Answer of `PUT /api/admin/access-password`.",
      "fields": {
        "generated_password": "Shown this once; null when it was chosen.",
        "ended_sessions": "How many sessions were ended.",
      },
    },
    "AdminSettings": {
      "text": "What may change while the server runs.",
      "fields": {
        "guest_link_seconds": "Guest links live this long unless asked otherwise. Seconds.",
        "waiting_room_default": "Of new rooms whose creator says nothing.",
        "resume_grace_seconds": "How long somebody whose connection broke stays in the room.",
        "join_grace_seconds":
          "How long a place is held for somebody who joined but has not connected.",
      },
    },
    "AdminSettingsAnswer": {
      "text": "Answer of `GET` and `PATCH /api/admin/settings`.",
      "fields": {
        "settings": "In force now.",
        "configured": "In force without changes made here: environment and defaults.",
        "changed": "Names changed here.",
      },
    },
    "AdminStatus": {
      "text": "Answer of `GET /api/admin/status`.",
      "fields": {
        "version": "Of the program, and of Deno below it.",
        "public_url": "Null: taken from each request.",
        "write_ms": "A write that changes nothing. Null: failed.",
        "size_bytes": "Null: not a file.",
        "free_bytes": "Null: cannot be told.",
        "low": "Less than a tenth, or less than 1 GiB.",
      },
    },
    "AuditAction": {
      "fields": {
        "sign_in_failed": "Many in one row: `details` has the count, the address and the door.",
      },
    },
    "AuditEntry": {
      "text": "Row of `GET /api/admin/audit`.",
      "fields": {
        "actor":
          "`cli`: at the server's own command line. `system`: the server itself. `user`: of a call.",
        "address": "Null: by nobody's request.",
        "details": 'Plain facts, as in `{ "log_level": "debug" }`.',
      },
    },
    "AuditQuery": {
      "text": "Query of `GET /api/admin/audit`; newest first.",
      "fields": {
        "q": "In the name of who did it, or of what it was done to.",
      },
    },
    "ChangeAccessPassword": {
      "text": "Body of `PUT /api/admin/access-password`.",
      "fields": {
        "password": "Left out: one is generated.",
        "end_sessions": "Signs out everybody who signed in with the old one; guests stay.",
      },
    },
    "IceServerStatus": {
      "text": "One STUN or TURN address, asked just now by this server.",
      "fields": {
        "reachable": "Null: the address cannot be asked.",
        "authorized": "The relay accepted our credentials. Null: not asked, or not reachable.",
      },
    },
    "UpdateSettings": {
      "text":
        "Body of `PATCH /api/admin/settings`: any subset; null goes back to the configured value.",
      "fields": {},
    },
    "CreateGuestLink": {
      "text":
        "Body of `POST /api/rooms/{room_id or code}/generate-guest-link`; the documents send none.",
      "fields": {
        "expires_in": "Seconds. Left out: as the server's administrators set it, by default a day.",
        "user_name": "Suggested to the guest as a name.",
      },
    },
    "GuestExchange": {
      "text":
        "Body of `POST /api/auth/guest`: the entry page exchanges the link's token for a session.",
      "fields": {},
    },
    "GuestExchangeAnswer": {
      "text": "Answer of `POST /api/auth/guest`: signed in, and the room to go to.",
      "fields": {},
    },
    "GuestLink": {
      "text":
        "Row of `GET /api/rooms/{room_id or code}/guest-links`; the token itself is never shown again.",
      "fields": {
        "max_uses": "Null: any number of times.",
        "user_name": "Suggested to the guest as a name.",
      },
    },
    "GuestLinkAnswer": {
      "fields": {
        "guest_qr_code": "PNG data URL.",
      },
    },
    "Login": {
      "text": "Body of `POST /api/auth/login`.",
      "fields": {},
    },
    "LoginAnswer": {
      "text": "Answer of `POST /api/auth/login` and `POST /api/auth/refresh`.",
      "fields": {},
    },
    "Logout": {
      "text": "Body of `POST /api/auth/logout` and `POST /api/admin/logout`.",
      "fields": {
        "everywhere": "Ends every session of this user, on all devices.",
      },
    },
    "Ban": {
      "text": "Row of `GET …/bans`. Holds on the browser and on the account, in this room only.",
      "fields": {},
    },
    "BanParticipant": {
      "text": "Data of `ban-participant`.",
      "fields": {},
    },
    "LockRoom": {
      "text": "Data of `lock-room`: a locked room lets nobody new in.",
      "fields": {},
    },
    "Mute": {
      "text":
        "Body of `POST …/participants/{id}/mute`. `muted: true` switches the medium off now; `locked` keeps it off until somebody who may moderate unlocks it. Nobody is ever unmuted by others: `muted: false` only takes the lock away.",
      "fields": {},
    },
    "MuteParticipant": {
      "text":
        "Data of `mute-participant`; without a participant_id: everyone whom the sender may mute.",
      "fields": {},
    },
    "RemoveQuery": {
      "text": "Query of `DELETE …/participants/{id}`.",
      "fields": {
        "ban": "For good: neither this account nor this browser gets in again.",
        "reason": "Of the ban, for those who lead.",
      },
    },
    "SetParticipantRole": {
      "text": "Data of `set-role`.",
      "fields": {},
    },
    "SetRole": {
      "text": "Body of `POST …/participants/{id}/role`. Guests can become moderators, never hosts.",
      "fields": {},
    },
    "WaitingDecision": {
      "text":
        "Data of `admit-participant` and `deny-participant`; without a participant_id: all who wait.",
      "fields": {},
    },
    "WaitingPerson": {
      "text": "Somebody in front of the door. Nothing else is known of the room on their side.",
      "fields": {},
    },
    "FieldProblem": {
      "text": "One mistake in a request.",
      "fields": {
        "field":
          "Path in the body or name in the query; also `Content-Type` and `Host`. Empty: the whole.",
        "reason": "As in `too_big`, `invalid_type`, `unprintable`.",
      },
    },
    "Health": {
      "text": "Answer of `GET /api/health`.",
      "fields": {
        "boot_id": "Changes with every start of the server.",
      },
    },
    "Metrics": {
      "text": "Answer of `GET /api/metrics` as JSON.",
      "fields": {},
    },
    "Capability": {
      "text":
        "What a client can do beyond the documents' sample client. `mesh-1`: fixed m-lines, one negotiated data channel, negotiation ids; offers as a newcomer. `peerjs-1`: a PeerJS client, with one connection per call; set by the server, whatever is asked.",
      "fields": {},
    },
    "IceServersAnswer": {
      "text":
        "Answer of `GET /api/ice-servers`. Relays are named to people in a call only. Credentials expire within six hours; ask again before.",
      "fields": {},
    },
    "JoinRoom": {
      "text": "Body of `POST /video/rooms/{code}/join`; the documents send none.",
      "fields": {
        "user_name": "The name to show in this room; the account's name otherwise.",
        "capabilities":
          "Unknown words are left out, so that newer clients can talk to older servers.",
        "socket_ticket":
          "Made up for this one join: a socket that names it may set out beside the join.",
      },
    },
    "JoinedAnswer": {
      "text": "Answer of `POST …/join`: the participant and everything needed to connect.",
      "fields": {
        "is_online": "A socket is open right now. False during the grace after a broken one.",
        "is_audio_locked":
          "Muted by somebody who leads, until one of them unlocks it; camera and screen likewise.",
        "is_guest": "Came by a guest link: can become moderator, never host.",
        "session_token": "Participant token, bound to room and participant.",
      },
    },
    "VideoParticipant": {
      "fields": {
        "is_online": "A socket is open right now. False during the grace after a broken one.",
        "is_audio_locked":
          "Muted by somebody who leads, until one of them unlocks it; camera and screen likewise.",
        "is_guest": "Came by a guest link: can become moderator, never host.",
      },
    },
    "WaitingAnswer": {
      "text": "Answer of `POST …/join` to somebody who has to be let in first.",
      "fields": {
        "is_online": "A socket is open right now. False during the grace after a broken one.",
        "is_audio_locked":
          "Muted by somebody who leads, until one of them unlocks it; camera and screen likewise.",
        "is_guest": "Came by a guest link: can become moderator, never host.",
        "session_token": "Participant token, bound to room and participant.",
        "ice_servers": "Empty until let in: ask again by `GET /api/ice-servers`.",
        "room": "All that is known of a room in front of its door.",
      },
    },
    "AdminRecording": {
      "text":
        "Row of `GET /api/admin/recordings`; `DELETE /api/admin/recordings/{recording_id}` deletes: 204.",
      "fields": {
        "started_by": "user_id of who records.",
        "ended_at": "Null: it runs.",
        "file_path":
          "Name of the file, whether it is here already or not; `…/file` is where to get it.",
        "file_size": "Bytes; 0 until it is available.",
        "duration": "Seconds from start to end.",
        "is_processing": "It has ended, and its file is not here yet.",
        "thumbnail_path": "Null: there is none. `…/thumbnail` is where to get it.",
        "uploaded_bytes": "How much of the file has come.",
        "can_delete": "The caller may delete it.",
      },
    },
    "AdminRecordingsAnswer": {
      "text": "Answer of `GET /api/admin/recordings`: a page, and what all of them take up.",
      "fields": {},
    },
    "AdminRecordingsQuery": {
      "text": "Query of `GET /api/admin/recordings`; newest first.",
      "fields": {
        "q": "In the name of the room or of who recorded, or a whole recording_id.",
      },
    },
    "Recording": {
      "text": "A recording, as the documents have it, and what we add.",
      "fields": {
        "started_by": "user_id of who records.",
        "ended_at": "Null: it runs.",
        "file_path":
          "Name of the file, whether it is here already or not; `…/file` is where to get it.",
        "file_size": "Bytes; 0 until it is available.",
        "duration": "Seconds from start to end.",
        "is_processing": "It has ended, and its file is not here yet.",
        "thumbnail_path": "Null: there is none. `…/thumbnail` is where to get it.",
        "uploaded_bytes": "How much of the file has come.",
        "can_delete": "The caller may delete it.",
      },
    },
    "RecordingEnd": {
      "text": "Why a recording has ended.",
      "fields": {},
    },
    "RecordingFailure": {
      "text":
        "`abandoned`: the file did not come in time. `checksum`: what came is not what was announced. `wrong_type`: what came is no MP4. `lost`: the file is gone from the server's disk.",
      "fields": {},
    },
    "RecordingFileQuery": {
      "text": "Query of the file and the thumbnail.",
      "fields": {
        "inline": "To be shown rather than saved; any value will do.",
      },
    },
    "RecordingListQuery": {
      "text": "Query of `GET /video/recordings`; newest first.",
      "fields": {},
    },
    "RecordingState": {
      "text":
        "`recording`: it runs. `finishing`: it has ended, the file is to come. `uploading`: the file is coming. `available`: the file is here. `failed`: see `failure`; it can still be uploaded.",
      "fields": {},
    },
    "RecordingStorage": {
      "text": "How much room recordings take, and have.",
      "fields": {
        "used_bytes": "Files that are here, and what has come of those that are on their way.",
        "free_bytes": "On the disk they lie on. Null: cannot be told.",
        "limit_bytes": "For all together, as configured. Null: as much as the disk holds.",
        "max_size_bytes": "The largest file that is taken.",
      },
    },
    "RecordingTicket": {
      "text": "Answer of starting and stopping: with where to send the file.",
      "fields": {
        "started_by": "user_id of who records.",
        "ended_at": "Null: it runs.",
        "file_path":
          "Name of the file, whether it is here already or not; `…/file` is where to get it.",
        "file_size": "Bytes; 0 until it is available.",
        "duration": "Seconds from start to end.",
        "is_processing": "It has ended, and its file is not here yet.",
        "thumbnail_path": "Null: there is none. `…/thumbnail` is where to get it.",
        "uploaded_bytes": "How much of the file has come.",
        "can_delete": "The caller may delete it.",
        "upload_url": "Begin the upload here (tus 1.0, creation), once it has ended.",
        "max_size_bytes": "Largest file that is taken.",
      },
    },
    "RunningRecording": {
      "text": "What everyone in the room knows of the recording that runs.",
      "fields": {
        "started_by": "user_id of who records.",
      },
    },
    "Upload": {
      "text":
        "Answer of `GET` on an upload; `HEAD` says the same in `Upload-Offset` and `Upload-Length`.",
      "fields": {
        "is_finished": "All of it has come and was found in order.",
      },
    },
    "UploadKind": {
      "text": "What an upload is: the film, or the picture that stands for it.",
      "fields": {},
    },
    "CreateRoom": {
      "text": "Body of `POST /video/rooms`. Only the name is required.",
      "fields": {
        "waiting_room_enabled":
          "Left out: as the server's administrators set it, by default false.",
        "is_locked": "A locked room lets nobody new in.",
      },
    },
    "RoomListQuery": {
      "text": "Query of `GET /video/rooms`.",
      "fields": {
        "mine": "Only rooms the caller made or joined.",
      },
    },
    "UpdateRoom": {
      "text": "Body of `PATCH /video/rooms/{code}`: any subset.",
      "fields": {},
    },
    "VideoRoom": {
      "fields": {
        "is_locked": "Nobody new gets in; those who lead, and those who hold a place, do.",
      },
    },
    "WaitingRoomFor": {
      "text":
        "Who must be let in by a host while `waiting_room_enabled`; those who lead never wait.",
      "fields": {},
    },
    "MediaStream": {
      "fields": {
        "bitrate": "kbit/s of the largest copy: every link carries one of its own",
        "resolution": "Height with a `p`, as in the documents: `720p`; empty for audio.",
      },
    },
    "StreamUpdate": {
      "text": "Data of `stream-update`: what this participant really sends now.",
      "fields": {
        "bitrate": "kbit/s of the largest copy: every link carries one of its own",
        "resolution": "Height with a `p`, as in the documents: `720p`; empty for audio.",
      },
    },
    "BeginUploadHeaders": {
      "text": "Of `POST`: begins an upload.",
      "fields": {
        "Tus-Resumable": "`1.0.0`.",
        "Upload-Length": "Bytes of the whole file.",
        "Upload-Metadata":
          "`filetype`: `video/mp4`, or `image/jpeg` for the thumbnail. `sha256`, may be left out: of the whole file, in hexadecimal; then the file is taken only if it is that. Values are in base64.",
      },
    },
    "EndUploadHeaders": {
      "text": "Of `DELETE`: gives the upload up.",
      "fields": {
        "Tus-Resumable": "`1.0.0`.",
      },
    },
    "RangeHeaders": {
      "text": "Of the file: a part of it.",
      "fields": {
        "Range": "As in `bytes=0-1023`; several ranges at once get the whole. May be left out.",
      },
    },
    "UploadPieceHeaders": {
      "text": "Of `PATCH`: a piece.",
      "fields": {
        "Tus-Resumable": "`1.0.0`.",
        "Upload-Offset": "Bytes that have come before: where the upload stands.",
        "Upload-Checksum":
          "`sha256` and, after a space, that of the piece in base64. May be left out.",
      },
    },
  },
  "commands": [
    {
      "type": "offer",
      "data": '{ type: "offer", sdp: string, link?: string, round?: integer }',
      "meaning":
        "Relayed to `to`, or to everyone else. `link` and `round` name the negotiation. · `sdp`: at most 49152 characters · `link`: at most 64 characters · `round`: at least 0",
    },
    {
      "type": "answer",
      "data": '{ type: "answer", sdp: string, link?: string, round?: integer }',
      "meaning":
        "Relayed like the offer it answers, with the same `link` and `round`. · `sdp`: at most 49152 characters · `link`: at most 64 characters · `round`: at least 0",
    },
    {
      "type": "ice-candidate",
      "data":
        "{ candidate: string, sdpMid?: string | null, sdpMLineIndex?: integer | null, usernameFragment?: string | null, link?: string, round?: integer }",
      "meaning":
        "Relayed; an empty `candidate` says that no more will come. · `candidate`: at most 1024 characters · `sdpMid`: at most 64 characters · `sdpMLineIndex`: 0 to 64 · `usernameFragment`: at most 256 characters · `link`: at most 64 characters · `round`: at least 0",
    },
    {
      "type": "e2ee",
      "data": "{ link: string, message: any }",
      "meaning":
        "A step of the key agreement with one other person (`to`). · `link`: at most 64 characters",
    },
    {
      "type": "mute-audio",
      "data": "{ muted: boolean }",
      "meaning": "My microphone is off (`muted: true`) or on.",
    },
    {
      "type": "mute-video",
      "data": "{ muted: boolean }",
      "meaning": "My camera is off (`muted: true`) or on.",
    },
    {
      "type": "start-screen-share",
      "data": "",
      "meaning": "I share my screen from now on.",
    },
    {
      "type": "stop-screen-share",
      "data": "",
      "meaning": "I no longer share my screen.",
    },
    {
      "type": "stream-update",
      "data":
        '{ stream_type: "audio" | "video" | "screen", stream_id_webrtc: string, is_active: boolean, quality?: "auto" | "180p" | "360p" | "720p" | "1080p", bitrate?: integer, resolution?: string }',
      "meaning":
        'What I really send now, one stream at a time. · `stream_id_webrtc`: at most 64 characters · `quality`: default `"auto"` · `bitrate`: 0 to 100000, default `0` · `resolution`: `^(\\d{2,4}p)?$`, default `""`',
    },
    {
      "type": "raise-hand",
      "data": "{ raised: boolean }",
      "meaning": "My hand is up (`raised: true`) or down.",
    },
    {
      "type": "mute-participant",
      "data":
        '{ media?: "audio" | "video" | "screen", muted?: boolean, locked?: boolean, participant_id?: integer }',
      "meaning":
        'Switch off what somebody sends, keep it off (`locked`), or unlock it. Without id: everyone. · `media`: default `"audio"` · `muted`: default `true` · `locked`: default `false`',
    },
    {
      "type": "remove-participant",
      "data": "{ participant_id: integer }",
      "meaning": "Somebody has to go, and may come back.",
    },
    {
      "type": "ban-participant",
      "data": "{ participant_id: integer, reason?: string }",
      "meaning":
        'Somebody has to go, and may not come back with this account or browser. · `reason`: at most 200 characters, default `""`',
    },
    {
      "type": "admit-participant",
      "data": "{ participant_id?: integer }",
      "meaning": "Let somebody in who waits, or all.",
    },
    {
      "type": "deny-participant",
      "data": "{ participant_id?: integer }",
      "meaning": "Send somebody away who waits, or all.",
    },
    {
      "type": "set-role",
      "data": '{ role: "host" | "moderator" | "participant" | "guest", participant_id: integer }',
      "meaning": "Give somebody another role.",
    },
    {
      "type": "lock-room",
      "data": "{ locked: boolean }",
      "meaning": "Let nobody new in (`locked: true`), or open up again.",
    },
    {
      "type": "start-recording",
      "data": "",
      "meaning": "Record this room from now on; I make the file and upload it afterwards.",
    },
    {
      "type": "stop-recording",
      "data": "",
      "meaning": "Stop the recording that runs.",
    },
    {
      "type": "quality-report",
      "data":
        "{ links: ({ participant_id: integer, rtt_ms: number | null, jitter_ms: number | null, loss: number | null, relayed: boolean })[] }",
      "meaning":
        "How my connections are doing, about every 10 s; for the server only. · `links`: at most 50 items",
    },
    {
      "type": "webrtc-error",
      "data": "{ participant_id: integer, name: string, message: string }",
      "meaning":
        "A connection failed, in the browser's words; for the server's log only. · `name`: at most 64 characters · `message`: at most 200 characters",
    },
    {
      "type": "leave",
      "data": "",
      "meaning": "I go, and do not come back by myself.",
    },
    {
      "type": "ping",
      "data": "",
      "meaning": "Are you there? Answered with `pong`.",
    },
  ],
  "events": [
    {
      "type": "room_state",
      "data": "RoomState",
      "meaning": "Always first on a socket: the whole truth, replacing what was known.",
    },
    {
      "type": "participant_joined",
      "data": "VideoParticipant",
      "meaning": "Somebody is in the room who was not.",
    },
    {
      "type": "participant_updated",
      "data": "VideoParticipant",
      "meaning":
        "Something about somebody changed: device, hand, name, or whether the socket is open.",
    },
    {
      "type": "participant_left",
      "data": "{ participant_id: number; user_id: number; reason: LeaveReason }",
      "meaning": "Somebody is no longer in the room; a broken socket alone does not count.",
    },
    {
      "type": "stream_updated",
      "data": "MediaStream",
      "meaning": "What somebody sends changed.",
    },
    {
      "type": "room_updated",
      "data": "VideoRoom",
      "meaning": "Name or settings of the room changed.",
    },
    {
      "type": "room_ended",
      "data": "{ ended_by: number | null }",
      "meaning": "The room was ended, by whom; the socket is closed right after.",
    },
    {
      "type": "moderation",
      "data": "ModerationEvent",
      "meaning": "Something was done to somebody or to the room, and by whom.",
    },
    {
      "type": "recording_started",
      "data": "RunningRecording",
      "meaning": "The room is being recorded from now on, by whom.",
    },
    {
      "type": "recording_stopped",
      "data": "RecordingStopped",
      "meaning": "It is not being recorded any more.",
    },
    {
      "type": "recording_available",
      "data": "RecordingAvailable",
      "meaning": "The file of a recording is here.",
    },
    {
      "type": "waiting_list",
      "data": "{ waiting: WaitingPerson[] }",
      "meaning": "Who waits to be let in, on every change; only to those who may let in.",
    },
    {
      "type": "waiting_state",
      "data": "WaitingState",
      "meaning": "You wait to be let in; told first, and again on every change.",
    },
    {
      "type": "admitted",
      "data": "Empty",
      "meaning": "You are let in; `room_state` follows on the same socket.",
    },
    {
      "type": "denied",
      "data": "Empty",
      "meaning": "You are not let in; the socket is closed right after.",
    },
    {
      "type": "offer",
      "data": "Offer",
      "meaning": "Relayed, with `from`.",
    },
    {
      "type": "answer",
      "data": "Answer",
      "meaning": "Relayed, with `from`.",
    },
    {
      "type": "ice-candidate",
      "data": "IceCandidate",
      "meaning": "Relayed, with `from`.",
    },
    {
      "type": "e2ee",
      "data": "PairSignal",
      "meaning": "Relayed, with `from`.",
    },
    {
      "type": "ack",
      "data": "{ id: string }",
      "meaning": "Signaling with this `id` was taken and passed on.",
    },
    {
      "type": "pong",
      "data": "{ server_time: string }",
      "meaning": "Yes.",
    },
    {
      "type": "error",
      "data": "ErrorBody",
      "meaning": "The command was refused; nothing was changed. Facts tell which, by `id` or `to`.",
    },
  ],
  "closeCodes": [
    {
      "code": 1000,
      "name": "LEFT",
      "meaning": "The person left, by button or by closing the page.",
      "final": true,
    },
    {
      "code": 1012,
      "name": "SERVICE_RESTART",
      "meaning": "The server restarts or is upgraded: come back at once.",
      "final": false,
    },
    {
      "code": 4400,
      "name": "PROTOCOL_ERROR",
      "meaning": "A message broke the protocol beyond repair (not JSON, not text).",
      "final": false,
    },
    {
      "code": 4401,
      "name": "UNAUTHORIZED",
      "meaning": "The session or the place in the room is no longer valid.",
      "final": true,
    },
    {
      "code": 4403,
      "name": "REMOVED",
      "meaning": "Removed by a host.",
      "final": true,
    },
    {
      "code": 4406,
      "name": "DENIED",
      "meaning": "A host did not let this person in.",
      "final": true,
    },
    {
      "code": 4407,
      "name": "BANNED",
      "meaning": "Banned by a host.",
      "final": true,
    },
    {
      "code": 4409,
      "name": "REPLACED",
      "meaning": "The same participant connected again elsewhere; the newer one wins.",
      "final": true,
    },
    {
      "code": 4410,
      "name": "ROOM_ENDED",
      "meaning": "The room was ended.",
      "final": true,
    },
    {
      "code": 4413,
      "name": "MESSAGE_TOO_LARGE",
      "meaning": "A message was larger than `MAX_SOCKET_MESSAGE_BYTES`.",
      "final": false,
    },
    {
      "code": 4418,
      "name": "SLOW_CONSUMER",
      "meaning": "Reads too slowly; too much is waiting for it.",
      "final": false,
    },
    {
      "code": 4429,
      "name": "RATE_LIMITED",
      "meaning": "Too many messages in too short a time.",
      "final": false,
    },
  ],
  "limits": [
    {
      "name": "MAX_SOCKET_MESSAGE_BYTES",
      "value": "65536",
      "meaning": "Largest WebSocket message accepted, checked before parsing. Bytes of UTF-8.",
    },
    {
      "name": "MAX_JSON_BODY_BYTES",
      "value": "65536",
      "meaning": "Largest JSON request body.",
    },
    {
      "name": "SOCKET_MESSAGES_PER_SECOND",
      "value": "50",
      "meaning": "Sustained WebSocket messages per second and socket (token bucket refill).",
    },
    {
      "name": "SOCKET_MESSAGE_BURST",
      "value": "100",
      "meaning": "Token bucket size: the candidates of several links arrive in one burst.",
    },
    {
      "name": "MAX_SOCKETS_PER_USER",
      "value": "4",
      "meaning": "Sockets one user may hold at once, over all rooms of one server.",
    },
    {
      "name": "MAX_SOCKETS_PER_ADDRESS",
      "value": "40",
      "meaning":
        "Sockets one client address may hold at once: a household or office behind one NAT.",
    },
    {
      "name": "SOCKET_TICKET_SECONDS",
      "value": "3",
      "meaning": "How long a socket that sets out beside its join waits for it.",
    },
    {
      "name": "MAX_SOCKET_TICKETS",
      "value": "1000",
      "meaning": "Sockets that may wait for their joins at once.",
    },
    {
      "name": "MAX_SOCKET_BUFFERED_BYTES",
      "value": "1048576",
      "meaning": "A reader this far behind is closed, never buffered without bound.",
    },
    {
      "name": "SOCKET_IDLE_TIMEOUT_SECONDS",
      "value": "10",
      "meaning": "Server-side idle close; Deno pings on the protocol level after half of it.",
    },
    {
      "name": "TURN_CREDENTIAL_SECONDS",
      "value": "21600",
      "meaning":
        "How long a user of the TURN server lasts: an evening, and nobody can keep a free relay.",
    },
    {
      "name": "TURN_RENEWAL_SHARE",
      "value": "0.5",
      "meaning": "The client asks for a new one when this much of that time has passed.",
    },
    {
      "name": "SOCKET_CHECK_SECONDS",
      "value": "3",
      "meaning":
        "A socket that was opened at `/ws/`, only to look whether sockets work, is closed after this.",
    },
    {
      "name": "PING_INTERVAL_MS",
      "value": "1000",
      "meaning": "Client-side ping period while in a call.",
    },
    {
      "name": "PING_TIMEOUT_MS",
      "value": "2500",
      "meaning":
        "Missed answers after which the client abandons the socket object and opens a new one.",
    },
    {
      "name": "RECONNECT_DELAYS_MS",
      "value": "0, 300, 700, 1000",
      "meaning":
        "Waits before each reconnect; the last one repeats, jittered by up to 20 %. Short to the end: who is in a call must be back within two seconds of the server, and rooms are small.",
    },
    {
      "name": "DEFAULT_RESUME_GRACE_SECONDS",
      "value": "30",
      "meaning": "How long a participant whose socket broke stays in the room.",
    },
    {
      "name": "MAX_GRACE_SECONDS",
      "value": "3600",
      "meaning": "Longest grace that may be set for either.",
    },
    {
      "name": "JOIN_GRACE_SECONDS",
      "value": "60",
      "meaning": "How long a place is held between `POST …/join` and the first socket.",
    },
    {
      "name": "RETURN_SECONDS",
      "value": "60",
      "meaning":
        "Who was in a locked room this short a time ago, and was not sent away, may come back.",
    },
    {
      "name": "MAX_WAITING",
      "value": "100",
      "meaning": "People who may wait before one room at once.",
    },
    {
      "name": "DENIED_WAIT_SECONDS",
      "value": "30",
      "meaning": "Who was not let in may ask again after this long.",
    },
    {
      "name": "HOST_ABSENCE_SECONDS",
      "value": "60",
      "meaning":
        "Without anybody who leads, the longest-present participant becomes moderator after this long.",
    },
    {
      "name": "MIN_PARTICIPANTS",
      "value": "2",
      "meaning": "Smallest `max_participants`.",
    },
    {
      "name": "MAX_PARTICIPANTS",
      "value": "50",
      "meaning":
        "`max_participants` when the creator says nothing, and its upper bound (documents: 50).",
    },
    {
      "name": "MAX_USER_NAME_GRAPHEMES",
      "value": "64",
      "meaning": "Longest display name, in user-perceived characters (graphemes).",
    },
    {
      "name": "MAX_ROOM_NAME_CHARS",
      "value": "120",
      "meaning": "Longest `room_name` and `room_description`.",
    },
    {
      "name": "MAX_ROOM_DESCRIPTION_CHARS",
      "value": "1000",
      "meaning": "",
    },
    {
      "name": "MAX_BAN_REASON_CHARS",
      "value": "200",
      "meaning": "",
    },
    {
      "name": "MIN_ACCESS_PASSWORD_CHARS",
      "value": "8",
      "meaning": "Shortest access password, and the longest password that is looked at.",
    },
    {
      "name": "MAX_PASSWORD_CHARS",
      "value": "256",
      "meaning": "",
    },
    {
      "name": "MIN_ADMIN_PASSWORD_CHARS",
      "value": "10",
      "meaning": "Shortest password of an administrator, and longest name.",
    },
    {
      "name": "MAX_ADMIN_NAME_CHARS",
      "value": "64",
      "meaning": "",
    },
    {
      "name": "MAX_SEARCH_CHARS",
      "value": "100",
      "meaning": "Longest text to search for.",
    },
    {
      "name": "DEFAULT_PAGE_LIMIT",
      "value": "20",
      "meaning": "Page sizes of every list endpoint.",
    },
    {
      "name": "MAX_PAGE_LIMIT",
      "value": "100",
      "meaning": "",
    },
    {
      "name": "ROOM_CODE_CHARS",
      "value": "8",
      "meaning": "Room codes: 8 characters out of 32 without look-alikes (no I, L, O, U).",
    },
    {
      "name": "ROOM_CODE_ALPHABET",
      "value": "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
      "meaning": "",
    },
    {
      "name": "MAX_SDP_CHARS",
      "value": "49152",
      "meaning": "Session description and candidate sizes: a four-line offer is about 8 KB.",
    },
    {
      "name": "MAX_CANDIDATE_CHARS",
      "value": "1024",
      "meaning": "",
    },
    {
      "name": "MAX_PAIR_MESSAGE_CHARS",
      "value": "1024",
      "meaning": "Octets of one step of the key agreement, in base64url.",
    },
    {
      "name": "MAX_OPAQUE_ID_CHARS",
      "value": "64",
      "meaning": "Negotiation id, message id and similar opaque tokens chosen by clients.",
    },
    {
      "name": "MAX_CHAT_GRAPHEMES",
      "value": "4000",
      "meaning": "Longest chat message: characters as people count them, and octets of UTF-8.",
    },
    {
      "name": "MAX_CHAT_BYTES",
      "value": "16384",
      "meaning": "",
    },
    {
      "name": "MAX_CHAT_LINES",
      "value": "300",
      "meaning": "Messages that one page keeps for its person; older ones are forgotten.",
    },
    {
      "name": "DEFAULT_GUEST_LINK_SECONDS",
      "value": "86400",
      "meaning": "Guest links live this long unless asked otherwise, and at most.",
    },
    {
      "name": "MAX_GUEST_LINK_SECONDS",
      "value": "604800",
      "meaning": "",
    },
    {
      "name": "MIN_GUEST_LINK_SECONDS",
      "value": "60",
      "meaning": "",
    },
    {
      "name": "USER_SESSION_SECONDS",
      "value": "2592000",
      "meaning": "Sign-in sessions of people, and those of guests.",
    },
    {
      "name": "GUEST_SESSION_SECONDS",
      "value": "86400",
      "meaning": "",
    },
    {
      "name": "SESSION_RENEWAL_SECONDS",
      "value": "86400",
      "meaning":
        "A browser's session is prolonged by using it, at most this often: people's and guests'.",
    },
    {
      "name": "GUEST_RENEWAL_SECONDS",
      "value": "1800",
      "meaning": "",
    },
    {
      "name": "GUEST_CALL_SECONDS",
      "value": "21600",
      "meaning":
        "A guest's session does not end earlier than this after a sign of life from the call.",
    },
    {
      "name": "REFRESH_OVERLAP_SECONDS",
      "value": "60",
      "meaning":
        "After `POST /api/auth/refresh` the old token still works this long: requests may be under way.",
    },
    {
      "name": "ADMIN_SESSION_SECONDS",
      "value": "43200",
      "meaning": "Sign-in of an administrator.",
    },
    {
      "name": "PARTICIPANT_TOKEN_SECONDS",
      "value": "86400",
      "meaning": "Participant tokens answer for one stay in one room.",
    },
    {
      "name": "MAX_RECORDING_SECONDS",
      "value": "43200",
      "meaning": "A recording that nobody stops is stopped.",
    },
    {
      "name": "RECORDING_UPLOAD_SECONDS",
      "value": "604800",
      "meaning":
        "A recording whose file does not come counts as failed this long after it ended or paused.",
    },
    {
      "name": "ORPHAN_PART_SECONDS",
      "value": "86400",
      "meaning": "Parts of uploads that no recording knows of are deleted when they are this old.",
    },
    {
      "name": "UPLOAD_IDLE_SECONDS",
      "value": "60",
      "meaning": "An upload that brings nothing for so long is broken off; it can be resumed.",
    },
    {
      "name": "MAX_THUMBNAIL_BYTES",
      "value": "2097152",
      "meaning": "Largest picture that stands for a recording.",
    },
    {
      "name": "RECORDING_RESERVE_BYTES",
      "value": "536870912",
      "meaning": "Recordings leave this much room on the disk.",
    },
    {
      "name": "login_failures",
      "value": "5 in 60 s",
      "meaning": "Failed sign-ins per address.",
    },
    {
      "name": "unknown_room_codes",
      "value": "20 in 60 s",
      "meaning": "Room codes nobody knows, per address: guessing.",
    },
    {
      "name": "room_creations",
      "value": "10 in 3600 s",
      "meaning": "Rooms made per user.",
    },
    {
      "name": "joins",
      "value": "30 in 60 s",
      "meaning": "Joins per address.",
    },
    {
      "name": "recording_starts",
      "value": "60 in 3600 s",
      "meaning": "Recordings started per user.",
    },
    {
      "name": "guest_exchanges",
      "value": "30 in 60 s",
      "meaning": "Guest links exchanged per address.",
    },
  ],
};
