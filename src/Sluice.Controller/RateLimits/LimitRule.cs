namespace Sluice.Controller.RateLimits;

/// <summary>A limit of the configuration.</summary>
public sealed record LimitRule
{
    /// <summary>Requests of one window that pass; the window begins with the clock's.</summary>
    public required long RequestsPerUnit { get; init; }

    public required LimitUnit Unit { get; init; }

    /// <summary>Nothing is counted, everything passes.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>Empty: none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names of limits that do not count for requests which this one counts for.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>What is over the limit passes all the same.</summary>
    public bool IsShadow { get; init; }
}
