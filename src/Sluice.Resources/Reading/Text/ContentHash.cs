using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sluice.Resources.Reading.Text;

/// <summary>
/// 128 bits that tell whether a document's text is the text of before. Quick, not cryptographic: whoever writes the
/// manifests gains nothing from a collision. Seeded per process and never stored.
/// </summary>
internal static class ContentHash
{
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    public static UInt128 Of(ReadOnlySpan<byte> text)
    {
        var a = Seed ^ (ulong)text.Length;
        var b = ~Seed * 0x9E3779B97F4A7C15;
        while (text.Length >= 16)
        {
            Mix(ref a, ref b, BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[8..]));
            text = text[16..];
        }

        Span<byte> last = stackalloc byte[16];
        last.Clear();
        text.CopyTo(last);
        Mix(ref a, ref b, BinaryPrimitives.ReadUInt64LittleEndian(last), BinaryPrimitives.ReadUInt64LittleEndian(last[8..]));
        Mix(ref a, ref b, b, a);
        return new UInt128(a, b);
    }

    public static ulong Of(string text) => Fold(Of(MemoryMarshal.AsBytes(text.AsSpan())));

    /// <summary>Order matters: Combine(Combine(h, x), y) differs from Combine(Combine(h, y), x).</summary>
    public static ulong Combine(ulong hash, ulong next)
    {
        var high = Math.BigMul(hash ^ 0xA0761D6478BD642F, next ^ 0xE7037ED1A0B428DB, out var low);
        return high ^ low ^ next;
    }

    public static ulong Fold(UInt128 hash) => (ulong)hash ^ (ulong)(hash >> 64);

    /// <summary>Each half takes a product of both words and the other half, so that neither word can cancel the other out.</summary>
    private static void Mix(ref ulong a, ref ulong b, ulong x, ulong y)
    {
        var high = Math.BigMul(a ^ x ^ 0xA0761D6478BD642F, y ^ 0xE7037ED1A0B428DB, out var low);
        var high2 = Math.BigMul(b ^ y ^ 0x8EBC6AF09C88C6E3, x ^ 0x589965CC75374CC3, out var low2);
        a = (a + (high ^ low)) ^ (x * 0x1D8E4E27C47D124F);
        b = (b + (high2 ^ low2)) ^ (y * 0xEB44ACCAB455D165);
    }
}
