namespace Sluice.Resources.Policies.Backends;

/// <summary>A cookie, which is set where it is absent.</summary>
public sealed record HashCookie
{
    /// <summary>The cookie's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its path.</summary>
    public string? Path { get; init; }

    /// <summary>How long it lasts; 0s: as long as the browser.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>For HTTPS only.</summary>
    public bool Secure { get; init; }

    /// <summary>Not for scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>Whether other sites send it.</summary>
    public string? SameSite { get; init; }
}
