namespace Sluice.Kubernetes.Watching;

/// <summary>How it stands with a watch.</summary>
public enum WatchState
{
    /// <summary>Not run yet, or the first list is under way.</summary>
    Starting,

    /// <summary>Changes arrive as they happen.</summary>
    Watching,

    /// <summary>The server is away, busy or broken. What was seen last is in force.</summary>
    Interrupted,

    /// <summary>The server does not let us (401, 403), or our credentials cannot be had. What was seen last is in force.</summary>
    Denied,

    /// <summary>The server has no such kind: its CRD is not installed. There are no objects.</summary>
    NotInstalled,
}
