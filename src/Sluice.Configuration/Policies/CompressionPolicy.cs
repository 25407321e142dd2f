namespace Sluice.Configuration.Policies;

/// <summary>Responses are compressed for clients that take it (TrafficPolicy.spec.compression.responseCompression).</summary>
public sealed record CompressionPolicy
{
    /// <summary>What may be used, the most wanted first; among those that a client takes equally well the first is used.</summary>
    public required IReadOnlyList<ContentCoding> Codings { get; init; }

    /// <summary>Media types, without parameters, in lower case, of responses that are compressed.</summary>
    public required IReadOnlyList<string> ContentTypes { get; init; }

    /// <summary>Octets below which a body of known length is left as it is.</summary>
    public int MinLength { get; init; } = 30;
}
