using System.Buffers;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Selectors;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Reading;

/// <summary>get and list.</summary>
/// <param name="store">The objects.</param>
/// <param name="clock">Tells ages.</param>
/// <param name="writeTimeout">A client that takes nothing of a long list for so long is cut.</param>
internal sealed class ObjectReader(ObjectStore store, TimeProvider clock, TimeSpan writeTimeout)
{
    /// <summary>Lists of more bytes are written as they are made.</summary>
    private const int WholeBytes = 1 << 20;
    private const int ChunkBytes = 64 << 10;

    public LocalResponse Get(ApiRequest request, ResourcePath path)
    {
        var view = new ObjectView(request, path, clock);
        if (request.Query["resourceVersion"] is { } text && ListBounds.ParseVersion(text) is var wanted && wanted > store.Version)
            throw ListBounds.TooLarge(wanted, store.Version);
        var found = store.Find(path.Kind, new ObjectKey(path.Namespace, path.Name)) ?? throw ApiException.NotFound(path.Kind, path.Name);
        return view.Response(found, 200);
    }

    public LocalResponse List(ApiRequest request, ResourcePath path)
    {
        var view = new ObjectView(request, path, clock);
        var filter = new ObjectFilter(path.Kind, path.Namespace, request.Query);
        var bounds = ListBounds.Of(request.Query, path.Kind, store);
        var limit = request.Query.Number("limit") is { } given and > 0 and < int.MaxValue ? (int)given : int.MaxValue;
        var (items, more) = Page(bounds, filter, limit);
        var metadata = ObjectView.MetadataOfList(
            bounds.Version,
            more > 0 ? new ContinueToken(bounds.Version, items[^1].Key).Encode() : null,
            more > 0 && !filter.HasSelector ? more : null);
        var size = items.Sum(item => (long)item.Json.Length);
        if (size <= WholeBytes)
        {
            var body = new ArrayBufferWriter<byte>((int)size + 1024);
            view.WriteListStart(body);
            for (var i = 0; i < items.Count; i++)
                WriteItem(view, body, items[i], i);
            ObjectView.WriteListEnd(body, metadata);
            return new LocalResponse(200, "application/json", body.WrittenMemory) { Headers = WarningHeader.Of(view.Warnings) };
        }

        return new LocalResponse(200, "application/json", default)
        {
            Headers = WarningHeader.Of(view.Warnings),
            WriteBody = async (stream, cancellation) =>
            {
                var chunk = new ArrayBufferWriter<byte>(ChunkBytes + (16 << 10));
                view.WriteListStart(chunk);
                for (var i = 0; i < items.Count; i++)
                {
                    WriteItem(view, chunk, items[i], i);
                    if (chunk.WrittenCount < ChunkBytes)
                        continue;
                    await stream.WritePatientlyAsync(chunk.WrittenMemory, writeTimeout, cancellation).ConfigureAwait(false);
                    chunk.ResetWrittenCount();
                }

                ObjectView.WriteListEnd(chunk, metadata);
                await stream.WritePatientlyAsync(chunk.WrittenMemory, writeTimeout, cancellation).ConfigureAwait(false);
            },
        };
    }

    private static void WriteItem(ObjectView view, IBufferWriter<byte> output, StoredObject value, int index)
    {
        if (index > 0)
            output.Write(","u8);
        view.WriteListItem(output, value);
    }

    /// <summary>The objects of one page, and how many are left after it; with a selector the rest is not counted, only known.</summary>
    public static (IReadOnlyList<StoredObject> Items, long More) Page(ListBounds bounds, ObjectFilter filter, int limit)
    {
        var objects = bounds.Objects;
        var items = new List<StoredObject>();
        var at = bounds.After is { } after && KindTable.IndexFrom(objects, after) is var next
            ? next + (next < objects.Count && objects[next].Key == after ? 1 : 0)
            : KindTable.IndexFrom(objects, new ObjectKey(filter.Namespace, ""));
        for (; at < objects.Count; at++)
        {
            var value = objects[at];
            if (filter.Namespace.Length > 0 && value.Key.Namespace != filter.Namespace)
                break;
            if (filter.HasSelector && !filter.Matches(value))
                continue;
            if (items.Count == limit)
                return (items, filter.HasSelector ? 1 : CountFrom(objects, at, filter.Namespace));
            items.Add(value);
        }

        return (items, 0);
    }

    private static long CountFrom(System.Collections.Immutable.ImmutableSortedSet<StoredObject> objects, int at, string space)
    {
        // The first namespace that sorts after this one begins where "NAMESPACE\0" would.
        var end = space.Length == 0 ? objects.Count : KindTable.IndexFrom(objects, new ObjectKey(space + "\0", ""));
        return end - at;
    }
}
