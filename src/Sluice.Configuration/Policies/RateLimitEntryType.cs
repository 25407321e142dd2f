namespace Sluice.Configuration.Policies;

/// <summary>Where the value of a descriptor's entry is from.</summary>
public enum RateLimitEntryType
{
    /// <summary>The configuration.</summary>
    Generic,

    /// <summary>A field of the request.</summary>
    Header,

    /// <summary>The client's address.</summary>
    RemoteAddress,

    /// <summary>The request's path with its query.</summary>
    Path,
}
