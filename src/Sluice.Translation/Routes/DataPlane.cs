namespace Sluice.Translation.Routes;

/// <summary>
/// What the data plane does with what the records can say. A feature is refused until it does it, and its entry is taken out
/// here in the change that makes it work.
/// </summary>
internal static class DataPlane
{
    public static bool ServesHttp2Upstreams { get; }
}
