namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// The certificates of the whole process that have a context. When there are more than <see cref="Kept"/>, the one that was not
/// used for longest gives its context up, and makes it anew when a client wants it: a fraction of what the handshake costs.
/// </summary>
internal static class RecentContexts
{
    public const int Kept = 128;

    private static readonly Lock Gate = new();

    // Not kept alive for this list's sake: configurations come and go.
    private static readonly List<WeakReference<ServerCertificate>> Made = [];

    public static void Add(ServerCertificate certificate)
    {
        lock (Gate)
        {
            Made.RemoveAll(static reference => !reference.TryGetTarget(out _));
            while (Made.Count >= Kept)
                DropOldest();
            Made.Add(new WeakReference<ServerCertificate>(certificate));
        }
    }

    private static void DropOldest()
    {
        var oldest = 0;
        var usedAt = long.MaxValue;
        for (var i = 0; i < Made.Count; i++)
        {
            if (!Made[i].TryGetTarget(out var candidate))
            {
                oldest = i;
                break;
            }

            if (candidate.UsedAt < usedAt)
                (oldest, usedAt) = (i, candidate.UsedAt);
        }

        if (Made[oldest].TryGetTarget(out var certificate))
            certificate.Drop();
        Made.RemoveAt(oldest);
    }
}
