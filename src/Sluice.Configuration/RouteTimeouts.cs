namespace Sluice.Configuration;

/// <summary>Limits of time that a rule sets (HTTPRouteTimeouts, GEP-1742). Null: no limit of the rule's own; the engine's stay.</summary>
public sealed record RouteTimeouts
{
    /// <summary>From the request's head to the end of the response, retries included. Exceeded before the response began: 504.</summary>
    public TimeSpan? Request { get; init; }

    /// <summary>One attempt at one backend, connecting included, to the end of its response. Exceeded before the response began: retried, or 504.</summary>
    public TimeSpan? BackendRequest { get; init; }

    /// <summary>
    /// How long neither side may send anything. Zero: no limit; null: the listener's (<see cref="Listeners.HttpSettings.StreamIdleTimeout"/>).
    /// Exceeded before the response began: 408 while the request is not complete, else 504.
    /// </summary>
    public TimeSpan? StreamIdle { get; init; }
}
