using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http2;

/// <summary>
/// Requests whose heads have been read and that begin when the rest of what came with them has been looked at. A request that its
/// client gives up in the same breath (CVE-2023-44487), or makes us reset (CVE-2025-8671), so never costs a backend anything.
/// One of a worker: filled and emptied while one connection's input is processed.
/// </summary>
internal sealed class BegunRequests(int maxFields)
{
    /// <summary>More begin at once; a client that has so many at a time is not slowed down by it.</summary>
    private const int Capacity = 16;

    private readonly RequestHead?[] _heads = new RequestHead?[Capacity];
    private readonly DownstreamStream?[] _streams = new DownstreamStream?[Capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == Capacity;

    /// <summary>For the next request; taken with <see cref="Add"/>.</summary>
    public RequestHead NextHead => _heads[Count] ??= new RequestHead(maxFields);

    public void Add(DownstreamStream stream) => _streams[Count++] = stream;

    /// <summary>Lets all of them begin, in their order, that are still wanted.</summary>
    public void Begin()
    {
        // Counted down to nothing only afterwards: the heads must stay until the last has begun.
        for (var i = 0; i < Count; i++)
        {
            var stream = _streams[i]!;
            _streams[i] = null;
            if (stream.IsOpen)
                stream.Begin(_heads[i]!);
        }

        Count = 0;
    }
}
