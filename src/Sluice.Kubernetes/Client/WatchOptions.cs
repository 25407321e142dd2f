namespace Sluice.Kubernetes.Client;

/// <summary>How long and from where a watch goes.</summary>
public sealed record WatchOptions
{
    /// <summary>Events after this version. Null: everything that exists comes first, as ADDED.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>When the server shall end the watch; whole seconds. Null for the server's choice (30 to 60 minutes).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A watch without any event or bookmark for so long is given up with an <see cref="ApiException"/>. Null: never.</summary>
    public TimeSpan? StallTimeout { get; init; }

    /// <summary>Called when the server has taken the watch, before its first event.</summary>
    public Action? Opened { get; init; }
}
