# Two stages: the first installs and builds, the second holds Deno and the built program only.
FROM denoland/deno:2.9.6 AS build
WORKDIR /src
COPY package.json deno.json deno.lock ./
RUN deno install --frozen
COPY . .
RUN deno run -A tools/build.ts \
    && find dist -name '*.map' -delete \
    && mkdir /empty

FROM denoland/deno:distroless-2.9.6
# The user of distroless images without any rights.
USER 65532:65532
COPY --from=build /src/dist /app
COPY --from=build /src/tools/healthcheck.ts /app/healthcheck.ts
COPY --from=build --chown=65532:65532 /empty /data
COPY --from=build --chown=65532:65532 /empty /certs
WORKDIR /app
ENV DATA_DIR=/data NO_COLOR=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["deno", "run", "--no-config", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env=PORT,SSL_CERT_PATH", "--unsafely-ignore-certificate-errors=127.0.0.1", "/app/healthcheck.ts"]
# The permissions of `deno task start`; a test compares them.
ENTRYPOINT ["deno", "run", "--unstable-kv", "--no-config", "--no-lock", "--no-npm", "--no-remote", "--no-prompt", "--allow-net", "--allow-read=/app,/data,/certs", "--allow-write=/data", "--allow-env=PORT,HOST,DATA_DIR,ACCESS_PASSWORD,PUBLIC_URL,DOMAIN_NAME,SSL_CERT_PATH,SSL_KEY_PATH,WEBRTC_STUN_SERVERS,WEBRTC_TURN_SERVERS,WEBRTC_TURN_SECRET,WEBRTC_TURN_USERNAME,WEBRTC_TURN_CREDENTIAL,RECORDINGS_DIR,MAX_RECORDING_SIZE_MB,RECORDINGS_QUOTA_MB,ENCRYPTION_SALT,SECRET_KEY,KV_PATH,DENO_KV_URL,DENO_KV_ACCESS_TOKEN,DEFAULT_LOCALE,TRUSTED_PROXIES,ALLOWED_HOSTS,ALLOWED_ORIGINS,CORS_ALLOWED_ORIGINS,METRICS_TOKEN,LOG_LEVEL,RESUME_GRACE_SECONDS,JOIN_GRACE_SECONDS", "--allow-sys=statfs", "/app/main.mjs"]
