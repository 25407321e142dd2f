namespace Sluice.Kubernetes.Client;

public enum WatchEventType
{
    Added,
    Modified,
    Deleted,

    /// <summary>Nothing but a newer resourceVersion to resume from.</summary>
    Bookmark,

    /// <summary>The object is a Status: see <see cref="ApiException.FromStatus"/>.</summary>
    Error,
}
