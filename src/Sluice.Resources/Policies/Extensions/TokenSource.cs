namespace Sluice.Resources.Policies.Extensions;

/// <summary>Where a token stands.</summary>
public sealed record TokenSource
{
    /// <summary>In a field.</summary>
    public TokenHeader? Header { get; init; }

    /// <summary>In the query.</summary>
    public string? QueryParameter { get; init; }
}
