namespace Sluice.Configuration.Listeners;

/// <summary>Which ports are taken off Host before a route is chosen.</summary>
public enum StripHostPortMode
{
    None,

    /// <summary>The listener's own.</summary>
    MatchingPort,

    AnyPort,
}
