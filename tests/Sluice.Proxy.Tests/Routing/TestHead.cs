using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>A parsed request head in memory of its own.</summary>
internal static unsafe class TestHead
{
    public static RequestHead Get(string path, params (string Name, string Value)[] fields) => Create("GET", "example.com", path, "", fields);

    public static RequestHead Create(string method, string authority, string path, string query, params (string Name, string Value)[] fields)
    {
        var text = new MemoryStream();
        var head = new RequestHead(fields.Length)
        {
            MethodSlice = Append(text, method),
            AuthoritySlice = Append(text, authority),
            PathSlice = Append(text, path),
            QuerySlice = Append(text, query),
        };
        foreach ((string name, string value) in fields)
        {
            Slice nameSlice = Append(text, name), valueSlice = Append(text, value);
            head.TryAdd(new Field
            {
                NameOffset = nameSlice.Offset,
                NameLength = (ushort)nameSlice.Length,
                ValueOffset = valueSlice.Offset,
                ValueLength = valueSlice.Length,
            });
        }
        // Pinned, and held by the process: heads live for as long as their test.
        byte[] pinned = GC.AllocateUninitializedArray<byte>((int)text.Length + 1, pinned: true);
        text.ToArray().CopyTo(pinned, 0);
        lock (Buffers)
            Buffers.Add(pinned);
        fixed (byte* buffer = pinned)
            head.Buffer = buffer;
        return head;
    }

    private static readonly List<byte[]> Buffers = [];

    private static Slice Append(MemoryStream text, string value)
    {
        var slice = new Slice((int)text.Length, Encoding.UTF8.GetByteCount(value));
        text.Write(Encoding.UTF8.GetBytes(value));
        return slice;
    }
}
