using System.Buffers;
using System.Collections.Concurrent;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.Proxy.Local;
using Sluice.Resources.Schemas.OpenApi;

namespace Sluice.ApiServer.Discovery;

/// <summary>/openapi/v3 and its documents. There is no /openapi/v2: clients that want it go on without.</summary>
internal sealed class OpenApiHandler
{
    /// <summary>Documents that were asked for.</summary>
    private readonly ConcurrentDictionary<(string Group, string Version), byte[]> _documents = new();
    private byte[]? _index;

    /// <summary>Null when the path is none of OpenAPI's.</summary>
    /// <exception cref="ApiException">406: only JSON is given.</exception>
    public LocalResponse? Answer(ApiRequest request, ReadOnlySpan<string> segments)
    {
        if (segments is ["openapi", "v2"])
            throw ApiException.NotAcceptable("OpenAPI is given in version 3 only, at /openapi/v3");
        if (segments is not ["openapi", "v3", ..])
            return null;
        if (request.Header("accept") is { Length: > 0 } accept && !MediaRange.ParseAll(accept).Any(range => range.AllowsJson))
            throw ApiException.NotAcceptable("OpenAPI documents are given as application/json");
        return segments[2..] switch
        {
            [] => Json(_index ??= Index(), null),
            ["api", var version] => Document("", version, $"api/{version}"),
            ["apis", var group, var version] => Document(group, version, $"apis/{group}/{version}"),
            _ => null,
        };
    }

    private LocalResponse? Document(string group, string version, string path)
    {
        if (!OpenApiDocument.Exists(group, version))
            return null;
        return Json(_documents.GetOrAdd((group, version), static key => Document(key.Group, key.Version)), OpenApiIndex.HashOf(path));
    }

    private static byte[] Document(string group, string version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        OpenApiDocument.Write(group, version, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Index()
    {
        var buffer = new ArrayBufferWriter<byte>();
        OpenApiIndex.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static LocalResponse Json(byte[] body, string? hash) => new(200, "application/json", body)
    {
        Headers = hash is null ? [] : [new("etag", $"\"{hash}\""), new("vary", "accept")],
    };
}
