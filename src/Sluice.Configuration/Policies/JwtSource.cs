namespace Sluice.Configuration.Policies;

/// <summary>Where a token may stand: exactly one of header, query parameter and cookie.</summary>
public sealed record JwtSource
{
    public string? Header { get; init; }

    /// <summary>What stands in front of the token in the header, such as "Bearer "; compared without case. Fields that begin otherwise have no token.</summary>
    public string Prefix { get; init; } = "";

    public string? Query { get; init; }

    public string? Cookie { get; init; }
}
