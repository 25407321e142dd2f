using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Traffic;
using CompressionPolicy = Sluice.Configuration.Policies.CompressionPolicy;
using CompressionSpec = Sluice.Resources.Policies.Traffic.CompressionPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>TrafficPolicy.spec.compression. It guards nothing: a library that is not there is reported and left out.</summary>
internal static class CompressionCompiler
{
    /// <summary>Media types whose responses are compressed.</summary>
    public static readonly string[] ContentTypes =
    [
        "application/javascript", "application/json", "application/xhtml+xml", "image/svg+xml", "text/css", "text/html", "text/plain", "text/xml",
    ];

    /// <returns>Null when responses are not compressed.</returns>
    public static CompressionPolicy? CompileResponse(CompressionSpec spec, IPolicySurroundings surroundings, string field) =>
        Codings(spec.ResponseCompression, surroundings, $"{field}.responseCompression") is { } codings ? new CompressionPolicy { Codings = codings, ContentTypes = ContentTypes } : null;

    /// <returns>Null when requests are not decompressed.</returns>
    public static DecompressionPolicy? CompileRequest(CompressionSpec spec, IPolicySurroundings surroundings, string field) =>
        Codings(spec.RequestDecompression, surroundings, $"{field}.requestDecompression") is { } codings ? new DecompressionPolicy { Codings = codings } : null;

    private static List<ContentCoding>? Codings(CompressionSettings? settings, IPolicySurroundings surroundings, string field)
    {
        if (settings is null || settings.IsDisabled)
            return null;
        if (settings.Libraries.Count == 0)
            return [ContentCoding.Gzip];
        var codings = new List<ContentCoding>();
        for (var i = 0; i < settings.Libraries.Count; i++)
        {
            switch (settings.Libraries[i])
            {
                case "Gzip":
                    codings.Add(ContentCoding.Gzip);
                    break;
                case "Brotli":
                    codings.Add(ContentCoding.Brotli);
                    break;
                case "Zstd":
                    codings.Add(ContentCoding.Zstd);
                    break;
                case var name:
                    surroundings.Problem($"{field}.libraries[{i}]", $"\"{name}\" is no compression library: there are Gzip, Brotli and Zstd");
                    break;
            }
        }
        return codings.Count == 0 ? null : [.. codings.Distinct()];
    }
}
