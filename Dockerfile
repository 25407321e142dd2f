# syntax=docker/dockerfile:1
# The image of the controller and of the proxies that it creates.
#   docker build --tag sluice:0.1.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/sluice:0.1.0 --push .
# The build runs on the builder's own architecture, whatever the image is for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
# The commit that `sluice version` names; the context holds no repository.
ARG COMMIT=""
WORKDIR /source
COPY . .
RUN case "$TARGETARCH" in amd64) runtime=linux-x64 ;; arm64) runtime=linux-arm64 ;; *) echo "sluice is built for amd64 and arm64, not for $TARGETARCH" >&2; exit 1 ;; esac \
    && eng/publish "$runtime" "-p:SourceRevisionId=$COMMIT" \
    && install -D -m 0555 "artifacts/publish/$runtime/sluice" /image/usr/bin/sluice

# Without a shell or a package manager; with glibc, OpenSSL 3 (libssl.so.3, which the data plane calls) and CA certificates.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
COPY --from=build /image/ /
# No pipes for debuggers in /tmp.
ENV DOTNET_EnableDiagnostics=0
USER 65532:65532
ENTRYPOINT ["/usr/bin/sluice"]
