# Skillpool, as the README builds it: with the development packages in one stage, without them in the other.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY server ./server
COPY public ./public
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/public/built ./public/built
COPY scripts/launch.mjs ./scripts/launch.mjs
COPY views ./views
# Only the embedded stores are kept here; everything else may be mounted read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Settings that are secret may stand in a file, a NAME=value each line. Any command of the README works in place of "start".
ENTRYPOINT ["node", "--env-file-if-exists=/run/secrets/skillpool.env", "scripts/launch.mjs"]
CMD ["start"]
