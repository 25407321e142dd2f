namespace Sluice.Configuration;

/// <summary>Sends a copy of a share of the requests to another backend and ignores what it answers (HTTPRequestMirrorFilter).</summary>
public sealed record RequestMirror
{
    /// <summary>Name of a <see cref="Configuration.Cluster"/>, or null for a backend that does not resolve: nothing is mirrored.</summary>
    public required string? Cluster { get; init; }

    /// <summary>The share is <see cref="Numerator"/> of <see cref="Denominator"/>, drawn anew for each request. Default 1 of 1.</summary>
    public int Numerator { get; init; } = 1;

    public int Denominator { get; init; } = 1;
}
