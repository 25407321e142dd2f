namespace Sluice.Resources.Policies.Backends;

/// <summary>What TLS may be like.</summary>
public sealed record TlsParameters
{
    /// <summary>The lowest version.</summary>
    public string? MinVersion { get; init; }

    /// <summary>The highest version.</summary>
    public string? MaxVersion { get; init; }

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<string> CipherSuites { get; init; } = [];

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<string> EcdhCurves { get; init; } = [];

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<string> SignatureAlgorithms { get; init; } = [];
}
