namespace Sluice.Resources.Policies.Traffic;

/// <summary>Who may read answers in a browser, as the filter CORS of an HTTPRoute says it.</summary>
public sealed record CorsPolicySettings
{
    /// <summary>Origins whose scripts may read answers; "*" for all.</summary>
    public IReadOnlyList<string> AllowOrigins { get; init; } = [];

    /// <summary>Whether requests may carry cookies and authorization.</summary>
    public bool AllowCredentials { get; init; }

    /// <summary>Methods of requests, or "*".</summary>
    public IReadOnlyList<string> AllowMethods { get; init; } = [];

    /// <summary>Fields of requests, or "*".</summary>
    public IReadOnlyList<string> AllowHeaders { get; init; } = [];

    /// <summary>Fields of answers that scripts may read, or "*".</summary>
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    /// <summary>Seconds that the answer to a preflight may be remembered.</summary>
    public int MaxAge { get; init; } = 5;

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
