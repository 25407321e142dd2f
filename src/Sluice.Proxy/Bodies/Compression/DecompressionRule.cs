using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Which requests are decompressed, and how large they may become.</summary>
internal sealed class DecompressionRule(DecompressionPolicy policy)
{
    public long MaxBytes => policy.MaxBytes;

    public int MaxRatio => policy.MaxRatio;

    /// <summary>The coding of a request that is decompressed; null: it passes as it is, as does one with several codings.</summary>
    public ContentCoding? CodingOf(RequestDraft request)
    {
        if (!request.TryFind("content-encoding"u8, out var name) || request.Count("content-encoding"u8) > 1)
            return null;
        foreach (var coding in policy.Codings)
        {
            if (ContentCodings.Is(name, coding))
                return coding;
        }
        return null;
    }
}
