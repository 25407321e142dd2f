using System.Buffers.Binary;
using System.Text;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>Writes ClientHellos, also such as no client writes.</summary>
internal sealed class HelloBuilder
{
    /// <summary>Bytes of the body before the extensions: a hello may end there.</summary>
    public const int FixedLength = 2 + 32 + 1 + 4 + 2;

    /// <summary>Null: no extension for it.</summary>
    public string? ServerName { get; init; }

    public int Padding { get; init; }

    /// <summary>The whole message, with its header.</summary>
    public byte[] Build()
    {
        var extensions = new List<byte>();
        if (ServerName is not null)
        {
            var name = Encoding.Latin1.GetBytes(ServerName);
            Add(extensions, 0, [.. Number(name.Length + 3), 0, .. Number(name.Length), .. name]);
        }

        Add(extensions, 13, [0, 4, 4, 3, 8, 4]);
        Add(extensions, 43, [4, 3, 4, 3, 3]);
        if (Padding > 0)
            Add(extensions, 21, new byte[Padding]);
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, .. Number(extensions.Count), .. extensions];
        var message = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, body.Length);
        message[0] = 1;
        body.CopyTo(message, 4);
        return message;
    }

    private static void Add(List<byte> extensions, int type, byte[] content) =>
        extensions.AddRange([.. Number(type), .. Number(content.Length), .. content]);

    private static byte[] Number(int number) => [(byte)(number >> 8), (byte)number];
}
