namespace Sluice.Controller.Streaming;

/// <summary>How long the stream's authority and its certificates last.</summary>
internal sealed record AuthorityLifetimes
{
    /// <summary>Of an authority. Default 365 d. Its successor is made after two thirds.</summary>
    public TimeSpan Authority { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// From the time that an authority is made and told to proxies to that at which it signs: proxies must have it among those that they
    /// trust by then. Default 7 d.
    /// </summary>
    public TimeSpan Announcement { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Of a serving certificate. Default 7 d. The next one is made after two thirds.</summary>
    public TimeSpan Certificate { get; init; } = TimeSpan.FromDays(7);
}
