namespace Sluice.Configuration.Streaming;

/// <summary>What a proxy says first.</summary>
/// <param name="Protocol">The version of the stream that it speaks: <see cref="Current"/>.</param>
/// <param name="Proxy">Its name, for people: the pod's.</param>
/// <param name="Digest">Of the configuration that it serves (<see cref="ConfigurationDigest"/>); null: it has none.</param>
public sealed record Hello(int Protocol, string Proxy, string? Digest)
{
    public const int Current = 1;
}
