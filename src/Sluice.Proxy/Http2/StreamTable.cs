namespace Sluice.Proxy.Http2;

/// <summary>
/// The open streams of a connection: found by number, and listed in the order in which they were opened. The table grows with
/// the number of streams and is dropped when it is large and the connection idle.
/// </summary>
internal struct StreamTable
{
    private const int SmallSize = 8;

    private Http2Stream?[]? _buckets;

    public Http2Stream? First { get; private set; }

    public Http2Stream? Last { get; private set; }

    public int Count { get; private set; }

    public readonly Http2Stream? Find(int id)
    {
        if (_buckets is null)
            return null;
        var stream = _buckets[Bucket(id)];
        while (stream is not null && stream.Id != id)
            stream = stream.NextInBucket;
        return stream;
    }

    public void Add(Http2Stream stream)
    {
        _buckets ??= new Http2Stream?[SmallSize];
        if (Count >= _buckets.Length)
            Grow();
        ref var bucket = ref _buckets[Bucket(stream.Id)];
        stream.NextInBucket = bucket;
        bucket = stream;
        stream.Previous = Last;
        stream.Next = null;
        if (Last is null)
            First = stream;
        else
            Last.Next = stream;
        Last = stream;
        Count++;
    }

    public void Remove(Http2Stream stream)
    {
        ref var bucket = ref _buckets![Bucket(stream.Id)];
        if (bucket == stream)
        {
            bucket = stream.NextInBucket;
        }
        else
        {
            var before = bucket!;
            while (before.NextInBucket != stream)
                before = before.NextInBucket!;
            before.NextInBucket = stream.NextInBucket;
        }

        if (stream.Previous is null)
            First = stream.Next;
        else
            stream.Previous.Next = stream.Next;
        if (stream.Next is null)
            Last = stream.Previous;
        else
            stream.Next.Previous = stream.Previous;
        stream.NextInBucket = stream.Next = stream.Previous = null;
        Count--;
    }

    /// <summary>Drops a large table of an idle connection.</summary>
    public void Trim()
    {
        if (Count == 0 && _buckets?.Length > SmallSize)
            _buckets = null;
    }

    private readonly int Bucket(int id) => (id >> 1) & (_buckets!.Length - 1);

    private void Grow()
    {
        _buckets = new Http2Stream?[_buckets!.Length * 2];
        for (var stream = First; stream is not null; stream = stream.Next)
        {
            ref var bucket = ref _buckets[Bucket(stream.Id)];
            stream.NextInBucket = bucket;
            bucket = stream;
        }
    }
}
